"""Records of a region and an account for everybody who will use the site: ``people PROJECTS ACCOUNTS``, prints JSON.

Runs within the installation. Two of five people are of the evaluation, which reads every cluster; the others manage
one. The password that they share comes in ``EWM_LOAD_PASSWORD``, so that it stands in no list of processes.
"""

from __future__ import annotations

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "ewm.web.site"

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.lists_records import fill  # noqa: E402
from ewm.capture.accounts.models import Account  # noqa: E402
from ewm.capture.accounts.roles import Role  # noqa: E402
from ewm.capture.accounts.services import Grant, account_create  # noqa: E402
from ewm.capture.projects.models import Project  # noqa: E402
from ewm.capture.taxonomies.models import Cluster  # noqa: E402

FIRST = "metall"


def clusters() -> list[str]:
    """Return the clusters of the programme, the one with the reference records first."""
    found = Cluster.objects.exclude(kind_id="outside").order_by("position").values_list("cluster_id", flat=True)
    return sorted(found, key=lambda each: each != FIRST)


def people(number: int, where: list[str]) -> list[dict[str, str]]:
    """Make the accounts; everybody has the same password, hashed once, because hashing is slow on purpose."""
    hashed = make_password(os.environ["EWM_LOAD_PASSWORD"])
    made = []
    for at in range(number):
        evaluates, cluster = at % 5 > 2, where[at % len(where)]
        grant = Grant(Role.EVALUATOR) if evaluates else Grant(Role.CLUSTER_MANAGER, cluster)
        account = account_create(email=f"person{at:02d}@example.org", name=f"Person {at:02d}", grants=[grant])
        Account.objects.filter(pk=account.pk).update(password=hashed)
        made.append({"email": account.email, "role": grant.role.value, "cluster": cluster})
    return made


def own_codes(made: list[dict[str, str]]) -> dict[str, list[str]]:
    """Return the projects that each manager edits: nobody else's, so that a conflict would be a fault."""
    managers: dict[str, list[str]] = {}
    for each in made:
        if each["role"] == Role.CLUSTER_MANAGER:
            managers.setdefault(each["cluster"], []).append(each["email"])
    codes: dict[str, list[str]] = {}
    for cluster, emails in managers.items():
        found = list(Project.objects.filter(cluster=cluster).order_by("code").values_list("code", flat=True))
        for place, email in enumerate(emails):
            codes[email] = found[place :: len(emails)]
    return codes


if __name__ == "__main__":
    everywhere = clusters()
    fill(int(sys.argv[1]), everywhere)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    accounts = people(int(sys.argv[2]), everywhere)
    print(json.dumps({"people": accounts, "codes": own_codes(accounts), "projects": Project.objects.count()}))

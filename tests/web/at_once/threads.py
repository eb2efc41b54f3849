# ruff: noqa: PLC0415 (models can be imported only after django.setup)
"""Eight threads that read and write on one SQLite file: ``python -m tests.web.at_once.threads N``."""

from __future__ import annotations

import itertools
import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import django

THREADS = 8
HISTORY = "/projekte/P-1/verlauf/"
PAGES = ("/projekte/", HISTORY, f"{HISTORY}1/", "/zurueckgezogen/", "write")


def requests_of(number: int, requests: int) -> tuple[list[int], list[str]]:
    """Read four pages and write a comment, over and over; returns the answers and what went wrong."""
    from django.db import connection
    from django.test import Client

    from ewm.capture.accounts.models import Account

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(Account.objects.get())
    answers, errors = [], []
    for at, page in zip(range(requests), itertools.cycle(PAGES), strict=False):
        text = {"text": f"Kommentar {number}-{at}"}
        try:
            answer = client.post(HISTORY, text) if page == "write" else client.get(page)
        except Exception as error:
            errors.append(repr(error))
        else:
            answers.append(answer.status_code)
    connection.close()
    return answers, errors


def main(requests: int) -> None:
    """Sign in one manager and let the threads ask."""
    from ewm.capture.accounts.roles import Role
    from ewm.capture.accounts.services import Grant, account_create
    from ewm.capture.timeline.models import Comment

    account_create(email="m@beispiel.invalid", name="Konto", grants=[Grant(Role.CLUSTER_MANAGER, "metal")])
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(requests_of, range(THREADS), [requests] * THREADS))
    answers = Counter(str(code) for codes, _ in found for code in codes)
    errors = [error for _, each in found for error in each]
    print(json.dumps({"answers": answers, "errors": errors, "comments": Comment.objects.count()}))  # noqa: T201


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))

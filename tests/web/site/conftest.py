"""The site's tests start with the delivered programme, an account of every role, and a few records of two clusters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import translation

from ewm.capture.accounts.models import Account
from ewm.capture.accounts.roles import OF_A_CLUSTER, Role
from ewm.capture.accounts.services import Grant, account_create
from ewm.capture.activities.entries import ActivityEntry
from ewm.capture.activities.services import activities_create
from ewm.capture.actors.duplicates.services import actors_merge
from ewm.capture.actors.entries import ActorEntry
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actors_create
from ewm.capture.dialogue.services import question_ask
from ewm.capture.entries import Participation
from ewm.capture.projects.entries import ProjectEntry, StatusEvent
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import projects_create
from tests.support.programmes import load_served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ewm.programme import Programme

OWN, FOREIGN = "metall", "optik"
START = date(2020, 3, 2)
THREE_WORDS = "drei zufällige Wörter"
WHO = ("anonymous", *Role.values, "foreign_manager")


def project(code: str, cluster: str = OWN) -> ProjectEntry:
    """A project without volume, with one partner."""
    return ProjectEntry(
        code=code,
        cluster=cluster,
        title=f"Vorhaben {code}",
        support_start=START,
        is_rdi=True,
        funding_state="sought",
        example=True,
        status_events=(StatusEvent(status_from=START, status="preparation"),),
        participations=(Participation(actor="A-1", role="lead"),),
    )


def activity(code: str, cluster: str = OWN) -> ActivityEntry:
    """An activity of one day."""
    return ActivityEntry(
        code=code,
        cluster=cluster,
        title=f"Treffen {code}",
        activity_kind="workshop",
        activity_start=START,
        activity_end=START,
        example=True,
    )


def actor(code: str, name: str) -> ActorEntry:
    """A company in Brandenburg."""
    return ActorEntry(
        code=code, name=name, actor_type="company", country="DE", land="12", district="12052", example=True
    )


def asked(code: str, cluster: str = OWN) -> str:
    """Ask about a project's volume; returns the number of the question."""
    pk = Project.objects.get(code=code).pk
    text = "Ist das schon bestätigt?"
    question = question_ask(kind="projects", record_id=pk, cluster=cluster, field="project_volume", text=text)
    return str(question.pk)


@dataclass(frozen=True)
class World:
    """Codes of what there is: a record of each kind of the own and of a foreign cluster."""

    project: str = "P-1"
    foreign_project: str = "P-2"
    activity: str = "S-1"
    foreign_activity: str = "S-2"
    actor: str = "A-1"
    other_actor: str = "A-2"
    merge: str = ""
    question: str = ""
    foreign_question: str = ""
    account: str = "0"
    import_mapping: str = "0"
    import_reviewing: str = "0"
    import_reading: str = "0"
    import_applied: str = "0"
    foreign_import_mapping: str = "0"
    foreign_import_reviewing: str = "0"
    foreign_import_reading: str = "0"
    foreign_import_applied: str = "0"


@pytest.fixture(autouse=True)
def _without_tls(settings: Any) -> None:
    """Speak without TLS, as on one machine, and ask for no second factor; both have tests of their own."""
    settings.SECURE_SSL_REDIRECT = False
    settings.EWM_SECOND_FACTOR = ()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a slow one is slow on purpose
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = False


@pytest.fixture
def programme(db: None) -> Programme:  # noqa: ARG001
    """The delivered programme, loaded."""
    return load_served()


@pytest.fixture
def world(programme: Programme) -> World:  # noqa: ARG001
    """Two actors, and a project, an activity and a question in each of two clusters."""
    somebody = account_create(email="jemand@beispiel.invalid", name="Konto jemand")
    made = World(account=str(somebody.pk))
    actors_create(entries=[actor(made.actor, "Walzwerk Nord GmbH"), actor(made.other_actor, "Linsenwerk Süd GmbH")])
    projects_create(entries=[project(made.project), project(made.foreign_project, FOREIGN)])
    activities_create(entries=[activity(made.activity), activity(made.foreign_activity, FOREIGN)])
    return replace(
        made,
        merge=str(merged_into(made.actor)),
        question=asked(made.project),
        foreign_question=asked(made.foreign_project, FOREIGN),
    )


def merged_into(code: str) -> int:
    """Make an actor that goes up in this one; returns the merge's id."""
    [gone] = actors_create(entries=[actor("A-3", "Walzwerk Nord")])
    survivor = Actor.objects.get(code=code)
    return actors_merge(
        survivor=survivor.pk, survivor_version=survivor.version, merged=gone, merged_version=1, reason="dieselbe Firma"
    ).pk


@pytest.fixture(autouse=True)
def _german_again() -> Iterator[None]:
    """A page in English leaves its language to what the same process does next: not here."""
    yield
    translation.deactivate()


@pytest.fixture
def account_of(programme: Programme) -> Callable[[str], Account]:  # noqa: ARG001
    """Make the account of a role in the own cluster; ``foreign_manager`` manages another."""

    def made(who: str) -> Account:
        role = Role.CLUSTER_MANAGER if who == "foreign_manager" else Role(who)
        cluster = FOREIGN if who == "foreign_manager" else OWN
        grant = Grant(role, cluster if role in OF_A_CLUSTER else None)
        return account_create(
            email=f"{who}@beispiel.invalid", name=f"Konto {who}", grants=[grant], password=THREE_WORDS
        )

    return made


@pytest.fixture
def client_of(account_of: Callable[[str], Account]) -> Callable[[str], Client]:
    """Return a client that is signed in with a role; ``anonymous`` is not."""

    def signed_in(who: str) -> Client:
        client = Client()
        if who != "anonymous":
            client.force_login(account_of(who))
        return client

    return signed_in


@pytest.fixture
def manager(client_of: Callable[[str], Client]) -> Client:
    """A cluster manager, signed in."""
    return client_of("cluster_manager")


@pytest.fixture
def account(manager: Client) -> Account:  # noqa: ARG001
    """The cluster manager who is signed in."""
    return Account.objects.get(email="cluster_manager@beispiel.invalid")


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a test writes into the data folder apart from others."""
    monkeypatch.setenv("EWM_DATA", str(tmp_path))

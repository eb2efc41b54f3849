"""Drafts keep what was typed, for whoever typed it, and count for nothing; codes go on where the last one ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.capture import codes
from ewm.capture.accounts.access import reach_of
from ewm.capture.accounts.services import roles_set
from ewm.capture.codes import beginning, next_code, written_with_next_code
from ewm.capture.drafts.queries import draft_or_none, drafts_of
from ewm.capture.drafts.services import draft_remove, draft_save
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import projects_create
from ewm.errors import Refusal, RefusedError
from tests.web.site.conftest import FOREIGN, OWN, World, project

if TYPE_CHECKING:
    from collections.abc import Callable

    from ewm.capture.accounts.models import Account
    from ewm.capture.drafts.models import Draft

TYPED = {"title": [" Halb getippt "], "support_start": ["32.13."]}


def kept(account: Account, key: str = "k", cluster: str = OWN) -> Draft:
    return draft_save(account=account, kind="projects", key=key, cluster=cluster, data=TYPED)


def test_a_draft_keeps_what_was_typed_in_place_of_what_was_kept(account_of: Callable[[str], Account]) -> None:
    account = account_of("cluster_manager")
    first = kept(account)
    second = draft_save(account=account, kind="projects", key="k", cluster=OWN, data={"title": ["Neu"]})
    assert first.pk == second.pk
    found = draft_or_none(reach_of(account), "projects", "k")
    assert found is not None
    assert found.data == {"title": ["Neu"]}
    assert found.saved_at >= first.saved_at
    assert draft_remove(account=account, kind="projects", key="k")
    assert not draft_remove(account=account, kind="projects", key="k")
    assert Project.objects.count() == 0


def test_a_draft_is_found_by_its_account_alone_and_while_it_may_record(account_of: Callable[[str], Account]) -> None:
    account, other = account_of("cluster_manager"), account_of("foreign_manager")
    kept(account)
    kept(account, "foreign", FOREIGN)
    kept(other, cluster=FOREIGN)
    assert [draft.key for draft in drafts_of(reach_of(account))] == ["k"]
    assert [draft.account_id for draft in drafts_of(reach_of(other))] == [other.pk]
    assert str(drafts_of(reach_of(account)).get()) == "Halb getippt"
    roles_set(account=account, grants=[])
    account.refresh_from_db()
    assert not drafts_of(reach_of(account)).exists()
    assert not drafts_of(reach_of(None)).exists()


def test_codes_go_on_behind_the_highest_number(world: World) -> None:
    start = beginning(OWN, 2020, "P")
    assert start == "MET-2020-P"
    assert next_code(Project, start) == "MET-2020-P01"
    projects_create(entries=[project(f"{start}09"), project(f"{start}7X"), project("MET-2021-P44")])
    assert next_code(Project, start) == "MET-2020-P10"
    assert world.project not in {f"{start}09"}


def test_whoever_is_overtaken_gets_the_next_code(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert world.actor
    start = beginning(OWN, 2020, "P")
    projects_create(entries=[project(f"{start}01")])
    looks = iter([f"{start}01"])  # what was free when it was looked up is taken when it is written
    monkeypatch.setattr(codes, "next_code", lambda *given: next(looks, None) or next_code(*given))
    code, _ = codes.written_with_next_code(
        Project, start, lambda free: projects_create(entries=[project(free)]), once=PROJECT.once.name
    )
    assert code == f"{start}02"


def test_another_refusal_is_not_tried_again(programme: object) -> None:
    assert programme
    calls: list[str] = []

    def refused(code: str) -> None:
        calls.append(code)
        raise RefusedError([Refusal(code, "title", "project_title_given", "Der Text fehlt")])

    with pytest.raises(RefusedError, match="Der Text fehlt"):
        written_with_next_code(Project, "X-2020-P", refused, once=PROJECT.once.name)
    assert calls == ["X-2020-P01"]

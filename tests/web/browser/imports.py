"""Imports of the cluster manager at each step, for the pages that are looked at; no record is changed by them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ewm.capture.accounts.models import Account
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.models import Import, Outcome, State
from ewm.capture.imports.profiles import Column, Profile
from ewm.capture.imports.services import import_apply, import_begin, import_map, import_read
from ewm.capture.projects.models import Project
from tests.support import efre

if TYPE_CHECKING:
    from collections.abc import Sequence


def furnish(*, project: str, numbers: Sequence[str]) -> None:
    """Make an import whose rows are to be checked, one whose columns are, one that is over, one that is read."""
    manager = Account.objects.get(memberships__role="cluster_manager").pk
    found = Project.objects.get(code=project)
    known = f"Kennung;Titel;Ab\n{project};{found.title};{found.support_start}\nNIE;Gibt es nicht;2020-01-01\n"
    made = [
        _begun("liste-der-vorhaben-2014-2020.csv", efre.first(), manager),
        _begun("kammer.csv", efre.third(), manager),
        _begun("bekannte.csv", known, manager),
        _begun("grosse-liste.csv", efre.second(), manager),
    ]
    assert [str(each) for each in made] == list(numbers)
    for number in made[:3]:
        import_read(imported=number)
    import_map(imported=made[0])
    columns = (Column(("Kennung",), "code"), Column(("Titel",), "title"), Column(("Ab",), "support_start"))
    same = {"is_rdi": found.is_rdi, "funding_state": found.funding_state_id}
    profile = Profile("known", "Eigene Liste", "known", RecordKind.PROJECTS, columns, defaults=same)
    import_map(imported=made[2], profile=profile)
    applied = import_apply(imported=made[2], account=manager)
    assert applied.state == State.APPLIED
    assert sorted(applied.items.values_list("outcome", flat=True)) == [Outcome.ERROR, Outcome.KNOWN]
    assert {each.outcome for each in Import.objects.get(pk=made[0]).items.all()} >= {Outcome.NEW, Outcome.ERROR}


def _begun(name: str, text: str, account: int) -> int:
    return import_begin(file=io.BytesIO(text.encode()), name=name, cluster="metall", account=account).pk

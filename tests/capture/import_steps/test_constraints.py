"""What must hold within a row of the imports' tables holds in the database; each from both sides."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, transaction
from django.db.models import CheckConstraint, UniqueConstraint
from django.utils import timezone

from ewm.capture.imports.models import Import, ImportedKey, ImportedRecord, ImportItem, ImportProfile
from tests.capture.import_steps.lists import CLUSTER

NOW = timezone.now()
VALID: dict[Any, dict[str, Any]] = {
    Import: {"id": 901, "cluster_id": CLUSTER, "file_name": "x.csv", "sha256": "a" * 64, "size": 1, "created_at": NOW},
    ImportItem: {
        "imported_id": 900, "position": 1, "first_row": 2, "row_count": 1, "rows": [2], "key": "k", "found": {},
        "outcome": "new", "match": {},
    },
    ImportedRecord: {
        "imported_id": 900, "kind": "projects", "row": 1, "code": "P-1", "created": True, "version": 1,
    },
    ImportedKey: {"imported_id": 900, "kind": "projects", "source": "s", "key": "k", "code": "P-1"},
    ImportProfile: {"name": "Liste", "profile": {}, "saved_at": NOW},
}  # fmt: skip
CHECKS: dict[str, tuple[Any, list[dict[str, Any]], list[dict[str, Any]]]] = {
    "import_state_known": (Import, [{"state": "failed"}], [{"state": "lost"}]),
    "import_size_not_negative": (Import, [{"size": 0}], [{"size": -1}]),
    "import_done_within_total": (Import, [{"done": 2, "total": 2}], [{"done": 3, "total": 2}]),
    "import_checksum_whole": (Import, [{"sha256": "b" * 64}], [{"sha256": "b" * 63}]),
    "import_applied_when_it_was": (
        Import, [{"state": "applied", "applied_at": NOW}], [{"state": "applied"}, {"applied_at": NOW}],
    ),
    "import_taken_back_when_it_was": (
        Import,
        [{"state": "taken_back", "applied_at": NOW, "taken_back_at": NOW}],
        [{"state": "taken_back", "applied_at": NOW}, {"state": "applied", "applied_at": NOW, "taken_back_at": NOW}],
    ),
    "import_file_name_given": (Import, [{"file_name": "n" * 200}], [{"file_name": " "}, {"file_name": "n" * 201}]),
    "import_item_outcome_known": (ImportItem, [{"outcome": "error"}], [{"outcome": "other"}]),
    "import_item_result_has_code": (
        ImportItem,
        [{"result": "same", "result_code": "P-1"}, {"result": "not_taken"}],
        [{"result": "other"}, {"result": "same"}, {"result_code": "P-1"}, {"result": "not_taken", "result_code": "P"}],
    ),
    "imported_record_kind_known": (ImportedRecord, [{"kind": "actors"}], [{"kind": "actor"}]),
    "imported_record_code_given": (ImportedRecord, [{"code": "P" * 40}], [{"code": ""}, {"code": "P" * 41}]),
    "imported_key_kind_known": (ImportedKey, [{"kind": "activities"}], [{"kind": "activity"}]),
    "imported_key_given": (ImportedKey, [{"key": "k" * 200}], [{"key": " "}, {"key": "k" * 201}]),
    "imported_key_source_given": (ImportedKey, [{"source": "s" * 100}], [{"source": ""}, {"source": "s" * 101}]),
    "imported_key_code_given": (ImportedKey, [{"code": "P" * 40}], [{"code": ""}, {"code": "P" * 41}]),
    "import_profile_name_given": (ImportProfile, [{"name": "n" * 100}], [{"name": " "}, {"name": "n" * 101}]),
}  # fmt: skip
UNIQUE: dict[str, tuple[Any, dict[str, Any]]] = {
    "import_item_once": (ImportItem, {"position": 2}),
    "imported_record_once": (ImportedRecord, {"row": 2}),
    "imported_key_once": (ImportedKey, {"key": "l"}),
    "import_profile_name_once": (ImportProfile, {"name": "Andere"}),
}


@pytest.fixture(autouse=True)
def _owner() -> None:
    """The import to which the other rows belong."""
    insert(Import, id=900)


def insert(model: Any, **changes: Any) -> None:
    model.objects.bulk_create([model(**{**VALID[model], **changes})])


@pytest.mark.parametrize("name", CHECKS)
def test_what_just_passes_is_stored(name: str) -> None:
    model, right, _ = CHECKS[name]
    for changes in right:
        with transaction.atomic():
            insert(model, **changes)
            transaction.set_rollback(True)


@pytest.mark.parametrize("name", CHECKS)
def test_what_just_does_not_is_refused(name: str) -> None:
    model, _, wrong = CHECKS[name]
    for changes in wrong:
        with pytest.raises((IntegrityError, DataError)) as caught, transaction.atomic():
            insert(model, **changes)
        assert name in str(caught.value) or isinstance(caught.value, DataError)


@pytest.mark.parametrize("name", UNIQUE)
def test_once_is_enough(name: str) -> None:
    model, other = UNIQUE[name]
    insert(model)
    insert(model, **other)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(model)


def test_every_constraint_is_tried() -> None:
    named = [each for model in apps.get_app_config("imports").get_models() for each in model._meta.constraints]
    assert {each.name for each in named if isinstance(each, CheckConstraint)} == set(CHECKS)
    assert {each.name for each in named if isinstance(each, UniqueConstraint)} == set(UNIQUE)

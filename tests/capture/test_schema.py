"""The database as a whole: migrations are complete, keys fit the snapshot, no column holds the contact of a person."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from ewm.capture.exporter.sources import SIZE, SOURCES, STATUS
from ewm.capture.taxonomies.models import Term
from ewm.snapshot.schema import TABLES
from ewm.web.settings import INSTALLED_APPS as RECORDS

APPS = ("taxonomies", "actors", "projects", "activities", "editorial")
CONTACT = re.compile(r"mail|phone|telefon|fax|contact|kontakt|first_?name|last_?name|birth|street|strasse|person")
ARROW = {"int64": {"BigAutoField", "BigIntegerField"}, "int32": {"IntegerField"}, "date": {"DateField"},
         "bool": {"BooleanField"}, "text": {"CharField", "TextField"}}  # fmt: skip


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("app", APPS)
def test_each_application_s_migrations_stand_in_one_line(app: str) -> None:
    package = import_module(f"ewm.capture.{app}.migrations")
    names = sorted(path.stem for path in Path(package.__path__[0]).glob("[0-9]*.py"))
    assert names[0] == "0001_initial"
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def columns() -> list[tuple[str, str]]:
    return [
        (model.__name__, field.name)
        for model in apps.get_models(include_auto_created=True)
        if apps.get_app_config(model._meta.app_label).name in RECORDS
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
    ]


def test_no_column_holds_the_contact_of_a_person() -> None:
    assert len(columns()) > 200
    assert [column for column in columns() if CONTACT.search(column[1])] == []


def test_only_an_account_s_number_tells_who_wrote() -> None:
    assert {name for _, name in columns() if "user" in name} == {"history_user_id"}


def test_every_column_of_the_contract_has_its_source_of_the_right_type() -> None:
    for name, source in SOURCES.items():
        contract = TABLES[name]
        assert len(source.attributes) == len(contract.columns), name
        for attribute, column in zip(source.attributes, contract.columns, strict=True):
            if attribute in (SIZE, STATUS):
                assert column.name in ("size_class", "status_at_cut_off")
                continue
            [field] = [each for each in source.model._meta.concrete_fields if each.attname == attribute]
            assert field.null <= column.nullable, (name, attribute)
            stored = getattr(field, "target_field", field)
            assert type(stored).__name__ in ARROW[column.type], (name, attribute)
    assert set(SOURCES) | {"years", "clusters", "terms"} == set(TABLES)
    assert tuple(Term.FIELDS) == tuple(column.name for column in TABLES["terms"].columns)

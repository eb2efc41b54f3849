"""Art. 15 and 17 of the GDPR: everything about an account is given out, and after its erasure nothing names it."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from ewm.capture.accounts.models import Account, AccountEvent, Action
from ewm.capture.accounts.roles import Role
from ewm.capture.accounts.services import Grant, account_create
from ewm.capture.acting import Channel, acting_as
from ewm.capture.actors.entries import ActorEntry
from ewm.capture.actors.services import actors_create
from ewm.errors import MissingError, RefusedError
from ewm.snapshot import schema
from ewm.web.privacy.columns import NUMBERS, Needle, mentions, needles, numbers, references, tables
from ewm.web.privacy.erasing import INSTEAD, account_erase
from ewm.web.privacy.exporting import account_export
from tests.support.empty_database import seed
from tests.support.programmes import load_served

if TYPE_CHECKING:
    from django.db.models import Model

NAME, EMAIL = "Jürgen Öztürk-Weiß", "j.oeztuerk@beispiel.invalid"


@pytest.fixture
def account(db: None) -> Account:  # noqa: ARG001
    load_served()
    account_create(email="bleibt@beispiel.invalid", name="Bleibt Da", grants=[Grant(Role.ADMINISTRATOR)])
    return account_create(email=EMAIL, name=NAME, grants=[Grant(Role.CLUSTER_MANAGER, "metall")], password="x" * 12)


def actor_by(account: Account) -> None:
    """Let an account make an actor."""
    entry = ActorEntry(
        code="A-1", name="Werk", actor_type="company", country="DE", land="12", district="12052", example=True
    )
    with acting_as(account.pk, Channel.FORM):
        actors_create(entries=[entry])


def texts_of(model: type[Model]) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField, models.JSONField))
        and not field.choices and not field.unique and not field.is_relation
        and (field.max_length or 400) >= len(NAME) + len(EMAIL) + 2
    ]  # fmt: skip


def dump() -> str:
    """The whole database as text, with the texts inside JSON and sessions as they are read."""
    lines = []
    with connection.cursor() as cursor:
        for model in tables():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608
            lines += [repr(row) for row in cursor.fetchall()]
    return "\n".join(lines) + "\n".join(line.encode().decode("unicode_escape", "replace") for line in lines)


def hits() -> list[str]:
    text = dump().casefold()
    return [each for each in (NAME, EMAIL) if each.casefold() in text]


def plant(model: type[Model], field: Any) -> bool:
    """Put name and address into a column of a row that is there; False where the table is empty."""
    row = model._meta.base_manager.order_by("pk").last()
    if row is None:
        return False
    text = f"{NAME}, {EMAIL}"
    value = {"list": [text]} if isinstance(field, models.JSONField) else text
    try:
        model._meta.base_manager.filter(pk=row.pk).update(**{field.name: value})
    except Exception as error:  # a constraint of that column leaves no room for a name
        pytest.fail(f"{model._meta.label}.{field.name}: {error}")
    return True


def test_nothing_names_an_erased_account(account: Account, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False
    client = Client()
    client.force_login(account)
    assert hits() == [NAME, EMAIL]
    account_erase(account)
    assert hits() == []
    assert not Account.objects.filter(name=NAME).exists()
    assert client.get("/konto/").status_code == 302


def test_a_name_in_any_column_is_found_and_replaced(account: Account) -> None:
    actor_by(account)
    planted = []
    for model in tables():
        if model is Account or model._meta.db_table.startswith(("django_", "site_")):
            continue
        for field in texts_of(model):
            with connection.constraint_checks_disabled():
                if plantable(model, field) and plant(model, field):
                    planted.append(f"{model._meta.db_table}.{field.column}")
    assert len(planted) > 8, planted
    assert {hit.place for hit in mentions(needles(account))} >= set(planted)
    found = account_erase(account)
    assert hits() == []
    gone = set(found.deleted)
    assert {place for place in planted if place.partition(".")[0] not in gone} <= set(found.replaced)


def plantable(model: type[Model], field: Any) -> bool:
    """Leave out columns whose rule allows no such text: a date in words, a list of known words."""
    row = model._meta.base_manager.order_by("pk").last()
    if row is None:
        return False
    from django.db import IntegrityError, transaction  # noqa: PLC0415

    try:
        with transaction.atomic():
            value: Any = {"a": 1} if isinstance(field, models.JSONField) else f"{NAME}, {EMAIL}"
            model._meta.base_manager.filter(pk=row.pk).update(**{field.name: value})
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def test_what_the_account_did_stays_with_its_number(account: Account) -> None:
    actor_by(account)
    number = account.pk
    found = account_erase(account)
    history = apps.get_model("actors", "HistoricalActor")
    assert list(history.objects.values_list("history_user_id", flat=True)) == [number]
    assert found.kept["actors_historicalactor"] == 1
    assert AccountEvent.objects.filter(account_number=number, action=Action.ERASED).count() == 1
    again = account_create(email=EMAIL, name=NAME)
    assert again.pk != number, "a number is never given twice"


def test_a_dry_run_tells_the_same_and_changes_nothing(account: Account) -> None:
    Client().force_login(account)
    before = dump()
    told = account_erase(account, dry_run=True)
    assert dump() == before
    assert told.deleted == account_erase(account).deleted


def test_another_spelling_is_replaced_where_it_is_named(account: Account) -> None:
    event = AccountEvent.objects.create(account_number=account.pk, action=Action.ROLES, detail="auf Bitte von Öztürk")
    assert account_erase(account, also=("Öztürk",)).replaced["accounts_accountevent.detail"] == 1
    event.refresh_from_db()
    assert event.detail == f"auf Bitte von {INSTEAD}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gesprochen mit jürgen ÖZTÜRK-weiß.", True),
        (r'{"a": "J\u00fcrgen \u00d6zt\u00fcrk-Wei\u00df"}', True),
        ("Jürgen Öztürk-Weißenborn", False),
    ],
)
def test_a_name_is_found_as_a_whole_in_any_case(text: str, found: bool) -> None:  # noqa: FBT001
    needle = Needle(NAME)
    assert needle.matches(text) is found
    assert (needle.replaced(text, INSTEAD) != text) is found


def test_the_last_administration_is_not_erased(account: Account) -> None:
    last = Account.objects.get(email="bleibt@beispiel.invalid")
    with pytest.raises(RefusedError, match="last_administration_stays"):
        account_erase(last)
    assert Account.objects.filter(pk__in=[last.pk, account.pk]).count() == 2


def test_every_row_about_an_account_is_given_out_and_no_secret(account: Account) -> None:
    client = Client()
    client.force_login(account)
    actor_by(account)
    AccountEvent.objects.create(account_number=0, action=Action.ROLES, detail=f"vertritt {NAME}")
    given = account_export(account)
    expected = {
        model._meta.db_table
        for model in tables()
        for column in references(model)
        if model._meta.base_manager.filter(**{column: account.pk}).exists()
    }
    assert set(given["rows"]) == expected | {"accounts_account"}
    assert {"accounts_membership", "accounts_accountevent", "actors_historicalactor"} <= expected
    assert given["rows"]["accounts_account"][0]["email"] == EMAIL
    assert [each["place"] for each in given["mentions"]] == ["accounts_accountevent.detail"]
    text = json.dumps(given)
    assert account.password not in text
    assert "pbkdf2" not in text


def test_every_column_that_looks_like_an_account_is_known() -> None:
    """A new column that holds an account's number under another name would be left out: name it in NUMBERS."""
    suspects = {
        f"{model._meta.db_table}.{field.name}"
        for model in tables()
        for field in model._meta.concrete_fields
        if isinstance(field, models.IntegerField) and not field.primary_key and not field.is_relation
        if any(word in field.name for word in ("account", "user", "author", "person", "_by"))
        if field.name not in NUMBERS
    }
    assert suspects == set()
    assert sum(len(numbers(model)) for model in tables()) > 20


def test_no_snapshot_has_room_for_an_account() -> None:
    columns = {column.name for table in schema.TABLES.values() for column in table.columns}
    words = ("account", "email", "user", "person", "author")
    assert [name for name in columns if any(word in name for word in words)] == []
    assert len(columns) > 50


def test_the_commands_say_what_they_do(account: Account) -> None:
    def run(*arguments: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(call_command(*arguments, stdout=io.StringIO()))
        return found

    assert run("accounts_export", "--email", EMAIL.upper())["account"] == account.pk
    assert run("accounts_erase", "--email", EMAIL, "--dry-run")["dry_run"]
    assert Account.objects.filter(email=EMAIL).exists()
    done = run("accounts_erase", "--email", EMAIL)
    assert done["deleted"]["accounts_account"] == 1
    assert hits() == []
    with pytest.raises(MissingError, match="gibt es nicht"):
        run("accounts_erase", "--email", EMAIL)


def test_the_file_itself_forgets(tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("EWM_", "DJANGO_"))}
    own |= {"EWM_DATA": str(seed(tmp_path)), "EWM_LOG": "WARNING"}

    def ewm(*words: str) -> str:
        program = Path(sys.executable).with_name("ewm")
        ended = subprocess.run([program, "accounts", *words], env=own, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    ewm("create", "--email", "erste@beispiel.invalid", "--role", "administrator")
    created = ewm("create", "--email", EMAIL, "--name", NAME)
    assert "/anmeldung/passwort/neu/" in created
    file = tmp_path / "given.json"
    ewm("export", "--email", EMAIL, "--file", str(file))
    assert json.loads(file.read_text(encoding="utf-8"))["rows"]["accounts_account"][0]["name"] == NAME
    assert file.stat().st_mode & 0o077 == 0
    assert "Nummer bleibt" in ewm("erase", "--email", EMAIL)
    raw = b"".join(each.read_bytes() for each in tmp_path.glob("ewm.sqlite3*"))
    assert (NAME.encode() in raw, EMAIL.encode() in raw) == (False, False)
    with sqlite3.connect(tmp_path / "ewm.sqlite3") as database:
        text = "\n".join(database.iterdump())
    database.close()
    assert (NAME in text, EMAIL in text, "erste@beispiel.invalid" in text) == (False, False, True)


def test_time_and_date_are_what_they_were(account: Account) -> None:
    """The export is read by other programs: moments with their zone, days as days."""
    Account.objects.filter(pk=account.pk).update(last_login=timezone.now())
    row = account_export(Account.objects.get(pk=account.pk))["rows"]["accounts_account"][0]
    assert row["last_login"].endswith("+00:00")
    assert date.fromisoformat(row["last_login"][:10])

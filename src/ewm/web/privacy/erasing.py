"""Erase an account (Art. 17 GDPR): afterwards name and address stand nowhere in the database.

What belongs to the account goes with it: roles, sessions, second factors, drafts, saved views, uploaded files. What it
did to records stays, with its bare number, which never is given to another account. Where its name or address stands
in a text that somebody typed (a comment, a reason, also in history) ``[entfernt]`` takes its place. This is the one
writer that changes history: history must not remember what may no longer be known.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, models, transaction

from ewm.capture.accounts.models import Account, Action
from ewm.capture.accounts.services import note, refuse_last_administration
from ewm.web.privacy.columns import Needle, mentions, needles, numbers, rows_of, tables
from ewm.web.privacy.uploads import PLACE, uploads_of, uploads_remove

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.web.privacy.columns import Hit

INSTEAD = "[entfernt]"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What goes (rows by table), where the name is replaced (by table and column), where the number stays."""

    deleted: Mapping[str, int]
    replaced: Mapping[str, int]
    kept: Mapping[str, int]


def account_erase(account: Account, *, also: tuple[str, ...] = (), dry_run: bool = False) -> Erasure:
    """Erase an account and return what that meant; with ``dry_run`` nothing is changed.

    ``also`` names other spellings to be replaced. Raises RefusedError for the last account that administers.
    """
    searched = needles(account, also)
    with transaction.atomic():
        refuse_last_administration(account)
        kept = _kept(account)
        note(account, Action.ERASED)
        found = _sessions_end(account, searched)
        _, deleted = Account.objects.get(pk=account.pk).delete()
        hits = list(mentions(searched))
        for hit in hits:
            _replace(hit, searched)
        names = {model._meta.label: model._meta.db_table for model in tables()}
        counted = {names.get(label, label): count for label, count in deleted.items()}
        uploads = uploads_of(account, searched)
        found[PLACE] = len(uploads)
        erasure = Erasure(_sorted({**counted, **found}), _sorted(Counter(hit.place for hit in hits)), kept)
        transaction.set_rollback(dry_run)
    if not dry_run:
        uploads_remove(uploads)
        cache.clear()  # counters of wrong sign-ins are kept by address
        _compact()
    return erasure


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: counts[name] for name in sorted(counts) if counts[name]}


def _kept(account: Account) -> dict[str, int]:
    """Return in which tables the bare number stays, with how many rows."""
    counts = {
        model._meta.db_table: sum(rows_of(model).filter(**{column: account.pk}).count() for column in numbers(model))
        for model in tables()
    }
    return _sorted(counts)


def _sessions_end(account: Account, searched: list[Needle]) -> dict[str, int]:
    """End the account's sessions, and those that hold its name or a text that it typed; returns how many."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    ended = 0
    for session in Session.objects.all():
        held = store().decode(session.session_data)
        own = str(held.get("_auth_user_id")) == str(account.pk)
        typed = held.get("rescued", {}).get("account") == account.pk
        if own or typed or any(needle.matches(repr(held)) for needle in searched):
            session.delete()
            ended += 1
    return {"django_session": ended}


def _replace(hit: Hit, searched: list[Needle]) -> None:
    text: Any = hit.text
    for needle in searched:
        text = needle.replaced(text, INSTEAD)
    quote = connection.ops.quote_name
    table, column, pk = (quote(each) for each in (hit.model._meta.db_table, hit.column, hit.pk_column))
    value = "%s::jsonb" if isinstance(hit.field, models.JSONField) and connection.vendor == "postgresql" else "%s"
    with connection.cursor() as cursor:
        # Names come from the models, texts are parameters. No history entry: that is the point.
        cursor.execute(f"UPDATE {table} SET {column} = {value} WHERE {pk} = %s", [text, hit.pk])  # noqa: S608


def _compact() -> None:
    """Write the SQLite file anew: deleted rows would stay in its free pages and in the write-ahead log."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

"""Keep and forget views of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ewm.capture.lists.models import NAME_LENGTH, QUERY_LENGTH, SavedView
from ewm.capture.refusing import Rule, refuse_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.capture.accounts.models import Account
    from ewm.errors import Refusal

MOST_VIEWS = 20

NAME_GIVEN = Rule(
    "saved_view_name_given",
    "name",
    "Eine Ansicht braucht einen Namen von 1 bis %(most)s Zeichen",
    values=(("most", NAME_LENGTH),),
)
NAME_ONCE = Rule("saved_view_name_once", "name", "Eine Ansicht mit diesem Namen gibt es schon; bitte anders nennen")
NOT_TOO_LONG = Rule("saved_view_query_length", "query", "Es sind mehr Filter gesetzt, als eine Ansicht merken kann")
NOT_TOO_MANY = Rule(
    "saved_views_at_most",
    "name",
    "Je Liste lassen sich %(most)s Ansichten merken; bitte erst eine entfernen",
    values=(("most", MOST_VIEWS),),
)


def saved_view_create(*, account: Account, kind: str, name: str, query: str) -> SavedView:
    """Keep a view; raises RefusedError where the name is missing, taken or too long, or there are too many."""
    called = " ".join(name.split())
    with transaction.atomic():
        refuse_all(_wrong(account, kind, called, query))
        view = SavedView(account=account, kind=kind, name=called, query=query)
        view.save()
    return view


def saved_view_delete(*, account: Account, view_id: int) -> str | None:
    """Forget a view of this account; returns its name, None where the account has no such view."""
    found = SavedView.objects.filter(account=account, pk=view_id).first()
    if found is None:
        return None
    found.delete()
    return found.name


def _wrong(account: Account, kind: str, name: str, query: str) -> Iterator[Refusal]:
    mine = SavedView.objects.filter(account=account, kind=kind)
    if not 1 <= len(name) <= NAME_LENGTH:
        yield NAME_GIVEN.refuse(name or "Ansicht", f"{len(name)} Zeichen")
    elif mine.filter(name=name).exists():
        yield NAME_ONCE.refuse(name)
    if len(query) > QUERY_LENGTH:
        yield NOT_TOO_LONG.refuse(name or "Ansicht", f"{len(query)} Zeichen")
    if mine.count() >= MOST_VIEWS:
        yield NOT_TOO_MANY.refuse(name or "Ansicht")

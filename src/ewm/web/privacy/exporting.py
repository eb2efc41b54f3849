"""Everything that the database holds about an account (Art. 15 GDPR), as one JSON object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from ewm.capture.accounts.models import Account, Action
from ewm.capture.accounts.services import note
from ewm.web.privacy.columns import mentions, needles, references, rows_of, tables

if TYPE_CHECKING:
    from django.db.models import Model

_INSTEAD = "(vorhanden, nicht ausgegeben: Geheimnis der Anmeldung)"
_HIDDEN = {
    ("accounts_account", "password"),
    ("mfa_authenticator", "data"),
    ("usersessions_usersession", "session_key"),
    ("socialaccount_socialtoken", "token"),
    ("socialaccount_socialtoken", "token_secret"),
}


def account_export(account: Account) -> dict[str, Any]:
    """Return the account, every row that refers to it, and every other text in which its name or address stands.

    Rows stand under the name of their table with all their columns; of a secret only that there is one. That they were
    given out leaves a line.
    """
    note(account, Action.EXPORTED)
    rows = {model._meta.db_table: found for model in tables() if (found := _rows(model, account))}
    elsewhere = [
        {"place": hit.place, "row": str(hit.pk), "text": hit.text}
        for hit in mentions(needles(account))
        if hit.model is not Account and hit.model._meta.db_table != "django_session"
    ]
    made = {"account": account.pk, "rows": rows, "mentions": elsewhere}
    plain: dict[str, Any] = json.loads(json.dumps(made, default=str))
    return plain


def _rows(model: type[Model], account: Account) -> list[dict[str, Any]]:
    columns = ["pk"] if model is Account else references(model)
    if not columns:
        return []
    whose = Q()
    for column in columns:
        whose |= Q(**{column: account.pk})
    table = model._meta.db_table
    return [
        {name: _INSTEAD if (table, name) in _HIDDEN and value else value for name, value in row.items()}
        for row in rows_of(model).filter(whose).order_by("pk").values()
    ]

"""Where the database holds an account: columns that refer to it, and columns in which its name may stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models

from ewm.capture.accounts.models import Account

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field, Model, QuerySet

NUMBERS = frozenset({"account", "account_number", "by_number", "asked_by", "history_user_id"})
"""Names of columns that hold an account's bare number, in whatever table."""
_TEXTS = (models.CharField, models.TextField, models.JSONField)
TOO_SHORT = 4
"""A name of fewer letters is not looked for: it would be found in words that mean nobody."""


@dataclass(frozen=True, slots=True)
class Needle:
    """A text that names somebody, found as a whole and in any case; also as JSON and names of files write it."""

    text: str

    @property
    def spellings(self) -> tuple[str, ...]:
        """The text as it is, and with its letters escaped as in JSON."""
        escaped = self.text.encode("ascii", "backslashreplace").decode()
        escaped = re.sub(r"\\x([0-9a-f]{2})", r"\\u00\1", escaped)
        return tuple(dict.fromkeys((self.text, escaped)))

    def matches(self, text: str) -> bool:
        """Tell whether a text holds this one."""
        return any(pattern.search(text) for pattern in self._patterns())

    def replaced(self, text: str, instead: str) -> str:
        """Return a text with something else in place of this one."""
        for pattern in self._patterns():
            text = pattern.sub(lambda _: instead, text)
        return text

    def _patterns(self) -> list[re.Pattern[str]]:
        return [re.compile(rf"(?<![^\W_]){_joined(each)}(?![^\W_])", re.IGNORECASE) for each in self.spellings]


def _joined(text: str) -> str:
    """Return the pattern of a text whose words may stand apart by any blanks, or by a line below as in file names."""
    return r"[\s_]+".join(map(re.escape, text.split()))


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that names somebody: where it stands, and what it says."""

    model: type[Model]
    field: Field[Any, Any]
    pk: Any
    text: str

    @property
    def column(self) -> str:
        """Name of the column in the database."""
        return str(self.field.column)

    @property
    def pk_column(self) -> str:
        """Name of the column that tells the rows apart."""
        return str(self.model._meta.pk.column)

    @property
    def place(self) -> str:
        """Table and column."""
        return f"{self.model._meta.db_table}.{self.column}"


def needles(account: Account, also: tuple[str, ...] = ()) -> list[Needle]:
    """Return the texts that name an account: its address, its name (last word first, too), other spellings given."""
    *first, last = account.name.split() or [""]
    texts = (account.email, account.name, *([f"{last}, {' '.join(first)}"] if first else []), *also)
    return [Needle(each) for each in dict.fromkeys(texts) if len(each) >= TOO_SHORT]


def tables() -> list[type[Model]]:
    """Return every table of the site, each once."""
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return list(found.values())


def numbers(model: type[Model]) -> list[str]:
    """Return the columns of a table that hold an account's bare number: they outlive the account."""
    return [field.name for field in model._meta.concrete_fields if field.name in NUMBERS and not field.related_model]


def rows_of(model: type[Model]) -> QuerySet[Any]:
    """Return every row of a table."""
    manager = model._meta.default_manager
    return manager.all() if manager is not None else model._meta.base_manager.all()


def references(model: type[Model]) -> list[str]:
    """Return the columns of a table that refer to an account."""
    keys = [field.attname for field in model._meta.concrete_fields if field.related_model is Account]
    return keys + numbers(model)


def mentions(searched: list[Needle]) -> Iterator[Hit]:
    """Yield every text of the database that holds one of these, in whatever table."""
    for model in tables():
        for field in model._meta.concrete_fields:
            if isinstance(field, _TEXTS):
                yield from _hits(model, field, searched)


def _hits(model: type[Model], field: Field[Any, Any], searched: list[Needle]) -> Iterator[Hit]:
    quote = connection.ops.quote_name
    text = f"CAST({quote(str(field.column))} AS text)"
    spelled = [spelling.lower() for needle in searched for spelling in needle.spellings]
    wanted = [f"%{_longest_ascii(each)}%" for each in spelled]
    where = " OR ".join([f"LOWER({text}) LIKE %s ESCAPE '!'"] * len(wanted))
    pk = quote(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        # Names come from the models, texts are parameters.
        cursor.execute(f"SELECT {pk}, {text} FROM {quote(model._meta.db_table)} WHERE {where}", wanted)  # noqa: S608
        rows = cursor.fetchall()
    for key, said in rows:
        if any(needle.matches(said) for needle in searched):
            yield Hit(model, field, key, said)


def _longest_ascii(text: str) -> str:
    """Return the longest part of a text that every database compares alike in any case, ready for LIKE.

    Blanks end a part: what stands between two words is not always the same.
    """
    part = max(re.findall(r"[!-~]+", text), key=len, default="")
    return re.sub(r"([!%_])", r"!\1", part)

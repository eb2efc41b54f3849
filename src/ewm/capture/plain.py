"""Texts as they are sorted: as in a dictionary (DIN 5007-1), the same in every database."""

from __future__ import annotations

from functools import reduce

from django.db.models import CharField, Func

_PLAIN = (("Ä", "a"), ("ä", "a"), ("Ö", "o"), ("ö", "o"), ("Ü", "u"), ("ü", "u"), ("ß", "ss"))


class PlainText(Func):
    """A text in small letters, umlauts as their vowels.

    The letters stand in the statement itself: a database uses the index of an expression only where it meets the very
    same expression, without parameters.
    """

    template = reduce(lambda sql, pair: "REPLACE({}, '{}', '{}')".format(sql, *pair), _PLAIN, "LOWER(%(expressions)s)")
    output_field = CharField()

"""Identifiers that carry their own check digits: a slip of the pen is found without asking the register."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stdnum import lei
from stdnum.eu import vat
from stdnum.iso7064 import mod_97_10

from ewm.capture.refusing import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ewm.capture.actors.entries import ActorEntry, Identifier
    from ewm.errors import Refusal

LEI = Rule(
    "lei_check_digits",
    "identifier",
    "Das ist keine LEI: 18 Großbuchstaben und Ziffern, dann zwei Prüfziffern, die dazu passen (ISO 17442)",
)
ROR = Rule(
    "ror_check_digits",
    "identifier",
    "Das ist keine ROR-Kennung: 0, sechs kleine Zeichen, dann zwei Prüfziffern, die dazu passen, ohne https://ror.org/",
)

VAT = Rule(
    "vat_check_digits",
    "identifier",
    "Das ist keine Umsatzsteuer-Identifikationsnummer der EU: Land aus zwei Großbuchstaben, dann die Nummer ohne "
    "Leerzeichen mit passender Prüfziffer",
)

_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
# Crockford's base 32 in small letters: without i, l, o, u.
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_VAT = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}")
_ROR = re.compile(rf"0[{_DIGITS}]{{6}}[0-9]{{2}}")


def is_lei(text: str) -> bool:
    """Tell whether a text is a Legal Entity Identifier, written without blanks: ISO 17442, check digits by ISO 7064."""
    # The library takes blanks out and asks for no length.
    return _LEI.fullmatch(text) is not None and lei.is_valid(text)


def is_ror(text: str) -> bool:
    """Tell whether a text is an identifier of the Research Organization Registry, written without its address.

    Its last two digits are the check digits (ISO 7064, mod 97-10) of the six characters before them, read as a number
    in Crockford's base 32: ror.org/facts, and generate_ror_id in the registry's own software (ror-community/ror-api).
    """
    if _ROR.fullmatch(text) is None:
        return False
    number = 0
    for character in text[1:7]:
        number = number * 32 + _DIGITS.index(character)
    return mod_97_10.calc_check_digits(str(number)) == text[7:]


def is_vat(text: str) -> bool:
    """Tell whether a text is a VAT number of a member state, written without blanks: § 27a UStG, with check digit."""
    return _VAT.fullmatch(text) is not None and vat.is_valid(text)


_CHECKED: Mapping[str, tuple[Callable[[str], bool], Rule]] = {
    "lei": (is_lei, LEI),
    "ror": (is_ror, ROR),
    "vat": (is_vat, VAT),
}
CHECKED = frozenset(_CHECKED)
"""Registers whose identifiers carry check digits."""


def as_registered(scheme: str, typed: str) -> str:
    """Return an identifier as its register writes it: without blanks, address, points, in its letters."""
    text = " ".join(typed.split())
    if scheme == "ror":
        return text.lower().rstrip("/").rpartition("/")[2]
    return re.sub(r"[\s.\-]", "", text).upper() if scheme in CHECKED else text


def check_identifier(entry: ActorEntry, each: Identifier) -> Iterator[Refusal]:
    """Yield a refusal of an identifier whose check digits do not fit; registers without such digits take any text."""
    if each.scheme not in _CHECKED or not each.identifier.strip():  # a blank one is refused as such
        return
    is_right, rule = _CHECKED[each.scheme]
    if not is_right(each.identifier):
        yield rule.refuse(entry.code, each.identifier, place=each.place)

"""Who runs this installation: read from the TOML file that ``EWM_OPERATOR`` names; the software knows nobody.

[operator]                       # Impressum (§ 5 DDG)
name = "Ministerium für …"
represented_by = "…"
street = "…"
city = "14467 Potsdam"
email = "…"
phone = "…"
responsible = "…"                # for the content (§ 18 Abs. 2 MStV), optional
vat_id = "…"                     # optional

[privacy]                        # Datenschutz (Art. 13 DSGVO)
officer = "…"                    # data protection officer: name or office, and address
legal_basis = "Art. 6 Abs. 1 Buchst. e DSGVO in Verbindung mit …"
authority = "…"                  # supervisory authority
retention = "…"                  # how long accounts and history are kept
recipients = "…"                 # optional, "keine" without it

[accessibility]                  # Erklärung zur Barrierefreiheit (§ 7 BITV 2.0)
contact = "…"                    # where barriers are told: name, e-mail, phone
enforcement = "…"                # Schlichtungs- oder Durchsetzungsstelle, with address
enforcement_url = "https://…"
status = "partly"                # full, partly or none, by your own assessment; optional
gaps = [{ part = "…", reason = "…" }]     # parts that are not accessible; optional

[data]                           # what data packages say; optional
licence = "DL-DE-BY-2.0"         # identifier, as https://opendefinition.org/licenses/api/ or SPDX has it
licence_title = "Datenlizenz Deutschland – Namensnennung – Version 2.0"
licence_url = "https://www.govdata.de/dl-de/by-2-0"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from ewm.errors import ContentError, MissingError

if TYPE_CHECKING:
    from collections.abc import Mapping

NEEDED = {
    "operator": ("name", "represented_by", "street", "city", "email", "phone"),
    "privacy": ("officer", "legal_basis", "authority", "retention"),
    "accessibility": ("contact", "enforcement", "enforcement_url"),
    "data": (),
}
OPTIONAL = {
    "operator": ("responsible", "vat_id"),
    "privacy": ("recipients",),
    "accessibility": ("status", "gaps"),
    "data": ("licence", "licence_title", "licence_url"),
}
STATUSES = ("full", "partly", "none")


@dataclass(frozen=True)
class Operator:
    """What an operator said about itself, by part and key."""

    operator: Mapping[str, Any] = field(default_factory=dict)
    privacy: Mapping[str, Any] = field(default_factory=dict)
    accessibility: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)

    def missing(self, *parts: str) -> list[str]:
        """Return what is needed and was not said, as ``part.key``; of every part where none is named."""
        return [
            f"{part}.{key}"
            for part, keys in NEEDED.items()
            if not parts or part in parts
            for key in keys
            if not str(getattr(self, part).get(key, "")).strip()
        ]


def operator() -> Operator:
    """Return what the file of ``EWM_OPERATOR`` says, nothing without it. Raises as ``read``."""
    return read(Path(settings.EWM_OPERATOR)) if settings.EWM_OPERATOR else Operator()


def read(file: Path) -> Operator:
    """Return what a file says; raises MissingError where there is none, ContentError for what is unknown in it."""
    if not file.is_file():
        raise MissingError(f"EWM_OPERATOR nennt {file}, diese Datei gibt es nicht. Bitte den Pfad berichtigen.")
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{file}: kein gültiges TOML ({error}). Bitte berichtigen.") from None
    known = {part: {*keys, *OPTIONAL[part]} for part, keys in NEEDED.items()}
    unknown = [
        part if part not in known else f"{part}.{key}"
        for part, said in found.items()
        for key in (said if part in known and isinstance(said, dict) else [part])
        if part not in known or key not in known[part]
    ]
    if unknown:
        raise ContentError(f"{file}: unbekannt ist {', '.join(dict.fromkeys(unknown))}. Bitte entfernen.")
    made = Operator(**found)
    if made.accessibility.get("status", "partly") not in STATUSES:
        raise ContentError(f"{file}: accessibility.status ist keines von {', '.join(STATUSES)}. Bitte berichtigen.")
    return made

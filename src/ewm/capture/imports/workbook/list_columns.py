"""What the columns of exported lists mean in the workbook, and what is said of those that cannot be changed there."""

from __future__ import annotations

from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.workbook.own_lists import CODE
from ewm.capture.taxonomies.rules import ACTION_FIELD
from ewm.capture.wording import Wording, worded

COMPUTED = frozenset({"akteure", "vollstaendig", "projekte", "aktivitaeten", "fassung"})
"""Nobody types them: they are left alone, whatever they say."""
FIELDS = {
    CODE: "code", "beschreibung": "description", "feld": f"assignments:{ACTION_FIELD}:1", "fue": "is_rdi",
    "offizieller_beginn": "official_start", "offizielles_ende": "official_end", "volumen": "project_volume",
    "volumen_geschaetzt": "project_volume_estimated", "volumen_region": "project_volume_regional",
    "foerdervolumen": "funding_volume", "foerdervolumen_geschaetzt": "funding_volume_estimated",
    "foerdervolumen_region": "funding_volume_regional", "foerderstand": "funding_state", "art": "activity_kind",
    "format": "activity_format", "standard": "is_standard", "federfuehrend": "is_lead", "typ": "actor_type",
    "gehoert_zu": "parent",
}  # fmt: skip
"""Columns of the lists by the column of the workbook that means the same; some by kind below."""
BY_KIND = {
    RecordKind.PROJECTS: {"titel": "title", "beginn": "support_start", "ende": "support_end"},
    RecordKind.ACTIVITIES: {"titel": "title", "beginn": "activity_start", "ende": "activity_end"},
    RecordKind.ACTORS: {"titel": "name"},
}
_ELSEWHERE = {
    "status": worded("Ein Status ändert sich an einem Tag"),
    "foerderung": worded("Wer bewilligt, gehört zu einem Betrag"),
    "cluster": worded("Das Cluster ändert sich nicht durch einen Import"),
    "sitz": worded("Der Sitz besteht aus Land, Kreis und Gemeinde"),
    "groesse": worded("Eine Größe gilt ab einem Tag"),
}


def gone_out(names: str) -> Wording:
    """Return that those who take part are missing in a cell."""
    return worded(
        "Hier fehlt, wer am Eintrag beteiligt ist: %(names)s. Ein Import nimmt niemanden heraus. Bitte auf der Seite "
        "des Eintrags ändern oder den Namen stehen lassen.",
        names=names,
    )


def older(then: str, now: int) -> Wording:
    """Return that a record was changed since it was exported; ``then`` and ``now`` are its versions."""
    return worded(
        "Seit dem Export hat jemand den Eintrag geändert (Fassung %(then)s, jetzt %(now)s). Bitte neu exportieren und "
        "dort ändern, oder diese Zelle leeren, wenn die Zeile trotzdem gilt.",
        then=then,
        now=now,
    )


def elsewhere(key: str) -> Wording:
    """Return why a column cannot be changed in a list, and where it can."""
    return worded(
        "%(why)s: hier lässt sie sich nicht ändern. Bitte den bisherigen Wert lassen oder die Zelle "
        "leeren und den Eintrag auf seiner Seite oder mit der Arbeitsmappe ändern.",
        why=_ELSEWHERE[key],
    )

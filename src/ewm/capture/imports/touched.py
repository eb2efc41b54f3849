"""Which records of an import somebody has changed or uses since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.capture.base import rows
from ewm.capture.dialogue.models import HintConfirmation
from ewm.capture.drafts.models import Draft
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.kinds import KINDS
from ewm.capture.referring import references
from ewm.capture.refusing import german, german_day_of
from ewm.capture.timeline.kinds import KINDS as PAGES
from ewm.capture.timeline.models import Comment
from ewm.config import load_config
from ewm.snapshot.home import read_info, snapshot_folders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ewm.capture.imports.models import Import, ImportedRecord
    from ewm.capture.referring import Reference

_BATCH = 500
_OWNERS: dict[Any, RecordKind] = {kind.shape.model: name for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Left:
    """A record that stays because somebody changed it or uses it since: kind, id, code, name, and why (German)."""

    kind: str
    row: int
    code: str
    name: str
    why: str


def touched(imported: Import, records: Sequence[ImportedRecord], *, published: bool) -> list[Left]:
    """Return the records that cannot be taken back without anybody losing anything, with the reason.

    ``published``: those that a snapshot shows since, too; they may go where somebody says why.
    """
    reasons: dict[tuple[str, int], str] = {}
    for kind, each in _by_kind(records).items():
        reasons |= {(kind, row): why for row, why in _changed(kind, each)}
        reasons |= {(kind, row): why for row, why in _spoken_of(kind, each) if (kind, row) not in reasons}
    if published and (why := _published_since(imported)):
        reasons |= {(each.kind, each.row): why for each in records if (each.kind, each.row) not in reasons}
    _spread(records, reasons)
    names = _names(records)
    return [
        Left(each.kind, each.row, each.code, names.get((each.kind, each.row), ""), reasons[each.kind, each.row])
        for each in records
        if (each.kind, each.row) in reasons
    ]


def _by_kind(records: Sequence[ImportedRecord]) -> Mapping[str, list[ImportedRecord]]:
    found: defaultdict[str, list[ImportedRecord]] = defaultdict(list)
    for each in records:
        found[each.kind].append(each)
    return found


def _changed(kind: str, records: Sequence[ImportedRecord]) -> Iterator[tuple[int, str]]:
    """Yield the records whose rows are not what the import left; a change that was taken back is none."""
    model = KINDS[RecordKind(kind)].shape.model
    for start in range(0, len(records), _BATCH):
        batch = {each.row: each for each in records[start : start + _BATCH]}
        stored = dict(model.objects.filter(pk__in=batch).values_list("pk", "version"))
        for row, each in batch.items():
            if row not in stored:
                yield row, "Der Eintrag ist nicht mehr da."
            elif stored[row] != each.version and not _is_as_left(kind, each):
                last = model.history.filter(id=row).values_list("history_date", flat=True).first()
                yield row, f"seither geändert, zuletzt am {german_day_of(last)}"


def _is_as_left(kind: str, record: ImportedRecord) -> bool:
    """Tell whether all rows of a record are again what they were right after the import."""
    shape = KINDS[RecordKind(kind)].shape
    moment = shape.model.history.filter(id=record.row, version=record.version).values_list("history_date", flat=True)
    if not moment:
        return False
    tables: list[tuple[Any, dict[str, int]]] = [(shape.model, {"id": record.row})]
    tables += [(part.model, {f"{part.owner}_id": record.row}) for part in shape.parts]
    return all(_rows(model, of, None) == _rows(model, of, moment[0]) for model, of in tables)


def _rows(model: Any, of: dict[str, int], as_of: Any) -> list[tuple[Any, ...]]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname != "version"]
    return sorted(rows(model, as_of).filter(**of).values_list(*names), key=str)


def _spoken_of(kind: str, records: Sequence[ImportedRecord]) -> Iterator[tuple[int, str]]:
    """Yield the new records of which comments, confirmed hints or drafts speak by their code."""
    rows_of = {each.code: each.row for each in records if each.created}
    page = next(each.name for each in PAGES.values() if each.namespace == kind)
    sources: tuple[tuple[Any, str, str], ...] = (
        (Comment, page, "Es gibt einen Kommentar dazu."),
        (HintConfirmation, kind, "Ein Hinweis dazu ist bestätigt."),
        (Draft, kind, "Jemand hat einen Entwurf dazu angefangen."),
    )
    for model, name, why in sources:
        for code in model.objects.filter(kind=name).exclude(record=None).values_list("record", flat=True):
            if code in rows_of:
                yield rows_of[code], why


def _published_since(imported: Import) -> str:
    """Return why records of the import are published, empty where no snapshot was written since."""
    infos = [read_info(folder) for folder in snapshot_folders(load_config().snapshots)]
    applied = imported.applied_at
    since = [info for info in infos if applied and (info.as_of or info.exported_at) >= applied]
    if not since:
        return ""
    last = max(since, key=lambda info: info.cut_off)
    return f"steht im Datenstand zum {german(last.cut_off)}. Bitte einen Grund angeben."


def _spread(records: Sequence[ImportedRecord], reasons: dict[tuple[str, int], str]) -> None:
    """Add the new records to which something refers that stays: in turn, since what uses them then stays as well."""
    using = {kind: _uses(kind, each) for kind, each in _by_kind([r for r in records if r.created]).items()}
    names: dict[Any, str] = {}
    going = {(each.kind, each.row) for each in records} - reasons.keys()
    grew = True
    while grew:
        grew = False
        for kind, uses in using.items():
            for use in uses:
                mine = (kind, use.target)
                owner = (str(_OWNERS[use.owner[0]]), use.owner[1]) if use.owner else None
                if mine in going and owner not in going:
                    reasons[mine] = _used_by(use, names)
                    going.discard(mine)
                    grew = True


def _uses(kind: str, records: Sequence[ImportedRecord]) -> list[Reference]:
    return list(references(KINDS[RecordKind(kind)].shape.model, [each.row for each in records]))


def _used_by(use: Reference, names: dict[Any, str]) -> str:
    if use.owner is None:
        return f"wird verwendet: {use.model._meta.verbose_name}"
    if use.owner not in names:
        model, row = use.owner
        code, name = model._default_manager.values_list("code", _title(model)).get(pk=row)  # noqa: SLF001
        names[use.owner] = f"wird verwendet in {code}, {name}"
    return names[use.owner]


def _title(model: Any) -> str:
    return "name" if any(field.name == "name" for field in model._meta.concrete_fields) else "title"


def _names(records: Sequence[ImportedRecord]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for kind, each in _by_kind(records).items():
        model = KINDS[RecordKind(kind)].shape.model
        for start in range(0, len(each), _BATCH):
            batch = [record.row for record in each[start : start + _BATCH]]
            pairs = model.objects.filter(pk__in=batch).values_list("pk", _title(model))
            found |= {(kind, pk): name for pk, name in pairs}
    return found

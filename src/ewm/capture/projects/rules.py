"""What must hold for a project. Rules with a constraint's name are enforced by the database as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from ewm.capture.periods import Period
from ewm.capture.projects.models import NO_FUNDING_BODY, UNFUNDED
from ewm.capture.refusing import Rule, german, german_cents, german_day_of
from ewm.capture.taxonomies.rules import Use, check_assignments, check_cluster, check_term
from ewm.capture.texts import check_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.capture.projects.entries import ProjectEntry
    from ewm.capture.taxonomies.catalogue import Catalogue
    from ewm.errors import Refusal

SUPPORT_END = Rule("support_end_not_before_start", "support_end", "Die Begleitung endet vor ihrem Beginn")
OFFICIAL_END = Rule("official_end_not_before_start", "official_end", "Das Projekt endet offiziell vor seinem Beginn")
STATUS_BEFORE_SUPPORT = Rule(
    "status_not_before_support", "status_from", "Der Status beginnt, bevor die Begleitung beginnt"
)
FIRST_STATUS = Rule("first_status_on_support_start", "status_from", "Am Beginn der Begleitung steht kein Status")
FIRST_STATUS_RECORDED = Rule(
    "first_status_recorded_with_project", "recorded_on", "Der erste Status ist später erfasst als das Projekt"
)
FUNDING_WITHIN_VOLUME = Rule(
    "funding_within_project_volume", "funding_volume", "Das Fördervolumen übersteigt das Projektvolumen"
)
UNFUNDED_VOLUME = Rule(
    "unfunded_without_funding_volume",
    "funding_volume",
    "Ohne Förderung ist das Fördervolumen 0, mit gesicherter oder angestrebter Förderung größer oder leer",
)
UNFUNDED_ROWS = Rule("unfunded_without_funding", "funding_state", "Ohne Förderung gibt es keine einzelnen Förderungen")
AMOUNT = Rule("funding_amount_above_zero", "amount", "Der Betrag einer Förderung ist größer als 0")
FUNDING_BODY = Rule("funding_has_a_funding_body", "granting_body", "Eine Förderung hat Bewilligende und Herkunft")
SUPPORTING_END = Rule(
    "supporting_end_not_before_begin",
    "supporting_to",
    "Die Begleitung durch das weitere Cluster endet vor ihrem Beginn",
)
HOME_SUPPORTS = Rule("home_cluster_supports_anyway", "cluster", "Das Heimatcluster begleitet das Projekt ohnehin")
_NEGATIVE = gettext_noop("Der Betrag ist negativ")
_REGIONAL = gettext_noop("Der Anteil der Region übersteigt den Gesamtbetrag oder steht ohne ihn")
_VOLUMES = ("project_volume", "funding_volume")


def check_project(entry: ProjectEntry, catalogue: Catalogue) -> Iterator[Refusal]:
    """Yield everything that is wrong with one project in itself."""
    yield from check_text(entry.code, "title", entry.title, "project_title_given", entry.place, longest=300)
    support = Period(entry.support_start, entry.support_end)
    yield from _check_periods(entry, support)
    # A period that ends before it begins is refused above; what follows takes it as open, to report that once.
    period = support if support.has_days else Period(entry.support_start)
    use = Use(entry.code, "cluster", entry.place, period)
    yield from check_cluster(catalogue, entry.cluster, use, within_structure=True)
    yield from _check_volumes(entry)
    yield from _check_funding(entry, catalogue, period)
    yield from _check_statuses(entry, catalogue)
    yield from _check_supporting(entry, catalogue)
    for partner in entry.participations:
        yield from check_term(catalogue, partner.role, ("role",), Use(entry.code, "role", partner.place, period))
    yield from check_assignments(catalogue, entry.assignments, record=entry.code, cluster=entry.cluster, period=period)


def _check_periods(entry: ProjectEntry, support: Period) -> Iterator[Refusal]:
    if not support.has_days:
        yield SUPPORT_END.refuse(entry.code, _span(support), place=entry.place)
    official = Period(entry.official_start, entry.official_end)
    if not official.has_days:
        yield OFFICIAL_END.refuse(entry.code, _span(official), place=entry.place)


def _span(period: Period) -> str:
    return f"{german(period.first)} bis {german(period.last)}"


def _check_volumes(entry: ProjectEntry) -> Iterator[Refusal]:
    for name in _VOLUMES:
        total, regional = getattr(entry, name), getattr(entry, f"{name}_regional")
        for field, amount in ((name, total), (f"{name}_regional", regional)):
            if amount is not None and amount < 0:
                rule = Rule(f"{field}_not_negative", field, _NEGATIVE)
                yield rule.refuse(entry.code, german_cents(amount), place=entry.place)
        if regional is not None and (total is None or regional > total):
            rule = Rule(f"regional_within_{name}", f"{name}_regional", _REGIONAL)
            yield rule.refuse(entry.code, f"{german_cents(regional)} von {german_cents(total)}", place=entry.place)
    funding, volume = entry.funding_volume, entry.project_volume
    if funding is not None and volume is not None and funding > volume:
        detail = f"{german_cents(funding)} bei {german_cents(volume)}"
        yield FUNDING_WITHIN_VOLUME.refuse(entry.code, detail, place=entry.place)


def _check_funding(entry: ProjectEntry, catalogue: Catalogue, period: Period) -> Iterator[Refusal]:
    unfunded = entry.funding_state == UNFUNDED
    if unfunded != (entry.funding_volume == 0):
        detail = f"{entry.funding_state}, {german_cents(entry.funding_volume)}"
        yield UNFUNDED_VOLUME.refuse(entry.code, detail, place=entry.place)
    if unfunded and entry.funding:
        yield UNFUNDED_ROWS.refuse(entry.code, f"{len(entry.funding)} eingetragen", place=entry.funding[0].place)
    use = Use(entry.code, "funding_state", entry.place, period)
    yield from check_term(catalogue, entry.funding_state, ("funding_state",), use)
    for each in entry.funding:
        if each.amount <= 0:
            yield AMOUNT.refuse(entry.code, german_cents(each.amount), place=each.place)
        if NO_FUNDING_BODY in (each.granting_body, each.funds_origin):
            yield FUNDING_BODY.refuse(entry.code, place=each.place)
        for field, taxonomy in _FUNDING_TERMS:
            use = Use(entry.code, field, each.place, period)
            yield from check_term(catalogue, getattr(each, field), (taxonomy,), use)


_FUNDING_TERMS = (
    ("granting_body", "funding_body"),
    ("funds_origin", "funding_body"),
    ("programme", "funding_programme"),
)


def _check_statuses(entry: ProjectEntry, catalogue: Catalogue) -> Iterator[Refusal]:
    for event in entry.status_events:
        if event.status_from < entry.support_start:
            detail = f"{german(event.status_from)} vor {german(entry.support_start)}"
            yield STATUS_BEFORE_SUPPORT.refuse(entry.code, detail, place=event.place)
        use = Use(entry.code, "status", event.place, Period.day(event.status_from))
        yield from check_term(catalogue, event.status, ("status",), use)
    first = [event for event in entry.status_events if event.status_from == entry.support_start]
    if not first:
        yield FIRST_STATUS.refuse(entry.code, german(entry.support_start), place=entry.place)
    elif first[0].recorded_at and entry.recorded_at and first[0].recorded_at > entry.recorded_at:
        detail = f"{german_day_of(first[0].recorded_at)} nach {german_day_of(entry.recorded_at)}"
        yield FIRST_STATUS_RECORDED.refuse(entry.code, detail, place=first[0].place)


def _check_supporting(entry: ProjectEntry, catalogue: Catalogue) -> Iterator[Refusal]:
    for each in entry.supporting_clusters:
        period = Period(each.supporting_from, each.supporting_to)
        if not period.has_days:
            yield SUPPORTING_END.refuse(entry.code, _span(period), place=each.place)
        if each.cluster == entry.cluster:
            yield HOME_SUPPORTS.refuse(entry.code, each.cluster, place=each.place)
        use = Use(entry.code, "cluster", each.place, period if period.has_days else None)
        yield from check_cluster(catalogue, each.cluster, use, within_structure=True)

"""What one region's programme says: its clusters and the terms of its taxonomies, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")


@dataclass(frozen=True, slots=True)
class Label:
    """One name in every language that the software speaks."""

    de: str
    en: str

    def get(self, language: Language) -> str:
        """Return the name in this language."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a taxonomy; its fields are the columns of the snapshot's table ``terms``.

    ``valid_from`` and ``valid_to`` are the first and the last day in force, ``None`` where that side is open.
    ``series_id`` is the first term of the series that this one continues, else ``term_id`` itself.
    """

    term_id: str
    taxonomy: str
    label_de: str
    label_en: str
    parent_id: str | None
    scheme_id: str | None
    cluster_id: str | None
    series_id: str
    code: str | None
    position: int
    valid_from: date | None
    valid_to: date | None
    example: bool
    source: str | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """One cluster, sub-topic or the industries outside; its fields are the columns of the table ``clusters``."""

    cluster_id: str
    label_de: str
    label_en: str
    kind: str
    position: int
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class HintValues:
    """What the plausibility checks of capture ask of the programme; empty where its ``[hints]`` does not say.

    ``usual_project_volume``: euros from which a project without funding is usually recorded. ``partner_roles``: roles
    whose actors carry a project. ``cross_cluster_guideline``: the guideline that stands for partners from other
    clusters. ``guidelines_recorded_from``: first day from which records are assigned to guidelines. ``final_statuses``:
    statuses after which nothing more comes; ``finished_statuses``: those of them in which every amount is known.
    ``checks``: checks that the programme itself asks for, by name, each with its reason (German).
    """

    usual_project_volume: int | None = None
    partner_roles: tuple[str, ...] = ()
    cross_cluster_guideline: str | None = None
    guidelines_recorded_from: date | None = None
    final_statuses: tuple[str, ...] = ()
    finished_statuses: tuple[str, ...] = ()
    checks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Programme:
    """One region's content: who it is for, its clusters, its terms (in file order) and where it was read.

    ``laender`` are two-digit AGS codes. ``content_hash`` is the SHA-256 over programme.toml and the taxonomies.
    """

    id: str
    title: Label
    version: str
    languages: tuple[Language, ...]
    laender: tuple[str, ...]
    reporting_years: tuple[int, ...]
    path: Path
    content_hash: str
    clusters: tuple[Cluster, ...]
    terms: Mapping[str, Term]
    taxonomy_labels: Mapping[str, Label]
    hints: HintValues = HintValues()

    @property
    def taxonomies(self) -> tuple[str, ...]:
        """Names of all taxonomies, sorted."""
        return tuple(self.taxonomy_labels)

    def taxonomy(self, name: str) -> tuple[Term, ...]:
        """Return the terms of one taxonomy, in order; raises ``KeyError`` where the programme has no such taxonomy."""
        if name not in self.taxonomy_labels:
            raise KeyError(name)
        return tuple(term for term in self.terms.values() if term.taxonomy == name)

    def leaves(self, taxonomy: str) -> tuple[Term, ...]:
        """Return the terms of one taxonomy that have no sub-terms, in order: only these are assigned to records."""
        terms = self.taxonomy(taxonomy)
        parents = {term.parent_id for term in terms}
        return tuple(term for term in terms if term.term_id not in parents)

    def label(self, term_id: str, language: Language) -> str:
        """Return a term's name in one language; raises ``KeyError`` for an unknown term."""
        term = self.terms[term_id]
        return term.label_de if language == "de" else term.label_en

    def in_force(self, term: Term, first_day: date, last_day: date | None) -> bool:
        """Tell whether the term is in force on at least one day of a period; ``None`` = the period goes on."""
        begins_too_late = term.valid_from is not None and last_day is not None and term.valid_from > last_day
        ended_before = term.valid_to is not None and term.valid_to < first_day
        return not begins_too_late and not ended_before

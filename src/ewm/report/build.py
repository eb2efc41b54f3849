"""Builds one report: verified inputs in, document out, files published whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.annex import Annex
from ewm.report.assemble import Assembler, reference_labels
from ewm.report.bound import Language, bound_text, unmarked
from ewm.report.charts.style import load_style
from ewm.report.document import Document, Imprint, Meta
from ewm.report.evidence import EvidenceWords, EvidenceWriter
from ewm.report.facts import load_facts
from ewm.report.form import load_form
from ewm.report.markdown import Reader
from ewm.report.numbers import FORMATTERS
from ewm.report.order import Order
from ewm.report.setting import Setting
from ewm.report.template import Binder
from ewm.snapshot.editorial import read_edition

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from ewm.indicators.methodology import Methodology
    from ewm.programme import Cluster, Programme
    from ewm.report.facts import Facts
    from ewm.report.form import Form
    from ewm.snapshot.reader import Snapshot


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a report is built from: everything verified, the connection holding the snapshot's and results' tables."""

    programme: Programme
    methodology: Methodology
    snapshot: Snapshot
    connection: duckdb.DuckDBPyConnection


def build_document(inputs: Inputs, *, cluster_id: str, year: int, form_name: str, language: str) -> Document:
    """Build the document of one cluster's report.

    Raises ContentError naming file and remedy for an unknown cluster, year, form or language, for texts that nothing
    proves, and for figures without data or alt text.
    """
    cluster = _cluster(inputs.programme, cluster_id)
    if year not in inputs.methodology.years:
        known = ", ".join(map(str, inputs.methodology.years))
        raise ContentError(f"Für {year} gibt es im Datenstand keine Methodik (vorhanden: {known}).")
    form = load_form(inputs.programme.path / "chapters" / form_name, language)
    facts = load_facts(inputs.connection, cluster_id, year)
    setting = _setting(inputs, form, facts, cluster)
    edition = read_edition(inputs.connection, inputs.snapshot.path, cluster_id, year, language)
    annex = Annex(inputs.methodology, inputs.snapshot, form.texts.fixed, facts, setting.language)
    style = replace(load_style(inputs.programme.path, language), map=inputs.programme.id)
    chapters = Assembler(setting, edition, annex, style).chapters()
    meta = _meta(inputs, setting)
    words = EvidenceWords(setting.language.formatter, setting.language.label, form.texts.fixed)
    evidence = EvidenceWriter(inputs.connection, inputs.methodology, cluster_id, words).write(facts.used.values())
    return Document(meta, chapters, evidence)


def _cluster(programme: Programme, cluster_id: str) -> Cluster:
    for cluster in programme.clusters:
        if cluster.cluster_id == cluster_id and cluster.kind != "outside":
            return cluster
    known = ", ".join(cluster.cluster_id for cluster in programme.clusters if cluster.kind != "outside")
    raise ContentError(f"Das Cluster „{cluster_id}“ gibt es nicht. Vorhanden: {known}.")


def _label(programme: Programme, language: str, term: str) -> str:
    """Return a term's or cluster's label; what is neither is returned as it is."""
    for cluster in programme.clusters:
        if cluster.cluster_id == term:
            return cluster.label_de if language == "de" else cluster.label_en
    found = programme.terms.get(term)
    if found is None:
        return term
    return found.label_de if language == "de" else found.label_en


def _setting(inputs: Inputs, form: Form, facts: Facts, cluster: Cluster) -> Setting:
    language = form.texts.language
    label = partial(_label, inputs.programme, language)
    spoken = Language(FORMATTERS[language], form.texts.words, label)
    order = Order(inputs.programme, cluster, facts.year, form.settings.group("schemes"))
    labels = reference_labels(form.texts.chapters, form.texts.captions, form.texts.fixed)
    return Setting(
        form=form,
        facts=facts,
        language=spoken,
        order=order,
        binder=Binder(facts, spoken, order, order.parent, order.known),
        shared=_shared(inputs, form, facts, cluster, label(cluster.cluster_id)),
        labels=labels,
    )


def _shared(inputs: Inputs, form: Form, facts: Facts, cluster: Cluster, name: str) -> Mapping[str, object]:
    """Return the names that every template knows. Years, dates and clusters are proved by the edition itself."""
    formatter = FORMATTERS[form.texts.language]
    fixed = form.texts.fixed
    year = bound_text(str(facts.year))
    kinds = {kind: _listed(inputs.programme, kind, form.texts.language) for kind in ("joint", "regional", "sub_topic")}
    return {
        "year": year,
        "first_year": bound_text(str(inputs.methodology.years[0])),
        "cluster": bound_text(name),
        "cluster_id": cluster.cluster_id,
        "cut_off": bound_text(formatter.day(inputs.snapshot.info.cut_off)),
        "period": bound_text(str(fixed["period"]).replace("{{ year }}", str(facts.year))),
        "joint_clusters": kinds["joint"],
        "regional_clusters": kinds["regional"],
        "sub_topics": kinds["sub_topic"],
        "edition_text": fixed["edition_text"],
        "edition_story": fixed["edition_story"],
    }


def _listed(programme: Programme, kind: str, language: str) -> str:
    names = [_label(programme, language, one.cluster_id) for one in programme.clusters if one.kind == kind]
    return bound_text("; ".join(names))


def _meta(inputs: Inputs, setting: Setting) -> Meta:
    # The report is dated by its export, so that the same inputs give the same bytes.
    fixed, info = setting.form.texts.fixed, inputs.snapshot.info
    cover = setting.form.settings.group("cover")
    everything, filled = (setting.bound(cover.group(key)) for key in ("all", "filled"))
    names = {"all": everything, "filled": filled}

    def say(key: str) -> str:
        return unmarked(setting.render(f"fixed.yaml: {key}", str(fixed[key]), {}, names))

    dots = setting.render("fixed.yaml: dots_text", str(fixed["dots_text"]), {}, names)
    return Meta(
        language=setting.form.texts.language,
        title=say("title"),
        subtitle=say("subtitle"),
        cluster=say("cluster_name"),
        report=say("report"),
        year=setting.facts.year,
        published_on=info.exported_at.date(),
        cut_off=info.cut_off,
        exported_at=info.exported_at,
        snapshot=info.name,
        snapshot_hash=info.content_hash,
        words={key: str(value) for key, value in fixed.items() if isinstance(value, str)},
        dots=(everything.value, filled.value),
        dots_text=Reader("fixed.yaml", {}, {}).inlines(dots),
        imprint=_imprint(fixed),
    )


def _imprint(fixed: Mapping[str, object]) -> Imprint:
    def lines(key: str) -> tuple[str, ...]:
        found = fixed[f"{key}_lines"]
        return tuple(map(str, found)) if isinstance(found, list) else (str(found),)

    return Imprint(lines("publisher"), lines("editor"), lines("funding"), lines("notices"))

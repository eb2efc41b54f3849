"""The delivered programme: complete, sourced, in both languages, and with the ids that sheets and records rely on."""

from __future__ import annotations

import re
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ewm.programme import Programme, load_programme
from ewm.snapshot import schema

ROOT = Path(__file__).parents[2]
INNOBB = ROOT / "programmes" / "innobb"

# Ids that sheets, records or services name: they stay for ever.
FIXED = {
    "cluster_kind": "joint regional sub_topic outside",
    "cluster": "energietechnik gesundheitswirtschaft ikt optik verkehr ernaehrungswirtschaft kunststoffe-chemie metall "
    "tourismus clean-technologies industrielle-produktion smart-cities tim other-industries",
    "strategy": "innobb innobb-plus innobb-2025 innobb-2025-plus",
    "masterplan": "metall-2014 metall-2020",
    "guideline": "gl-breiter-denken gl-breiter-denken-technisch gl-breiter-denken-nicht-technisch gl-cross-cluster "
    "gl-cross-cluster-andere-cluster gl-cross-cluster-teilthemen gl-cross-cluster-andere-branchen gl-oeffnen "
    "gl-oeffnen-interdisziplinaer gl-nachhaltig gl-nachhaltig-oekologisch gl-nachhaltig-sozial "
    "gl-nachhaltig-oekonomisch gl-international gl-regionalisierung",
    "focus_topic": "st-digitalisierung st-reallabore st-arbeit st-gruendungen",
    "action_field": "metall-2014-innovationswerkstatt metall-2014-kooperationsnetzwerk metall-2014-fachkraeftematrix "
    "metall-2020-innovationswerkstatt metall-2020-kooperationsnetzwerk metall-2020-fachkraeftematrix",
    "actor_type": "science university research_institute company association network chamber municipality "
    "business_development growth_core other",
    "size_class": "micro small medium large",
    "status": "preparation application approved running finished refused aborted",
    "role": "lead partner associated",
    "funding_state": "secured sought none",
    "funding_body": "eu federal state unfunded",
    "funding_programme": "big big-transfer-klein big-transfer-gross big-fue big-digital big-eu profit-bb wtt infrafei "
    "staf grw zim innovet innovative-hochschule mittelstand-40 erasmus-plus horizon-2020 interreg",
    "consortium": "single mixed joint-companies joint-other",
    "activity_kind": "event workshop communication working-trip working-meeting trade-fair standard-meeting",
    "activity_format": "on-site digital hybrid",
    "origin": "brandenburg berlin germany abroad",
    "land": "11 12",
    "district": "11000 12052",
    "identifier_scheme": "ror lei register vat",
    "delimitation": "core whole",
    "macro_measure": "companies turnover turnover-growth employees-insured employees-insured-growth employees-marginal "
    "share-of-economy",
    "unit": "count cents permille",
}
OPEN = {
    "masterplan",
    "guideline",
    "focus_topic",
    "action_field",
    "funding_programme",
    "activity_kind",
    "land",
    "district",
}
NUTS_3 = {
    "11000": "DE300", "12051": "DE401", "12052": "DE402", "12053": "DE403", "12054": "DE404", "12060": "DE405",
    "12061": "DE406", "12062": "DE407", "12063": "DE408", "12064": "DE409", "12065": "DE40A", "12066": "DE40B",
    "12067": "DE40C", "12068": "DE40D", "12069": "DE40E", "12070": "DE40F", "12071": "DE40G", "12072": "DE40H",
    "12073": "DE40I",
}  # fmt: skip


@pytest.fixture(scope="module", name="innobb")
def load() -> Programme:
    return load_programme(INNOBB)


def ids(innobb: Programme, taxonomy: str) -> list[str]:
    return [term.term_id for term in innobb.taxonomy(taxonomy)]


@pytest.mark.parametrize("taxonomy", FIXED)
def test_fixed_ids(innobb: Programme, taxonomy: str) -> None:
    assert set(FIXED[taxonomy].split()) <= set(ids(innobb, taxonomy))


@pytest.mark.parametrize("taxonomy", sorted(FIXED.keys() - OPEN))
def test_closed_taxonomies_hold_nothing_else(innobb: Programme, taxonomy: str) -> None:
    assert ids(innobb, taxonomy) == FIXED[taxonomy].split()


def test_every_taxonomy_that_the_snapshot_names_is_there(innobb: Programme) -> None:
    named = {column.taxonomy for table in schema.TABLES.values() for column in table.columns if column.taxonomy}
    assert named <= set(innobb.taxonomies)


def test_head(innobb: Programme) -> None:
    assert (innobb.id, innobb.laender) == ("innobb", ("11", "12"))
    assert innobb.reporting_years == (2017, 2018, 2019, 2020)


def test_kinds_of_clusters(innobb: Programme) -> None:
    kinds = Counter(cluster.kind for cluster in innobb.clusters)
    assert kinds == {"joint": 5, "regional": 4, "sub_topic": 4, "outside": 1}


def test_labels_in_both_languages(innobb: Programme) -> None:
    for term in innobb.terms.values():
        assert term.label_de.strip()
        assert term.label_en.strip()
    for taxonomy in innobb.taxonomies:
        assert innobb.taxonomy_labels[taxonomy].de
        assert innobb.taxonomy_labels[taxonomy].en


def test_labels_tell_siblings_apart(innobb: Programme) -> None:
    for language in innobb.languages:
        names = Counter(
            (term.taxonomy, term.parent_id, term.scheme_id, innobb.label(term.term_id, language))
            for term in innobb.terms.values()
        )
        assert [name for name, count in names.items() if count > 1] == []


def test_status_labels_are_those_of_the_field(innobb: Programme) -> None:
    assert [term.label_de for term in innobb.taxonomy("status")] == [
        "in Vorbereitung",
        "Antragstellung",
        "bewilligt",
        "begonnen/laufend",
        "regulär beendet",
        "Förderabsage",
        "abgebrochen",
    ]


def test_strategies_with_their_dates(innobb: Programme) -> None:
    begins = {term.term_id: term.valid_from for term in innobb.taxonomy("strategy")}
    assert begins["innobb-2025"] == date(2019, 1, 29)
    assert begins["innobb-2025-plus"] == date(2019, 6, 4)
    assert innobb.terms["innobb-2025-plus"].series_id == "innobb-plus"


@pytest.mark.parametrize(
    ("taxonomy", "scheme", "count"),
    [
        ("guideline", "innobb-2025-plus", 6),
        ("guideline", "innobb-2025", 5),
        ("focus_topic", "innobb-2025-plus", 4),
        ("focus_topic", "innobb-2025", 4),
    ],
)
def test_guidelines_and_focus_topics(innobb: Programme, taxonomy: str, scheme: str, count: int) -> None:
    terms = [term for term in innobb.taxonomy(taxonomy) if term.scheme_id == scheme]
    top = [term for term in terms if term.parent_id is None]
    assert len(top) == count
    assert not any(term.example for term in top)
    assert {term.parent_id for term in terms if term.parent_id} == {term.term_id for term in top}


def test_evidenced_sub_categories_are_no_examples(innobb: Programme) -> None:
    evidenced = [term for term in innobb.taxonomy("guideline") if term.parent_id and not term.example]
    assert {term.term_id for term in evidenced} == {
        term_id for term_id in FIXED["guideline"].split() if innobb.terms[term_id].parent_id
    }
    assert {term.source for term in evidenced} == {"Jahresbericht 2020, Kap. 4.4, ab S. 11"}


def test_sub_topics_of_focus_topics_are_examples(innobb: Programme) -> None:
    assert all(term.example for term in innobb.leaves("focus_topic"))


def test_action_fields_of_metall_go_on_under_the_new_masterplan(innobb: Programme) -> None:
    for field in ("innovationswerkstatt", "kooperationsnetzwerk", "fachkraeftematrix"):
        old, new = innobb.terms[f"metall-2014-{field}"], innobb.terms[f"metall-2020-{field}"]
        assert new.series_id == old.series_id == old.term_id
        assert (old.valid_to, new.valid_from) == (date(2020, 10, 31), date(2020, 11, 1))
        assert (old.scheme_id, new.scheme_id) == ("metall-2014", "metall-2020")
        assert old.label_de == new.label_de


@pytest.mark.parametrize("day", ["2017-01-01", "2019-12-31", "2020-01-01", "2020-12-31"])
def test_every_cluster_always_has_action_fields(innobb: Programme, day: str) -> None:
    today = date.fromisoformat(day)
    covered = {term.cluster_id for term in innobb.leaves("action_field") if innobb.in_force(term, today, today)}
    assert covered == {cluster.cluster_id for cluster in innobb.clusters if cluster.kind != "outside"}


def test_the_sixteen_laender(innobb: Programme) -> None:
    assert ids(innobb, "land") == [f"{number:02d}" for number in range(1, 17)]
    codes = [term.code for term in innobb.taxonomy("land")]
    assert len(set(codes)) == 16
    assert all(code and re.fullmatch(r"DE[1-9A-G]", code) for code in codes)


def test_districts_with_ags_and_nuts_3(innobb: Programme) -> None:
    assert {term.term_id: term.code for term in innobb.taxonomy("district")} == NUTS_3
    for term in innobb.taxonomy("district"):
        land = innobb.terms[term.term_id[:2]]
        assert land.taxonomy == "land"
        assert str(term.code).startswith(str(land.code))


def test_growth_cores_with_their_municipalities(innobb: Programme) -> None:
    cores = [term for term in innobb.taxonomy("growth_core") if term.parent_id is None]
    municipalities = innobb.leaves("growth_core")
    assert (len(cores), len(municipalities)) == (15, 26)
    for term in municipalities:
        assert re.fullmatch(r"12\d{6}", str(term.code))
        assert term.term_id == f"rwk-{term.code}"
        assert str(term.code)[:5] in NUTS_3
    cross_districts = {term.parent_id for term in municipalities if str(term.code).startswith("12067")}
    assert "rwk-frankfurt-eisenhuettenstadt" in cross_districts


def test_nine_types_of_actors_and_two_below_science(innobb: Programme) -> None:
    children = [term.term_id for term in innobb.taxonomy("actor_type") if term.parent_id == "science"]
    assert children == ["university", "research_institute"]
    assert len([term for term in innobb.taxonomy("actor_type") if term.parent_id is None]) == 9


def test_loading_is_quick() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        load_programme(INNOBB)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.060

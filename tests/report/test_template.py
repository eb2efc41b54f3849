"""Prose and results stay together: what nothing proves is found, what is proved passes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ewm.errors import ContentError
from ewm.report.bound import BOUND, CLOSE, MIDDLE, NOTE, OPEN, Language, mark
from ewm.report.document import Bullets, Footnote, Heading, KeyNumber, Number, Paragraph, Reference, Strong, Text, plain
from ewm.report.facts import Facts, Key, Result
from ewm.report.markdown import Reader
from ewm.report.numbers import FORMATTERS
from ewm.report.template import Binder, Chapter, read_chapter, render, unbound
from ewm.report.words import Step, Words

WORDS = Words(
    shares=(
        Step("kein", Fraction(0), Fraction(0), above=False, up_to=True),
        Step("weniger als die Hälfte", Fraction(0), Fraction(1, 2), above=True, up_to=False),
        Step("die Hälfte", Fraction(1, 2), Fraction(1, 2), above=False, up_to=True),
        Step("mehr als die Hälfte", Fraction(1, 2), None, above=True, up_to=False),
    ),
    changes=(
        Step("gesunken", None, Fraction(0), above=False, up_to=False),
        Step("gleich geblieben", Fraction(0), Fraction(0), above=False, up_to=True),
        Step("gestiegen", Fraction(0), None, above=True, up_to=False),
    ),
    numbers=("keine", "ein", "zwei", "drei"),
    guarded=("zwei(?!f)", r"drei\b", "hälfte", "mehr als", "gestiegen", "gesunken", "rückgang", "meist"),
    names=("innoBB 2025 plus", "Arbeit 4.0"),
)


UNITS = {
    "P-01": ("count", False),
    "P-03": ("share", True),
    "P-04": ("cents", False),
    "S-01": ("count", False),
    "P-10": ("count", False),
    "P-11": ("cents/count", True),
    "P-12": ("share", True),
    "M-01": ("number", False),
}


def facts(**values: int) -> Facts:
    """Facts of two indicators: P-01 (comparable) and S-01 (withheld) in 2019 and 2020, with two fields."""
    given = {"old": 31, "new": 27, "part": 15, "whole": 27, "left": 20, "right": 7, "projects": 4, **values}
    results: dict[Key, Result] = {
        ("P-01", "new", 2019, "total", None, None, "n"): Result(given["old"], None),
        ("P-01", "new", 2020, "total", None, None, "n"): Result(given["new"], None),
        ("P-03", "new", 2020, "total", None, None, "share"): Result(given["part"], given["whole"]),
        ("P-04", "new", 2020, "total", None, None, "volume"): Result(1_763_150_000, None),
        ("S-01", "done", 2019, "total", None, None, "n"): Result(33, None),
        ("S-01", "done", 2020, "total", None, None, "n"): Result(30, None),
        ("P-10", "new", 2020, "field", "left", None, "n"): Result(given["left"], None),
        ("P-10", "new", 2020, "field", "right", None, "n"): Result(given["right"], None),
        ("P-11", "new", 2020, "total", None, None, "mean"): Result(1_000_000_000, given["projects"]),
        ("P-12", "new", 2020, "field", "left", None, "share"): Result(9, 90),
        ("P-12", "new", 2020, "field", "right", None, "share"): Result(4, 5),
    }
    results["M-01", "macro", 2020, "measure > unit", "staff", "count", "amount"] = Result(31672, None)
    years = {
        "M-01": (2020,),
        "P-01": (2019, 2020),
        "P-03": (2020,),
        "P-04": (2020,),
        "S-01": (2019, 2020),
        "P-10": (2020,),
        "P-11": (2020,),
        "P-12": (2020,),
    }
    return Facts(
        cluster_id="c",
        year=2020,
        results=results,
        states={
            ("P-01", "total", "n", 2019, 2020): ("comparable", ""),
            ("S-01", "total", "n", 2019, 2020): ("withhold", "T-03 S1"),
        },
        populations={name: tuple(dict.fromkeys(k[1] for k in results if k[0] == name)) for name in years},
        values={(k[0], k[3]): (k[6],) for k in results},
        years=years,
        forms={(k[0], k[3], k[6]): UNITS[k[0]] for k in results},
    )


HEAD = """---
id: one
title: Eins
facts:
  new: {indicator: P-01}
  before: {indicator: P-01, year: -1}
  share: {indicator: P-03}
  volume: {indicator: P-04}
  acts: {indicator: S-01}
  acts_before: {indicator: S-01, year: -1}
  fields: {indicator: P-10, level: field, each: fields}
  mean: {indicator: P-11}
  ratios: {indicator: P-12, level: field, each: fields}
  staff: {indicator: M-01, level: measure > unit, k1: staff, k2: count}
  unknown: {indicator: M-01, level: measure > unit, k1: firms, k2: count}
outside:
  - {says: zweithöchster Umsatz mit 3 Ländern, source: Ministerium}
---
"""


def chapter(body: str) -> Chapter:
    return read_chapter(Path("one.md"), HEAD + body)


def rendered(body: str, **values: int) -> str:
    labels = {"left": "Linkes Feld", "right": "Rechtes Feld"}
    binder = Binder(
        facts(**values), Language(FORMATTERS["de"], WORDS, lambda term: labels[term]), lambda _name: ("left", "right")
    )
    return render(chapter(body), binder, {})


def said(body: str, **values: int) -> str:
    """The rendered text without markers."""
    text = rendered(body, **values)
    while OPEN in text:
        before, _, rest = text.partition(OPEN)
        _, _, rest = rest.partition(MIDDLE)
        bound, _, after = rest.partition(CLOSE)
        text = before + bound + after
    return text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{{ new }}", "27"),
        ("{{ new.of('Projekt', 'Projekte') }}", "27 Projekte"),
        ("{{ volume }}", "17,6\N{NO-BREAK SPACE}Mio. Euro"),
        ("{{ volume.number }}", "17,6"),
        ("{{ share }}", "55,6\N{NO-BREAK SPACE}%"),
        ("{{ share.share }}", "mehr als die Hälfte"),
        ("{{ share.part }}", "15"),
        ("{{ new.change(before) }}", "gesunken"),
        ("{{ new.difference(before) }}", "4"),
        ("{{ fields.largest.label }}: {{ fields.largest }}", "Linkes Feld: 20"),
        ("{{ fields['right'].percent_of(new) }}", "25,9\N{NO-BREAK SPACE}%"),
        ("{% if new.value > 20 %}viel{% else %}wenig{% endif %}", "viel"),
        ("{{ outside('Rang 2', 'Ministerium') }}", "Rang 2"),
        ("{{ staff }}", "31.672"),
        ("{{ mean }} und {{ mean.millions }}", "2,5\N{NO-BREAK SPACE}Mio. Euro und 2,5\N{NO-BREAK SPACE}Mio. Euro"),
        ("{{ ratios.largest.label }}, {{ ratios.largest }}", "Rechtes Feld, 80,0\N{NO-BREAK SPACE}%"),
        ("{% if unknown.known %}ja{% else %}nein{% endif %}", "nein"),
    ],
)
def test_bound_numbers_and_words(body: str, expected: str) -> None:
    assert said(body) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "keine Projekte"), (1, "ein Projekt"), (2, "zwei Projekte"), (3, "drei Projekte"), (4, "4 Projekte")],
)
def test_count_and_noun_follow_the_grammar(count: int, expected: str) -> None:
    assert said("{{ new.of('Projekt', 'Projekte') }}", new=count) == expected


@pytest.mark.parametrize(("after", "word"), [(-14, "gesunken"), (-13, "gleich geblieben"), (-12, "gestiegen")])
def test_a_change_against_a_negative_value_keeps_its_direction(after: int, word: str) -> None:
    assert WORDS.change(-13, after) == word


@pytest.mark.parametrize(("part", "word"), [(13, "weniger als die Hälfte"), (15, "mehr als die Hälfte")])
def test_the_word_follows_the_result(part: int, word: str) -> None:
    assert said("{{ share.share }}", part=part) == word


@pytest.mark.parametrize(
    ("body", "values", "complaint"),
    [
        ("{{ acts.change(acts_before) }}", {}, "kein Vergleich möglich (T-03 S1)"),
        ("{{ new.change(before) }}", {"old": 0}, "gegenüber null hat kein Wort"),
        ("{{ share.share }}", {"whole": 0}, "Anteil an nichts"),
        ("{{ fields.largest }}", {"left": 7}, "keinen eindeutig größten"),
        ("{{ fields['middle'] }}", {}, "keinen Eintrag „middle“"),
        ("{{ unknown }}", {}, "nicht bekannt"),
        ("{{ newest }}", {}, "Den Namen „newest“ gibt es nicht"),
        ("{{ new.change( }}", {}, "nicht lesbar"),
        ("{{ outside('Rang 2', '') }}", {}, "braucht eine Quelle"),
        ("{{ mean.millions }}", {"projects": 0}, "Nenner ist null"),
        ("{{ mean.number }}", {}, "Ein Anteil oder Mittelwert hat diese Form nicht"),
        ("{{ share.word }}", {}, "Ein Anteil oder Mittelwert hat diese Form nicht"),
        ("{{ share.of('Projekt', 'Projekte') }}", {}, "Ein Anteil oder Mittelwert hat diese Form nicht"),
        ("{{ share.dash }}", {}, "Ein Anteil oder Mittelwert hat diese Form nicht"),
        ("{{ new.percent_of(share) }}", {}, "Ein Anteil oder Mittelwert hat diese Form nicht"),
        ("{{ new.share_of(fields['left']) }}", {}, "27 ist kein Teil von 20"),
        ("{{ none }}", {}, "hat keinen Wert"),
        ("{{ 42 }}", {}, "druckt „42“"),
        ("{{ new.value }}", {}, "druckt „27“"),
        ("Von {{ before.value - new.value }} weniger", {}, "druckt „4“"),
        ("{{ 'mehr' ~ ' als' }}", {}, "druckt „mehr als“"),
    ],
)
def test_what_results_do_not_carry_is_refused(body: str, values: dict[str, int], complaint: str) -> None:
    with pytest.raises(ContentError, match=r"^one\.md") as caught:
        rendered(body, **values)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("head", "complaint"),
    [
        ("facts: {x: {indicator: P-99}}", "gibt es in den Ergebnissen nicht"),
        ("facts: {x: {indicator: P-10, level: total}}", "Die Stufe „total“ gibt es nicht"),
        ("facts: {x: {indicator: P-03, year: -1}}", "nicht erhoben"),
        ("facts: {x: {indicator: P-01, value: m}}", "Den Wert „m“ gibt es nicht"),
        ("facts: {x: {indicator: P-01, populatoin: new}}", "kennt populatoin nicht"),
        ("facts: {x: {level: total}}", "braucht indicator"),
        ("facts: {x: {indicator: P-10, level: field, k1: lfet}}", "Den Begriff „lfet“ (k1) gibt es nicht"),
        ("facts: {x: {indicator: M-01, level: measure > unit, k1: staff, k2: cuont}}", "Den Begriff „cuont“ (k2)"),
        ("outside: [{says: x}]", "Nötig sind says"),
        ("fact: {}", "kennt fact nicht"),
    ],
)
def test_a_head_bound_to_nothing_is_refused(head: str, complaint: str) -> None:
    def bound() -> str:
        one = read_chapter(Path("one.md"), f"---\nid: one\ntitle: x\n{head}\n---\n")
        language = Language(FORMATTERS["de"], WORDS, str)
        terms = {"left", "right", "staff", "count"}
        return render(one, Binder(facts(), language, lambda _name: (), known=terms.__contains__), {})

    with pytest.raises(ContentError, match=r"^one\.md") as caught:
        bound()
    assert complaint in str(caught.value)


PLANTED = [
    "Es waren 27 Projekte.",
    "Das Volumen beträgt 17,6 Mio. Euro.",
    "Insgesamt zwei Projekte.",
    "Mehr als die Hälfte läuft.",
    "Die Zahl ist gestiegen.",
    "Ein leichter Rückgang.",
    "Die meisten Projekte laufen.",
    "Zweiundzwanzig Akteure.",
    "{{ new }} Projekte, davon 15 laufend.",
    "{{ new.of('Projekt', '99 Projekte') }}",
    "{% if new.value %}Es sind 3.{% endif %}",
    "innoBB 2026 plus",
    "Arbeit 4.1",
    "zweithöchster Umsatz mit 4 Ländern",
    "- Punkt mit 5 Teilen",
    "## Überschrift 7",
    "**fett 8**",
    "Fußnote^[mit 9]",
    "[Text 10](https://example.org/11)",
    "Von 2019 auf {{ new }}.",
    ":: lead Es waren 73 Projekte.",
    ":: margin Zwei Hinweise | Text",
    ":: margin Hinweis | Die meisten Projekte laufen.",
    ":: key {{ new }} | Projekte, mehr als die Hälfte in Berlin",
    ":: tile {{ new }} | von 30 Projekten",
    "{{ outside('Rang 2', 'Ministerium') ~ ' und 44 weitere' }}",
    "{{ outside.strip('5') }}",
]


@pytest.mark.parametrize("text", PLANTED)
def test_every_planted_contradiction_is_found(text: str) -> None:
    findings = list(unbound(chapter(f"Erste Zeile.\n\n{text}\n"), WORDS))
    assert len(findings) >= 1
    assert findings[0].path == "one.md"
    assert findings[0].line == HEAD.count("\n") + 3


@pytest.mark.parametrize(
    "text",
    [
        "Die innoBB 2025 plus und Arbeit 4.0 tragen.",
        "{{ new }} Projekte, {{ share.share }} davon laufen ([[abbildung-01]]).",
        "Der zweithöchster Umsatz mit 3 Ländern steht fest.",
        "Der zweithöchster Umsatz\nmit 3 Ländern über zwei Zeilen.".replace("zwei Zeilen", "eine Zeile"),
        ":: figure abbildung-01",
        "## Titel {#titel-1}",
        "{{ outside('über 350 Unternehmen', 'Angabe von 2020') }} wurden erreicht.",
        "{% if new.value > 3 %}Viel.{% endif %}",
        "Ein Projekt, das läuft; dreist, ohne Zweifel, entzweit.",
    ],
)
def test_proved_and_declared_text_raises_no_false_alarm(text: str) -> None:
    assert list(unbound(chapter(text), WORDS)) == []


@pytest.mark.parametrize("title", ["27 neue Projekte", "Die meisten Projekte"])
def test_a_chapters_title_is_prose_too(title: str) -> None:
    one = read_chapter(Path("one.md"), f"---\nid: one\ntitle: {title}\n---\n")
    assert [finding.path for finding in unbound(one, WORDS)] == ["one.md"]


def test_markdown_becomes_blocks_with_numbers_and_references() -> None:
    reader = Reader("one.md", {"abbildung-01": "Abbildung 1"}, {})
    text = rendered(
        ":: key {{ volume }} | Volumen\n\nEs sind **{{ new }}** Projekte ([[abbildung-01]]).^[Nur *neue*.]\n\n"
        "### Titel {#hier}\n\n- eins\n- noch eins\n"
    )
    key, paragraph, heading, bullets = reader.blocks(text)
    assert key == KeyNumber(Number("17,6", "P-04/new/2020/volume"), (Text("Volumen"),), "Mio. Euro")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content[1] == Strong((Number("27", "P-01/new/2020/n"),))
    assert paragraph.content[3] == Reference("abbildung-01", "Abbildung 1")
    assert isinstance(paragraph.content[-1], Footnote)
    assert plain(paragraph.content) == "Es sind 27 Projekte (Abbildung 1)."
    assert heading == Heading("hier", 3, (Text("Titel"),), outlined=False)
    assert isinstance(bullets, Bullets)
    assert len(bullets.items) == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[abbildung-99]]", "führt ins Leere"),
        (":: picture x", "Die Anweisung „:: picture x“ gibt es nicht"),
        (":: key 27 | Projekte", "an kein Ergebnis gebunden"),
        ("Offen^[ohne Ende", "nicht geschlossen"),
        ("> Zitat", "Markdown „blockquote_open“ ist hier nicht möglich"),
        ("- oben\n  - unten", "genau ein Absatz (nahe „oben“)"),
        ("- oben\n\n  noch einer", "genau ein Absatz"),
        ("- oben\n\n      verloren", "genau ein Absatz (nahe „verloren“)"),
        ("- oben\n-\n", "genau ein Absatz"),
        ("`code`", "im Fließtext nicht möglich"),
        ("<b>x</b>", "im Fließtext nicht möglich"),
    ],
)
def test_markdown_that_a_report_cannot_hold_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ContentError, match=r"^one\.md") as caught:
        Reader("one.md", {}, {}).blocks(text)
    assert complaint in str(caught.value)


@pytest.mark.parametrize("label", ["3D-*Druck*", "a_b_ [x](y) `z`", "<b>", "**", "[[abbildung-01]]", "& Co", "1. Feld"])
def test_a_label_is_no_markdown(label: str) -> None:
    text = f"Vor **{mark('id', label)}**, {mark('id', label)}.\n\n## {mark('id', label)} Titel\n"
    paragraph, heading = Reader("one.md", {}, {}).blocks(text)
    number = Number(label, "id")
    assert paragraph == Paragraph((Text("Vor "), Strong((number,)), Text(", "), number, Text(".")))
    assert isinstance(heading, Heading)
    assert heading.content == (number, Text(" Titel"))
    assert heading.id.endswith("titel")


@pytest.mark.parametrize("character", [OPEN, MIDDLE, CLOSE, NOTE, BOUND])
def test_a_text_cannot_claim_to_be_bound(character: str) -> None:
    (finding,) = unbound(chapter(f"Erste Zeile.\n\nEin {character} Zeichen.\n"), WORDS)
    assert "Steuerzeichen" in str(finding)
    assert finding.line == HEAD.count("\n") + 3
    with pytest.raises(ContentError, match="Steuerzeichen"):
        mark("id", f"Feld{character}")


def test_a_fact_keeps_its_id_whatever_it_prints() -> None:
    evidence = "P-01/new/2020/n"
    assert rendered("{{ new.word }}", new=2) == f"{OPEN}{evidence}{MIDDLE}zwei{CLOSE}"
    assert replace(WORDS, numbers=()).numbers == ()

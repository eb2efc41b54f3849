"""What the reader refuses: every kind of problem, with its file, its line and the remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError
from ewm.programme import load_programme
from tests.programme.example import HEAD, TAXONOMIES, problems, replaced, write

if TYPE_CHECKING:
    from pathlib import Path

# changed file, passage, replacement, line of the problem, parts of the message (the last one is the remedy)
CASES: dict[str, tuple[str, str, str, int, tuple[str, ...]]] = {
    "unknown key of a term": (
        "land", "code: DEF", "kode: DEF", 5, ('unbekannter Schlüssel "kode"', 'Gemeint "code"?'),
    ),
    "unknown key of a file": ("land", "defaults:", "vorgaben:", 3, ('"vorgaben"', "Erlaubt: taxonomy, label, defa")),
    "unknown key of defaults": ("land", "{source:", "{code: x, source:", 3, ('Schlüssel "code"', "Erlaubt: scheme")),
    "unknown key of a group": (
        "action_field", "- defaults: {scheme: holz-neu", "- id: x\n    defaults: {scheme: holz-neu", 11,
        ('unbekannter Schlüssel "id"', "Erlaubt: defaults, terms"),
    ),
    "unknown language": ("land", "en: Land}", "en: Land, fr: Pays}", 2, ('"fr"', "Erlaubt: de, en")),
    "key twice": ("land", "code: DEF", "code: DEF, code: DE", 5, ('"code" steht zweimal', "Angaben streichen")),
    "no id": ("land", 'id: "01", ', "", 5, ('fehlt "id"', "Bitte ergänzen")),
    "no label": (
        "land", ", label: {de: Schleswig-Holstein, en: Schleswig-Holstein}", "", 5, ('"label" fehlt', "ergänzen"),
    ),
    "label without English": ("cluster", ", en: Wood", "", 5, ('die Sprache "en"', "Bitte ergänzen")),
    "label without German": ("cluster", "de: Holz, ", "", 5, ('die Sprache "de"', "Bitte ergänzen")),
    "empty label": ("cluster", "en: Wood", 'en: " "', 5, ("wird ein Text erwartet", "berichtigen")),
    "label is no mapping": ("cluster", "{de: Holz, en: Wood}", "Holz", 5, ("Schlüssel: Wert", "berichtigen")),
    "id in capitals": ("cluster", "id: glas", "id: Glas", 6, ('"Glas"', "darf nur Kleinbuchstaben")),
    "id with an umlaut": ("cluster", "id: glas", "id: gläs", 6, ('"gläs"', "darf nur Kleinbuchstaben")),
    "id with two hyphens": ("cluster", "id: glas", "id: gl--as", 6, ('"gl--as"', "einzelne -")),
    "id twice in a file": (
        "cluster", "id: glas", "id: holz", 6, ('"holz" gibt es schon (taxonomies/cluster.yaml, Zeile 5)', "ändern"),
    ),
    "id twice in the programme": (
        "land", "terms:", "terms:\n  - {id: holz, label: {de: a, en: b}}", 5,
        ("taxonomies/cluster.yaml, Zeile 5", "im ganzen Programm eindeutig", "bitte eine der beiden ändern"),
    ),
    "neither source nor example": (
        "land", "defaults: {source: Verzeichnis}\n", "", 4, ('"01" fehlt die Quelle', '"example: true"'),
    ),
    "source and example": (
        "land", "code: DEF", "source: Buch, example: true", 5, ("schließen sich aus", "eines von beiden streichen"),
    ),
    "example is no flag": ("land", "code: DEF", "example: ja", 5, ("weder true noch false", "berichtigen")),
    "no date": ("cluster", "2014-01-01", "2014-02-30", 6, ('"2014-02-30" ist kein Datum', "JJJJ-MM-TT")),
    "date without hyphens": ("cluster", "2014-01-01", "20140101", 6, ('"20140101" ist kein Datum', "JJJJ-MM-TT")),
    "ends before it begins": (
        "cluster", "valid_from: 2014-01-01", "valid_from: 2014-01-01, valid_to: 2013-12-31", 6,
        ("endet am 2013-12-31", "vor dem Beginn (2014-01-01)", "berichtigen"),
    ),
    "child begins before its parent": (
        "action_field", "{id: holz-alt-haus,", "{id: holz-alt-haus, valid_from: 2014-05-31,", 9,
        ('außerhalb der Gültigkeit des übergeordneten Begriffs "holz-alt-bau"', "valid_from und valid_to anpassen"),
    ),
    "child ends after its parent": (
        "action_field", "{id: holz-alt-haus,", "{id: holz-alt-haus, valid_to: 2020-01-01,", 9,
        ('außerhalb der Gültigkeit des übergeordneten Begriffs "holz-alt-bau"', "anpassen"),
    ),
    "term outlives its scheme": (
        "action_field", "valid_to: 2019-12-31, ", "", 6, ('außerhalb der Gültigkeit von "holz-alt"', "anpassen"),
    ),
    "unknown cluster": (
        "masterplan", "cluster: holz}", "cluster: hols}", 5,
        ('cluster "hols" von "holz-alt"', "taxonomies/cluster.yaml", 'Gemeint "holz"?'),
    ),
    "cluster of another taxonomy": (
        "masterplan", "cluster: holz}", "cluster: joint}", 5, ('cluster "joint"', "taxonomies/cluster.yaml ergänzen"),
    ),
    "unknown scheme": (
        "action_field", "scheme: holz-neu", "scheme: holz-neuer", 13,
        ("taxonomies/strategy.yaml oder taxonomies/masterplan.yaml", 'Gemeint "holz-neu"?'),
    ),
    "scheme of another cluster": (
        "action_field", "scheme: holz-neu, cluster: holz", "scheme: holz-neu, cluster: glas", 13,
        ('für das Cluster "holz" gilt', 'Bitte "cluster: holz" angeben'),
    ),
    "unknown predecessor": (
        "action_field", "continues: holz-alt-bau", "continues: holz-alt-baum", 13,
        ('continues "holz-alt-baum"', "taxonomies/action_field.yaml", 'Gemeint "holz-alt-bau"?'),
    ),
    "predecessor of another taxonomy": (
        "action_field", "continues: holz-alt-bau", "continues: holz-alt", 13, ('continues "holz-alt"', "Gemeint"),
    ),
    "predecessor still in force": (
        "masterplan", "valid_to: 2019-12-31", "valid_to: 2020-01-01", 6,
        ('setzt "holz-alt" fort', "bevor dieser endet", "mit valid_to beenden"),
    ),
    "term continues itself": (
        "land", "code: DEF", 'continues: "01"', 5, ('läuft im Kreis (01 → 01)', "an einer Stelle streichen"),
    ),
    "series splits": (
        "action_field", "      - {id: holz-neu-bau,",
        "      - {id: holz-neu-steg, continues: holz-alt-bau, label: {de: a, en: b}}\n      - {id: holz-neu-bau,", 14,
        ('wird schon von "holz-neu-steg" fortgesetzt', 'bitte "continues" bei "holz-neu-bau" streichen'),
    ),
    "cluster without kind": ("cluster", ", kind: joint", "", 5, ('"holz" fehlt "kind"', "cluster_kind.yaml")),
    "cluster of unknown kind": ("cluster", "kind: joint", "kind: join", 5, ('kind "join"', 'Gemeint "joint"?')),
    "kind of no cluster": ("land", "code: DEF", "kind: joint", 5, ('"kind" gehört nur', "Bitte streichen")),
    "file and name differ": ("land", "taxonomy: land", "taxonomy: laender", 1, ('"land" heißen', 'nicht "laender"')),
    "no terms": (
        "masterplan", TAXONOMIES["masterplan"][TAXONOMIES["masterplan"].index("terms:"):], "", 1,
        ('"terms" fehlt', "mindestens einen Begriff"),
    ),
    "empty list of terms": (
        "land", TAXONOMIES["land"][TAXONOMIES["land"].index("\n  - "):], " []", 4,
        ("mindestens einem Eintrag", "berichtigen"),
    ),
    "list that holds itself": (
        "land", "terms:\n  - {", "terms: &a\n  - {terms: *a, ", 4, ("verweist eine andere Stelle", "dort ausschreiben"),
    ),
    "no list of terms": ("land", "terms:\n  - ", "terms:\n    ", 5, ("wird eine Liste", "berichtigen")),
    "no YAML": ("land", "{source: Verzeichnis}", "{source: Verzeichnis", 4, ("kein gültiges YAML", "berichtigen")),
    "empty file": ("land", TAXONOMIES["land"], "# nichts\n", 1, ("die Datei ist leer", "entfernen")),
    "unknown key of the head": ("head", "laender", "lander", 4, ('Schlüssel "lander"', 'Gemeint "laender"?')),
    "no version": ("head", 'version = "1"\n', "", 1, ('"version" fehlt', "Bitte angeben")),
    "no list of Länder": ("head", '["01"]', '"01"', 4, ('"laender" fehlt oder ist keine Liste', "angeben")),
    "Land twice": ("head", '["01"]', '["01", "01"]', 4, ('"laender" nennt etwas zweimal', "nur einmal")),
    "unknown Land": ("head", '["01"]', '["17"]', 4, ('"17" steht nicht in taxonomies/land.yaml', "berichtigen")),
    "year as text": ("head", "[2020, 2019]", '["2020"]', 5, ('"reporting_years"', "[2019, 2020]")),
    "unknown language of the head": ("head", '["de", "en"]', '["de", "fr"]', 3, ('"fr" gibt es nicht', "Erlaubt: de")),
    "title in one language": ("head", 'en = "Example"\n', "", 7, ('"title" braucht', "je mit einem Text")),
    "no TOML": ("head", 'version = "1"', "version = ", 2, ("kein gültiges TOML", "berichtigen")),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_message_names_file_line_and_remedy(
    case: tuple[str, str, str, int, tuple[str, ...]], tmp_path: Path
) -> None:
    changed, old, new, line, parts = case
    file = "programme.toml" if changed == "head" else f"taxonomies/{changed}.yaml"
    found = problems(write(tmp_path, **replaced(changed, old, new)))
    place = f"{file}, Zeile {line}: "
    assert any(problem.startswith(place) and all(part in problem for part in parts) for problem in found), found


def test_the_small_programme_is_right(tmp_path: Path) -> None:
    assert load_programme(write(tmp_path)).id == "beispiel"


def test_all_problems_are_listed_in_order(tmp_path: Path) -> None:
    broken = {
        **replaced("land", "code: DEF", "kode: DEF"),
        **replaced("cluster", "2014-01-01", "bald"),
        **replaced("head", 'version = "1"\n', ""),
    }
    folder = write(tmp_path, **broken)
    found = problems(folder)
    assert [problem.split(":")[0] for problem in found] == [
        "programme.toml, Zeile 1",
        "taxonomies/cluster.yaml, Zeile 6",
        "taxonomies/land.yaml, Zeile 5",
    ]
    with pytest.raises(ContentError, match="Das Programm beispiel wurde nicht geladen \\(3 Fehler\\):"):
        load_programme(folder)


def test_one_problem_is_counted_as_one(tmp_path: Path) -> None:
    folder = write(tmp_path, **replaced("land", "code: DEF", "kode: DEF"))
    with pytest.raises(ContentError, match="\\(1 Fehler\\)"):
        load_programme(folder)


def test_a_long_circle_is_told_once_per_term(tmp_path: Path) -> None:
    circle = """\
taxonomy: unit
label: {de: Einheit, en: Unit}
defaults: {example: true}
terms:
  - {id: eins, continues: drei, label: {de: 1, en: 1}, valid_from: 2020-01-01, valid_to: 2020-12-31}
  - {id: zwei, continues: eins, label: {de: 2, en: 2}, valid_from: 2021-01-01, valid_to: 2021-12-31}
  - {id: drei, continues: zwei, label: {de: 3, en: 3}, valid_from: 2022-01-01, valid_to: 2022-12-31}
"""
    found = [problem for problem in problems(write(tmp_path, unit=circle)) if "im Kreis" in problem]
    assert found[0].startswith("taxonomies/unit.yaml, Zeile 5: ")
    assert "(eins → drei → zwei → eins)" in found[0]
    assert len(found) == 3


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "taxonomies" / "land.yaml").write_bytes(b"taxonomy: l\xe4nd\n")
    assert problems(folder)[0].startswith("programme.toml, Zeile 4: ")  # the Land that is now unknown
    assert any("taxonomies/land.yaml, Zeile 1: kein gültiges YAML" in problem for problem in problems(folder))
    (folder / "programme.toml").write_bytes(HEAD.encode("latin-1").replace(b"Beispiel", b"\xdcbung"))
    assert problems(folder)[0].startswith("programme.toml, Zeile 1: kein gültiges TOML")


def test_a_folder_without_head_is_no_programme(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"ist kein Programm: programme\.toml fehlt\. Bitte den Ordner"):
        load_programme(tmp_path)


def test_a_programme_without_taxonomies(tmp_path: Path) -> None:
    (tmp_path / "programme.toml").write_text(HEAD, encoding="utf-8")
    assert "taxonomies/, Zeile 1: der Ordner fehlt oder enthält keine Taxonomie (*.yaml)." in problems(tmp_path)


def test_the_exit_code_is_the_one_of_wrong_content() -> None:
    assert ContentError.exit_code == 3

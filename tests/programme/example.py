"""A small programme of its own, written to a folder: tests change one file and see what the reader says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError
from ewm.programme import load_programme

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
id = "beispiel"
version = "1"
languages = ["de", "en"]
laender = ["01"]
reporting_years = [2020, 2019]

[title]
de = "Beispiel"
en = "Example"
"""

TAXONOMIES = {
    "cluster_kind": """\
taxonomy: cluster_kind
label: {de: Art, en: Kind}
defaults: {source: Verzeichnis}
terms:
  - {id: joint, label: {de: gemeinsam, en: Joint}}
""",
    "cluster": """\
taxonomy: cluster
label: {de: Cluster, en: Cluster}
defaults: {source: Verzeichnis, kind: joint}
terms:
  - {id: holz, label: {de: Holz, en: Wood}}
  - {id: glas, label: {de: Glas, en: Glass}, valid_from: 2014-01-01}
""",
    "land": """\
taxonomy: land
label: {de: Land, en: Land}
defaults: {source: Verzeichnis}
terms:
  - {id: "01", code: DEF, label: {de: Schleswig-Holstein, en: Schleswig-Holstein}}
""",
    "masterplan": """\
taxonomy: masterplan
label: {de: Masterplan, en: Master plan}
defaults: {source: "Plan, S. 1", cluster: holz}
terms:
  - {id: holz-alt, valid_from: 2014-06-01, valid_to: 2019-12-31, label: {de: alt, en: Old}}
  - {id: holz-neu, valid_from: 2020-01-01, continues: holz-alt, label: {de: neu, en: New}}
""",
    "action_field": """\
taxonomy: action_field
label: {de: Handlungsfeld, en: Action field}
terms:
  - defaults: {scheme: holz-alt, cluster: holz, valid_from: 2014-06-01, valid_to: 2019-12-31, source: "Plan, S. 2"}
    terms:
      - id: holz-alt-bau
        label: {de: Bau, en: Building}
        terms:
          - {id: holz-alt-haus, label: {de: Haus, en: House}}
          - {id: holz-alt-turm, example: true, label: {de: Turm, en: Tower}}
  - defaults: {scheme: holz-neu, cluster: holz, valid_from: 2020-01-01, example: true}
    terms:
      - {id: holz-neu-bau, continues: holz-alt-bau, label: {de: Bau, en: Building}}
""",
}


def write(folder: Path, **changed: str) -> Path:
    """Write the small programme with some taxonomies (or ``head``) replaced; return its folder."""
    folder = folder / "beispiel"
    (folder / "taxonomies").mkdir(parents=True)
    (folder / "programme.toml").write_text(changed.pop("head", HEAD), encoding="utf-8")
    for name, text in {**TAXONOMIES, **changed}.items():
        (folder / "taxonomies" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def replaced(name: str, old: str, new: str) -> dict[str, str]:
    """Return one taxonomy with a passage replaced; the passage must be there."""
    text = HEAD if name == "head" else TAXONOMIES[name]
    assert old in text
    return {name: text.replace(old, new, 1)}


def problems(folder: Path) -> list[str]:
    """Return the problems that the reader lists, one a line, without the line above them."""
    with pytest.raises(ContentError) as caught:
        load_programme(folder)
    return str(caught.value).splitlines()[1:]

"""Follows every link of a report's folder, and every number to the records behind it."""

from __future__ import annotations

from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tests.report.html.reading import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.report.html.reading import Element

OUTWARD = {"http", "https", "mailto"}


def check_links(folder: Path, *, stated: frozenset[str] = frozenset()) -> list[str]:
    """Return what is wrong in a report's folder; an empty list says that all of this holds:

    Every link within the folder leads to a file and an anchor that exist. Every number leads to a page that explains
    the same value (and whole), and that value is the sum of what the units in its record list add: one each for a
    count, an amount each for a sum. Numbers without a page are only those that ``stated`` names by their key.
    """
    pages = {path: read_page(path) for path in [folder / "index.html", *sorted((folder / "evidence").glob("*.html"))]}
    found: list[str] = []
    for path, page in pages.items():
        name = path.relative_to(folder).as_posix()
        found += [f"{name}: {problem}" for problem in _dead_links(path, pages, folder)]
        found += [f"{name}: {problem}" for problem in _unequal_numbers(path, pages)]
        found += [
            f"{name}: „{element.text}“ has no page ({element.attributes['data-evidence']})"
            for element in page.all("span", class_="stated")
            if element.attributes["data-evidence"] not in stated
        ]
    for path in list(pages)[1:]:
        found += [f"{path.name}: {problem}" for problem in _unproved(pages[path])]
    return found


def number_links(folder: Path) -> list[Element]:
    """Return the number links of the report's page: what the check above visits."""
    return list(read_page(folder / "index.html").all("a", class_="number"))


def _dead_links(path: Path, pages: Mapping[Path, Element], folder: Path) -> Iterator[str]:
    for link in pages[path].all():
        address = link.attributes.get("href", link.attributes.get("src"))
        if address is None or urlsplit(address).scheme in OUTWARD:
            continue
        parts = urlsplit(address)
        target = Path(normpath(path.parent / unquote(parts.path))) if parts.path else path
        if parts.scheme or parts.netloc or not target.is_relative_to(folder):
            yield f"{address} leads out of the folder"
        elif not target.is_file():
            yield f"{address} leads to no file"
        elif parts.fragment and parts.fragment not in pages[target].ids:
            yield f"{address} leads to no place"


def _unequal_numbers(path: Path, pages: Mapping[Path, Element]) -> Iterator[str]:
    for link in pages[path].all("a", class_="number"):
        target = Path(normpath(path.parent / link.attributes["href"].partition("#")[0]))
        if target in pages and _raw(link) != _raw(_main(pages[target])):
            yield f"„{link.text}“ is {_raw(link)}, but {target.name} explains {_raw(_main(pages[target]))}"


def _main(page: Element) -> Element:
    return next(page.all("main"))


def _raw(element: Element) -> tuple[str | None, str | None]:
    return element.attributes.get("data-value"), element.attributes.get("data-whole")


def _unproved(page: Element) -> Iterator[str]:
    value, whole = _raw(_main(page))
    units: dict[str, tuple[int, int]] = {}
    for row in page.all("tr"):
        if "data-unit" in row.attributes:
            adds = int(row.attributes["data-amount"]), int(row.attributes["data-whole"])
            if units.setdefault(row.attributes["data-unit"], adds) != adds:
                yield f"unit {row.attributes['data-unit']} adds different amounts in two rows"
    for name, said, summed in (
        ("value", value, sum(part for part, _ in units.values())),
        ("whole", whole, sum(part for _, part in units.values())),
    ):
        if said is not None and int(said) != summed:
            yield f"{name} is {said}, but the records give {summed}"
    if value is None and units:
        yield "explains no value, but lists records"

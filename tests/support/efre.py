"""Lists of operations as managing authorities publish them, written by hand: the traits of two layouts, and a third.

The first has no number and no end, blanks and hyphens in its heads, amounts with a sign, quotes in names, the same
beneficiary and title more than once. The second has fourteen heads in two languages, amounts without separators, rates
with an asterisk, empty places. Beneficiaries are invented.
"""

from __future__ import annotations

import csv
import io
import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FIRST = (
    "Name des Begünstigten",
    "Bezeichnung des Vorhabens / Zusammenfassung des Vorhabens",
    "Beginns des Vorhabens",
    "Gesamtbetrag der förderfähigen Ausgaben des Vorhabens  ",
    "Unions-Kofinan-zierungssatz  pro Prioritäts-achse ",
    "Ort des Vorhabens",
    "Land",
    "Bezeichnung der Interventionskategorie",
)
SECOND = (
    "Name des Begünstigten / beneficiary name",
    "Bezeichnung des Vorhabens / operation name",
    "Zusammenfassung des Vorhabens / operation summary",
    "Datum des Beginns des Vorhabens / operation start date",
    "Datum des Endes des Vorhabens / operation end date",
    "Gesamtbetrag der förderfähigen Ausgaben des Vorhabens / total eligible expenditure allocated to the operation",
    "Unions-Kofinanzierungssatz pro Prioritätsachse / Union co-financing rate, as per priority axis",
    "Postleitzahl des Vorhabens / operation postcode",
    "Land / country",
    "Interventionsbereich / intervention field",
    "Finanzierungsform / form of finance",
    "Art des Gebiets / territorial dimension",
    "Territoriale Umsetzungsmechanismen / territorial delivery mechanism",
    "Thematisches Ziel / thematic objective dimension",
)
THIRD = ("Empfänger", "Was gefördert wird", "Beginn", "Zuschuss in Euro", "Wo")
_KMU = "066 Fortgeschrittene Unterstützungsdienste für KMU und KMU-Zusammenschlüsse"
_TECH = "062 Technologietransfer und Zusammenarbeit zwischen Hochschulen und Unternehmen, vor allem zugunsten von KMU"
_PLACES = ("Hennigsdorf, Stadt", "Potsdam, Stadt", "Großräschen, Stadt", "Schulzendorf", "Cottbus, Stadt")
SIMILAR = "Brandenburgische TU Cottbus - Senftenberg "
"""Nearly the name of an actor of the reference."""


def first(rows: int = 24, *, wrong_day: bool = True) -> str:
    """Return a list of the first layout; its last row has a day that does not exist."""
    names = (
        '"Netz der Prüfer" (NetzPrüf) e.V.',
        "Gießtechnik Havelbogen GmbH ",
        "Spreeblech OHG",
        "Lärchental Robotik UG ",
    )
    found = [
        ('"Netz der Prüfer" (NetzPrüf) e.V.', 'Gemeinschaftsstand "Prüftag" in Köln ', "20.05.2014", "102.691,05 € "),
        ('"Netz der Prüfer" (NetzPrüf) e.V.', 'Gemeinschaftsstand "Prüftag" in Köln ', "20.05.2014", "41.991,00 € "),
        (SIMILAR, "Zentrum für schlanke Fabriken ", "01.09.2015", "80.000,00 € "),
    ]
    found += [
        (
            names[at % 4],
            f"Markteinführung Reihe {at}, „leicht“ ",
            f"{at % 27 + 1:02d}.{at % 12 + 1:02d}.2015",
            f"{at}.500,10 € ",
        )
        for at in range(1, rows - len(found))
    ]
    found.append(
        ("Metallbau Prignitzer Tor OHG", "Schweißroboter", "31.02.2015" if wrong_day else "28.02.2015", "25.200,00 € ")
    )
    places = itertools.cycle(_PLACES)
    return _written(FIRST, [(*row, "80%", next(places), "Deutschland", _KMU) for row in found], ",")


def second(rows: int = 12) -> str:
    """Return a list of the second layout."""
    found = []
    for at in range(rows):
        title = "Erweiterung" if at % 3 == 0 else f"Ansiedlung Werk {at}"
        name = f"Donauguss {'ABCD'[at % 4]} GmbH und Co. KG"
        amount = "5292,14" if at == 1 else str(459_000 + at * 1000)
        place = ("", "") if at == 2 else (f"94{at:03d}", "Waldkirchen , Niederbay")
        found.append(
            (name, title, f"{title}, {name} in Waldkirchen", f"{at % 27 + 1:02d}.07.2014", "31.03.2017", amount,
             "25%*" if at % 2 else "50%*", *place, _TECH, "01 - Nicht rückzahlbare Finanzhilfe",
             "03 - Ländliche Gebiete (dünn besiedelt)", "07 - Nicht zutreffend",
             "03 - Stärkung der Wettbewerbsfähigkeit von kleinen und mittleren Unternehmen")
        )  # fmt: skip
    return _written(SECOND, found, ",", quoting=csv.QUOTE_ALL)


def third(rows: int = 8) -> str:
    """Return a list whose heads no profile knows, whose days and amounts can be read in two ways.

    Its second row names nearly an actor of the reference, its last has an amount that is none.
    """
    found = [
        (f"Uckerstahl {'ABC'[at % 3]} GmbH", f"Prüfstand {at}", f"0{at + 1}/03/2021", f"{at + 1}.200", _PLACES[at % 5])
        for at in range(rows)
    ]
    found[1] = (SIMILAR, *found[1][1:])
    found[-1] = (*found[-1][:3], "zwölftausend", found[-1][4])
    return _written(THIRD, found, ";")


def _written(
    heads: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str, *, quoting: int = csv.QUOTE_MINIMAL
) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n")  # type: ignore[arg-type]
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue()


def write(folder: Path, name: str, text: str) -> Path:
    """Write a list into a folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path

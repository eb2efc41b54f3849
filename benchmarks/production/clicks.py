"""What somebody does at the site: reads lists and records, searches, drafts, saves, exports; a click at a time."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.production.browser import controls, replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from benchmarks.production.browser import Answer, Browser

WORDS = ("prüfstand", "GmbH", "Werkstoff", "MET-2020", "Kälte", "Ausbildung", "nichtszufinden")
TRIES = 10
SORTS = ("titel", "-volumen", "beginn", "-ende", "status")
LINK = re.compile(r'href="(/projekte/[A-Z][A-Za-z0-9-]+/)"')
ASSET = re.compile(r'(?:href|src)="(/static/[^"#?]+)')


class WrongError(Exception):
    """The site answered otherwise than it should have."""


@dataclass(frozen=True, slots=True)
class Click:
    """One request: what it was for, and its seconds."""

    name: str
    seconds: float
    begun: float = 0.0


@dataclass
class Person:
    """Somebody with a browser; ``codes`` are the projects that this person alone edits."""

    email: str
    browser: Browser
    codes: list[str]
    random: Random
    saved: dict[str, str] = field(default_factory=dict)  # what was acknowledged: code and mark of the last edit
    _seen: list[str] = field(default_factory=list)

    def sign_in(self, password: str) -> None:
        """Sign in by the form; raises WrongError where that fails.

        All come from one address here, which is let in once at a time and hears 429 where its turn does not come within
        a second: whoever hears that tries again, as a person would.
        """
        for _ in range(TRIES):
            token = dict(controls(self._page("/anmeldung/").text))["csrfmiddlewaretoken"]
            sent = [("login", self.email), ("password", password), ("csrfmiddlewaretoken", token)]
            answer = self.browser.ask("/anmeldung/", sent)
            if answer.status != 429:
                break
            time.sleep(1)
        if answer.status != 302:
            raise WrongError(f"Anmeldung von {self.email}: {answer.status}")
        for asset in dict.fromkeys(ASSET.findall(self._page("/").text)):
            self._page(asset)  # a browser keeps them from now on

    def deeds(self) -> Iterator[Callable[[], Iterator[tuple[str, Answer]]]]:
        """Yield what this person does next, for ever; each deed yields its requests, with time to think between."""
        weighed = [
            (self._start, 8), (self._list, 22), (self._filtered, 12), (self._search, 12), (self._record, 20),
            (self._history, 3), (self._actors, 6), (self._activities, 5), (self._export, 3),
        ]  # fmt: skip
        if self.codes:
            weighed += [(self._edit, 9), (self._new, 4)]
        deeds, weights = zip(*weighed, strict=True)
        while True:
            yield self.random.choices(deeds, weights)[0]

    def _page(self, path: str, *, script: bool = False) -> Answer:
        answer = self.browser.ask(path, script=script)
        if answer.status != 200:
            raise WrongError(f"{path}: {answer.status}")
        return answer

    def _start(self) -> Iterator[tuple[str, Answer]]:
        yield "Startseite", self._page("/")

    def _list(self) -> Iterator[tuple[str, Answer]]:
        answer = self._page(f"/projekte/?seite={self.random.choice((1, 1, 1, 2))}")
        self._seen = LINK.findall(answer.text)
        yield "Liste", answer

    def _filtered(self) -> Iterator[tuple[str, Answer]]:
        year, sort = self.random.randrange(2016, 2021), self.random.choice(SORTS)
        yield "Liste, gefiltert", self._page(f"/projekte/?laufend={year}&sortierung={sort}")

    def _search(self) -> Iterator[tuple[str, Answer]]:
        yield "Suche", self._page(f"/projekte/?suche={quote(self.random.choice(WORDS))}")

    def _record(self) -> Iterator[tuple[str, Answer]]:
        if not self._seen:
            yield from self._list()
        if self._seen:
            yield "Eintrag", self._page(self.random.choice(self._seen))

    def _history(self) -> Iterator[tuple[str, Answer]]:
        if self._seen:
            yield "Verlauf", self._page(f"{self.random.choice(self._seen)}verlauf/")

    def _actors(self) -> Iterator[tuple[str, Answer]]:
        yield "Liste der Akteure", self._page("/akteure/")

    def _activities(self) -> Iterator[tuple[str, Answer]]:
        yield "Liste der Aktivitäten", self._page("/aktivitaeten/")

    def _export(self) -> Iterator[tuple[str, Answer]]:
        form, year = self.random.choice(("xlsx", "ods", "csv")), self.random.randrange(2016, 2021)
        answer = self._page(f"/projekte/export/{form}/?laufend={year}")
        if not answer.body:
            raise WrongError(f"Export als {form} ist leer")
        yield "Export", answer

    def _edit(self) -> Iterator[tuple[str, Answer]]:
        """Open a record's form, keep two drafts of it, save it, and look at it."""
        code = self.random.choice(self.codes)
        address = f"/projekte/{code}/bearbeiten/"
        form = self._page(address)
        yield "Formular", form
        mark = f"{self.random.getrandbits(48):012x}"
        values = controls(form.text, "eintrag")
        for part in (mark[:6], mark):
            yield "Entwurf speichern", self._drafted([*replaced(values, "description", part), ("record", code)])
        answer = self.browser.ask(address, replaced(values, "description", mark))
        if answer.status != 302 or answer.location != f"/projekte/{code}/":
            raise WrongError(f"{address} gespeichert: {answer.status} {_said(answer)}")
        self.saved[code] = mark
        yield "Eintrag speichern", answer
        shown = self._page(answer.location)
        if mark not in shown.text:
            raise WrongError(f"{code}: die bestätigte Änderung steht nicht auf der Seite")
        yield "Eintrag", shown

    def _new(self) -> Iterator[tuple[str, Answer]]:
        """Open the form of a new project, look for an actor, keep a draft, throw it away."""
        form = self._page("/projekte/neu/")
        yield "Formular", form
        yield (
            "Akteur suchen",
            self._page(f"/akteure/suche/?suche={self.random.choice(('werk', 'Uni', 'Stahl'))}", script=True),
        )
        values = controls(form.text, "eintrag")
        yield "Entwurf speichern", self._drafted(replaced(values, "title", "Ein neues Vorhaben"))
        thrown = [(name, value) for name, value in values if name in {"csrfmiddlewaretoken", "key"}]
        answer = self.browser.ask("/projekte/entwurf/verwerfen/", thrown)
        if answer.status != 302:
            raise WrongError(f"Entwurf verwerfen: {answer.status}")
        yield "Entwurf verwerfen", answer

    def _drafted(self, values: list[tuple[str, str]]) -> Answer:
        answer = self.browser.ask("/projekte/entwurf/", values, script=True)
        if answer.status != 200 or b"saved_at" not in answer.body:
            raise WrongError(f"Entwurf: {answer.status} {_said(answer)}")
        return answer


def _said(answer: Answer) -> str:
    """Return what a page says went wrong."""
    return " · ".join(re.findall(r'class="error[^>]*>([^<]+)', answer.text))[:300]

"""A manager's month in one run, step by step as the handbooks tell it; a step that no handbook tells fails, too."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from ewm.capture.accounts.roles import Role
from tests.architecture.tree import ROOT
from tests.web.browser.site import CODES, watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.web.browser.site import Site, Watched

HANDBOOKS = ROOT / "docs" / "handbuch"
IMPORTS = "importieren.md"
"""Its steps are done in test_import.py."""
STEP = re.compile(r"<!-- Schritt: ([a-z-]+) -->")
TITLE = "Prüfstand für Leichtbaunähte"
TWIN = "Oder-Spree Walztechnik"


@dataclass
class Month:
    """Two people at their screens, and what they have come to."""

    site: Site
    manager: Watched
    evaluator: Watched
    code: str = ""
    snapshots: list[str] = field(default_factory=list)

    def go(self, address: str, who: Watched | None = None) -> Page:
        """Open a page of the site."""
        page = (who or self.manager).page
        page.goto(f"{self.site.base}{address}")
        return page


def sign_in(month: Month) -> None:
    month.site.sign_in(month.manager.page, Role.CLUSTER_MANAGER)
    month.site.sign_in(month.evaluator.page, Role.EVALUATOR)
    assert "Noch offen" in month.manager.page.inner_text("main")
    month.snapshots.append(freeze(month))


def freeze(month: Month) -> str:
    """Take a snapshot; returns its name."""
    page = month.go("/stichtag/")
    page.click("text=/Datenstand zum .* festhalten/")
    link = page.locator(".note--success a")
    for _ in range(60):
        if link.count():
            break
        page.wait_for_timeout(1000)
        page.goto(f"{month.site.base}/stichtag/")
    return str(link.inner_text())


def create_project(month: Month) -> None:
    page = month.go("/projekte/neu/")
    page.fill("#id_title", TITLE)
    page.fill("#id_support_start", "2.11.2020")
    page.keyboard.press("Tab")
    page.wait_for_timeout(1000)
    page.select_option("#id_action_field", label="Innovationswerkstatt")
    page.check("input[name=is_rdi] >> nth=0")
    page.locator("[name=partners-add-text]").press_sequentially(TWIN)
    page.click("[role=option]:has-text('neu anlegen')")
    assert page.locator("[data-rows=partners] [data-item]").count() == 1
    page.select_option("[name=partners-0-actor_type]", label="Sonstige")
    page.select_option("[name=partners-0-seat]", value="12052")
    page.fill("#id_project_volume", "4,3 Mio")
    page.fill("#id_project_volume_regional", "1,2 Mio")
    page.select_option("#id_funding_state", label="keine öffentliche Förderung")
    page.click("button[name=fertig]")
    page.wait_for_url(re.compile(r"/projekte/MET-[^/]+/$"))
    assert page.inner_text("h1") == TITLE
    month.code = page.url.rstrip("/").rsplit("/", 1)[-1]
    assert TWIN in page.inner_text("main")


def change_status(month: Month) -> None:
    for label, day in (("Antragstellung", "20.11.2020"), ("begonnen/laufend", "15.12.2020")):
        page = month.go(f"/projekte/{month.code}/status/")
        page.select_option("#id_status", label=label)
        page.fill("#id_status_from", day)
        page.click("button[name=fertig]")
        page.wait_for_url(f"**/projekte/{month.code}/")
    text = page.inner_text("main")
    for said in ("in Vorbereitung", "Antragstellung", "begonnen/laufend", "15.12.2020"):
        assert said in text


def merge_twins(month: Month) -> None:
    page = month.go("/akteure/dubletten/")
    page.locator("tr", has_text=TWIN).locator("a:has-text('Prüfen')").first.click()
    page.fill("#reason", "Dieselbe Firma, zweimal erfasst")
    page.click("text=Jetzt zusammenführen")
    page.wait_for_url(re.compile(r"/akteure/[^/]+/$"))
    assert "Zusammengeführt" in page.inner_text("main")


def take_merge_back(month: Month) -> None:
    page = month.manager.page
    page.click("text=Zurücknehmen")
    page.click("button:has-text('Zusammenführung zurücknehmen')")
    page.wait_for_url(re.compile(r"/akteure/[^/]+/$"))
    month.go("/akteure/dubletten/")
    assert page.locator("tr", has_text=TWIN).count()


def settle_conflict(month: Month) -> None:
    page = month.go(f"/projekte/{month.code}/bearbeiten/")
    other = month.manager.page.context.new_page()
    other.goto(f"{month.site.base}/projekte/{month.code}/bearbeiten/")
    other.fill("#id_title", f"{TITLE} I")
    other.fill("#id_description", "Steht in Cottbus.")
    other.click("button[name=fertig]")
    other.wait_for_url(f"**/projekte/{month.code}/")
    other.close()
    page.fill("#id_title", f"{TITLE} II")
    page.click("button[name=fertig]")
    page.wait_for_selector("text=Zu entscheiden")
    text = page.inner_text("main")
    assert f"{TITLE} I" in text
    assert f"{TITLE} II" in text
    page.locator("label.tile", has_text="noch nicht gespeichert").first.click()
    page.click("button:has-text('So speichern')")
    page.wait_for_url(f"**/projekte/{month.code}/")
    assert page.inner_text("h1") == f"{TITLE} II"
    assert "Steht in Cottbus." in page.inner_text("main")


def ask(month: Month) -> None:
    page = month.go(f"/projekte/{month.code}/", month.evaluator)
    page.locator("a:has-text('Frage stellen')").first.click()
    page.select_option("select[name=field]", value="project_volume")
    page.fill("[name=text]", "Ist das Volumen bestätigt?")
    page.click("main button.kern-btn--primary")
    assert "Ist das Volumen bestätigt?" in month.go(f"/projekte/{month.code}/").inner_text("main")


def answer(month: Month) -> None:
    for code in (month.code, CODES["project"]):
        page = month.go(f"/projekte/{code}/")
        page.click("text=Antworten")
        page.fill("#id_text", "Ja, mit Bescheid.")
        page.click("text=Antwort senden")
        page.wait_for_load_state()


def settle(month: Month) -> None:
    for code in (month.code, CODES["project"]):
        page = month.go(f"/projekte/{code}/", month.evaluator)
        page.click("text=Frage abschließen")
        page.wait_for_load_state()


def become_complete(month: Month) -> None:
    page = month.go("/")
    for _ in range(12):
        missing = page.locator("main a", has_text="Ende der Aktivität fehlt")
        if not missing.count():
            break
        missing.first.click()
        page.fill("#id_activity_end", "30.12.2020")
        page.fill("#id_reason", "Die Reihe ist zu Ende")
        page.click("button[name=fertig]")
        page.wait_for_url(re.compile(r"/aktivitaeten/[^/]+/(#.*)?$"))
        page = month.go("/")
    text = page.inner_text("main")
    assert "100\N{NO-BREAK SPACE}%" in text or "100 %" in text, text


def take_snapshot(month: Month) -> None:
    month.snapshots.append(freeze(month))
    page = month.go(f"/stichtag/{month.snapshots[-1]}/")
    text = page.inner_text("main")
    assert month.snapshots[0] in text
    assert "Was sich bewegt hat" in text
    assert re.search(r"\b27\b", text), text
    assert re.search(r"\b28\b", text), text


def look_at_snapshot(month: Month) -> None:
    page = month.go("/stichtag/", month.evaluator)
    page.click(f"text={month.snapshots[-1]}")
    page.wait_for_load_state()
    assert "unverändert" in page.inner_text("main")


def ask_why(month: Month) -> None:
    page = month.evaluator.page
    page.locator("main a[href*='/warum/']").first.click()
    page.wait_for_load_state()
    assert re.search(r"[STPA]-?\d+", page.inner_text("main"))


STEPS: dict[str, Callable[[Month], None]] = {
    "anmelden": sign_in,
    "projekt-anlegen": create_project,
    "status-aendern": change_status,
    "dublette-zusammenfuehren": merge_twins,
    "zusammenfuehrung-zuruecknehmen": take_merge_back,
    "konflikt-loesen": settle_conflict,
    "frage-stellen": ask,
    "frage-beantworten": answer,
    "frage-abschliessen": settle,
    "vollstaendig-werden": become_complete,
    "datenstand-festhalten": take_snapshot,
    "datenstand-ansehen": look_at_snapshot,
    "warum": ask_why,
}


def told() -> list[str]:
    pages = [page for page in sorted(HANDBOOKS.glob("*.md")) if page.name != IMPORTS]
    return [step for page in pages for step in STEP.findall(page.read_text(encoding="utf-8"))]


def test_every_step_of_the_handbooks_is_done_here() -> None:
    assert sorted(told()) == sorted(STEPS)


@pytest.mark.long
def test_a_managers_month(browser: Browser, own_site: Site) -> None:
    contexts = [browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900}) for _ in range(2)]
    manager, evaluator = map(watched, contexts)
    month = Month(own_site, manager, evaluator)
    for context in contexts:
        context.set_default_timeout(60_000)
    for step in STEPS.values():
        step(month)
    assert month.manager.messages == []
    assert month.evaluator.messages == []
    for context in contexts:
        context.close()

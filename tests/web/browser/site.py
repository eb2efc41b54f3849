"""A site of its own for the browser: a data folder with the reference records, a server, accounts of every role."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.config import load_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, BrowserContext, Page

RECORDS = str(load_config().programme / "reference" / "records")
CLUSTER = "metall"
CODES = {
    "project": "MET-2020-P01",
    "activity": "MET-2020-A01",
    "actor": "BTU",
    "other_actor": "UP",
    "question": "1",
    "merge": "1",
    "account": "1",
    "import_reviewing": "1",
    "import_mapping": "2",
    "import_applied": "3",
    "import_reading": "4",
}
"""Records of the reference that stand where an address of the table asks for one."""


FURNISH = """
import django
django.setup()
from ewm.capture.accounts.models import Account
from ewm.capture.acting import Channel, acting_as
from ewm.capture.dialogue.services import question_ask
from ewm.capture.projects.models import Project
evaluator = Account.objects.get(memberships__role="evaluator")
project = Project.objects.get(code="{project}")
with acting_as(evaluator.pk, Channel.FORM):
    asked = question_ask(kind="projects", record_id=project.pk, cluster=project.cluster_id, field="project_volume",
                         text="Ist die Summe inzwischen best\\u00e4tigt?")
assert str(asked.pk) == "{question}"
from ewm.capture.actors.duplicates.services import actors_merge
from ewm.capture.actors.entries import ActorEntry
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actors_create
twice = ActorEntry(code="X-1", name="Technische Universit\\u00e4t Cottbus", actor_type="university", country="DE",
                   example=True)
actors_create(entries=[twice])
survivor, gone = Actor.objects.get(code="{actor}"), Actor.objects.get(code="X-1")
merged = actors_merge(survivor=survivor.pk, survivor_version=survivor.version, merged=gone.pk,
                      merged_version=gone.version, reason="zweimal erfasst")
assert str(merged.pk) == "{merge}"
from tests.web.browser.imports import furnish
furnish(project="{project}", numbers=["{import_reviewing}", "{import_mapping}", "{import_applied}", "{import_reading}"])
"""
"""What nobody loads: a question of the evaluation, two actors that were one, imports at each step."""


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a demonstration in a data folder."""
    own = {"EWM_DATA": str(folder), "EWM_DEMO": "1", "EWM_DEBUG": "1", "EWM_HTTPS": "0"}
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "ewm.web.site", **more}


def _run(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], env=environment(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def prepare(folder: Path) -> None:
    """Fill a data folder: programme, reference records, and what ``furnish`` adds."""
    ewm = Path(sys.executable).with_name("ewm")
    for command in (("programme", "load"), ("records", "load", RECORDS)):
        own = {**environment(folder), "DJANGO_SETTINGS_MODULE": "ewm.web.settings"}
        done = subprocess.run([ewm, *command], env=own, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    furnish(folder)


def furnish(folder: Path) -> None:
    """Add what a site needs beside records: its own tables, an account of every role, what nobody loads."""
    _run(folder, "-m", "django", "prepare")
    found = json.loads(_run(folder, "-m", "django", "demo_accounts", "--cluster", CLUSTER))
    _run(folder, "-c", FURNISH.format(**CODES))
    passwords = {account["role"]: [account["email"], account["password"]] for account in found["accounts"]}
    (folder / "accounts.json").write_text(json.dumps(passwords), encoding="utf-8")


@dataclass(frozen=True)
class Site:
    """A running site: where it listens, where its data lie, address and password by role."""

    base: str
    folder: Path
    accounts: Mapping[str, tuple[str, str]]

    def sign_in(self, page: Page, role: str) -> None:
        """Sign in as a person would."""
        email, password = self.accounts[role]
        page.goto(f"{self.base}/anmeldung/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", password)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{self.base}/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve a filled data folder until the block ends."""
    address = f"127.0.0.1:{_free_port()}"
    log = (folder / "server.log").open("w", encoding="utf-8")
    command = [sys.executable, "-m", "ewm.web.serve"]
    server = subprocess.Popen(command, env=environment(folder, EWM_ADDRESS=address), stdout=log, stderr=log)
    try:
        _wait(address, server, folder)
        accounts = json.loads((folder / "accounts.json").read_text(encoding="utf-8"))
        yield Site(f"http://{address}", folder, {role: (email, word) for role, (email, word) in accounts.items()})
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait(address: str, server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, (folder / "server.log").read_text(encoding="utf-8")
        host, _, port = address.rpartition(":")
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.1)
    raise AssertionError((folder / "server.log").read_text(encoding="utf-8"))


@dataclass
class Watched:
    """A page whose messages and requests are kept."""

    page: Page
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def strangers(self, base: str) -> list[str]:
        """Return what was asked of others than the site."""
        return [url for url in self.requests if not re.match(rf"{re.escape(base)}/|data:|blob:|about:", url)]


def watched(context: BrowserContext) -> Watched:
    """Open a page that is watched: nothing on its console goes unseen."""
    made = Watched(context.new_page())
    made.page.on("console", lambda message: made.messages.append(f"{message.type}: {message.text}"))
    made.page.on("pageerror", lambda error: made.messages.append(str(error)))
    made.page.on("request", lambda request: made.requests.append(request.url))
    return made


def rules(page: Page, axe: str, *only: str) -> list[str]:
    """Return which rules of axe-core a page breaks (all that it runs by itself, or those named), with examples.

    Raises AssertionError where no rule was kept.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    options: dict[str, Any] = {"preload": False, "resultTypes": ["violations"]}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    assert found["passes"], "axe-core did not run"
    return [
        f"{rule['id']}: {rule['help']} · {' · '.join(node['html'][:160] for node in rule['nodes'][:3])}"
        for rule in found["violations"]
    ]


def chromium(playwright: Any) -> Browser:
    """Start Debian's Chromium."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    started: Browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    return started

"""``make hostile``: sends every hostile file to a running site and writes the table of its answers.

``python -m tests.web.background.answers PAGE``. Measured are the seconds until the page is there, and the most memory
that the process of the site or the one that opens the file had meanwhile.
"""

from __future__ import annotations

import html
import http.client
import json
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django

from ewm.config import DATABASE_NAME
from tests.capture.imports.hostile import READ, REFUSED
from tests.support.empty_database import seed
from tests.web.background.desk import living, own, python, wait_for
from tests.web.test_serve import Visitor, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

EMAIL, PASSWORD = "m@beispiel.invalid", "drei zufällige Wörter"
ACCOUNT = f"""
import django; django.setup()
from ewm.capture.accounts.roles import Role
from ewm.capture.accounts.services import Grant, account_create
account_create(email="{EMAIL}", name="Konto", grants=[Grant(Role.CLUSTER_MANAGER, "metall")], password="{PASSWORD}")
"""
STORED = """
import django; django.setup()
import json
from ewm.web.backup.tables import applied, count, models_at
kept = [m for m in models_at(applied()) if m._meta.app_label in {"actors", "projects", "activities", "editorial"}]
print(json.dumps({m._meta.label: count(m).sha256 for m in kept}))
"""
HEAD = """\
# Antworten auf bösartige Dateien

Gemessen mit `make hostile` ({machine}): jede Datei wurde auf der Seite „Neuer Import“ einer laufenden Anwendung \
hochgeladen. Sekunden: bis die Seite da war. Megabyte: der größte Speicher, den der Prozess der Anwendung oder der \
eigene Prozess, der die Datei öffnet, dabei hatte. Erlaubt sind 10 Sekunden und 300 MB. {number} Dateien, längstens \
{seconds} s, höchstens {megabytes} MB. Vorher und nachher waren alle Zeilen aller Einträge gleich; von keiner \
abgewiesenen Datei blieb etwas liegen.

| Datei | Antwort | Sekunden | MB |
|---|---|---:|---:|
"""


@dataclass(frozen=True)
class Answer:
    """What came of one file."""

    name: str
    text: str
    seconds: float
    megabytes: int


@contextmanager
def site(data: Path) -> Iterator[str]:
    """Serve a site; yields its address."""
    at = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "ewm.web.serve"]
    server = subprocess.Popen(command, env=own(data, EWM_ADDRESS=at, EWM_LOG="WARNING"))
    try:
        wait_for(lambda: _answers(at))
        yield at
    finally:
        server.terminate()
        server.wait()


def _answers(at: str) -> bool:
    with suppress(OSError):
        return Visitor(f"http://{at}").ask("/gesund/lebt/")[0] == 200
    return False


class Peak:
    """The most memory of some processes within a block, in megabytes; processes that come and go are looked for."""

    def __init__(self, data: Path) -> None:
        self._data, self._over, self.megabytes = data, threading.Event(), 0

    def __enter__(self) -> Peak:
        self._served = living(self._data, b"ewm.web.serve")
        for pid in self._served:
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak begins anew
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._look(self._served)

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            word = str(self._data / "imports").encode()
            self._look(living(self._data, b"ewm.capture.imports.reading.child", word))

    def _look(self, pids: list[int]) -> None:
        for pid in pids:
            with suppress(OSError):
                for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                    if line.startswith("VmHWM"):
                        self.megabytes = max(self.megabytes, int(line.split()[1]) // 1024)


def send(visitor: Visitor, content: bytes) -> tuple[int, str]:
    """Upload a file as a browser does; returns status and page."""
    _, page, _ = visitor.ask("/importe/neu/")
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
    edge = uuid.uuid4().hex
    fields = "".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("csrfmiddlewaretoken", token), ("cluster", "metall"))
    )
    file = f'--{edge}\r\nContent-Disposition: form-data; name="datei"; filename="liste.xlsx"\r\n\r\n'
    body = fields.encode() + file.encode() + content + f"\r\n--{edge}--\r\n".encode()
    cookies = "; ".join(f"{each.name}={each.value}" for each in visitor.jar)
    sent = http.client.HTTPConnection(visitor.base.removeprefix("http://"), timeout=60)
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Cookie": cookies, "Origin": visitor.base}
    sent.request("POST", "/importe/neu/", body, headers)
    answer = sent.getresponse()
    return answer.status, answer.read().decode()


def message_of(status: int, page: str) -> str:
    """Return what a page says is wrong."""
    found = re.search(r'id="datei-fehler".*?<span>(.*?)</span>', page, re.DOTALL) or re.search(
        r"</h1>.*?<p[^>]*>(.*?)</p>", page, re.DOTALL
    )
    text = html.unescape(re.sub(r"<[^>]+>", "", found[1] if found else "")).strip()
    if not text:
        raise AssertionError(f"{status} without a message: {page[:500]}")
    return " ".join(text.replace("|", ", ").split())


def later(data: Path) -> str:
    """Return what became of the last import that was not refused at once: what is wrong, or that it was read."""
    with sqlite3.connect(f"file:{data / DATABASE_NAME}?mode=ro", uri=True, timeout=20) as database:
        query = "SELECT state, message FROM imports_import ORDER BY id DESC LIMIT 1"
        state, message = wait_for(lambda: (row := database.execute(query).fetchone())[0] != "reading" and row)
    return str(message) if state == "failed" else "gelesen"


def measured(data: Path) -> Iterator[Answer]:
    """Send every file."""
    with site(data) as at:
        visitor = Visitor(f"http://{at}")
        visitor.sign_in(EMAIL, PASSWORD)
        for name, (make, _) in sorted({**REFUSED, **READ}.items()):
            content = make()
            with Peak(data) as peak:
                begun = time.monotonic()
                status, page = send(visitor, content)
                text = message_of(status, page) if status != 302 else later(data)
                seconds = time.monotonic() - begun
            answer = Answer(name, text, seconds, peak.megabytes)
            sys.stderr.write(f"{answer}\n")
            if (name in READ) is not (answer.text == "gelesen"):
                raise AssertionError(f"not as expected: {answer}")
            yield answer


def decimal(number: float) -> str:
    """Write a number with one place, as German has it."""
    return f"{number:.1f}".replace(".", ",")


def page_of(answers: list[Answer]) -> str:
    """Return the page with its table."""
    machine = f"{os.cpu_count()} Kerne, {platform.system()}, Python {platform.python_version()}"
    rows = [
        f"| {each.name} | {each.text.replace('|', ', ')} | {decimal(each.seconds)} | {each.megabytes} |"
        for each in answers
    ]
    head = HEAD.format(
        machine=machine,
        number=len(answers),
        seconds=decimal(max(each.seconds for each in answers)),
        megabytes=max(each.megabytes for each in answers),
    )
    return head + "\n".join(rows) + "\n"


def main(page: Path) -> None:
    """Measure on a site of its own, and write the page where every answer keeps within the limits."""
    with tempfile.TemporaryDirectory() as name:
        data = seed(Path(name) / "data")
        python(data, "-m", "django", "load_programme")
        python(data, "-c", ACCOUNT)
        before = json.loads(python(data, "-c", STORED))
        answers = list(measured(data))
        if json.loads(python(data, "-c", STORED)) != before:
            raise AssertionError("records have changed")
        left = len(list((data / "imports").glob("*")))
        if left != sum(each.text == "gelesen" for each in answers):
            raise AssertionError(f"{left} folders of imports are left")
    beyond = [each for each in answers if each.seconds > 10 or each.megabytes > 300]
    if beyond:
        raise AssertionError(f"beyond the limits: {beyond}")
    page.write_text(page_of(answers), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ewm.web.site")
    django.setup()
    main(Path(sys.argv[1]))

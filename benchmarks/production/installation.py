"""EWM as an administrator installs it: settings, role, database, data, ``ewm check --deploy``, the unit's command."""

from __future__ import annotations

import configparser
import json
import os
import secrets
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import ROOT, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.production.postgres import Cluster

PACKAGING = ROOT / "packaging"
RECORDS = ROOT / "programmes" / "innobb" / "reference" / "records"
OPERATOR = """
[operator]
name = "Amt für Beispiele"
represented_by = "die Leitung"
street = "Musterweg 1"
city = "14467 Potsdam"
email = "amt@example.org"
phone = "0331 000"

[privacy]
officer = "Stelle für Datenschutz, Musterweg 1, 14467 Potsdam"
legal_basis = "Art. 6 Abs. 1 Buchst. e DSGVO"
authority = "Landesbeauftragte für den Datenschutz"
retention = "Konten bis ein Jahr nach der letzten Anmeldung."

[accessibility]
contact = "barriere@example.org"
enforcement = "Durchsetzungsstelle, Musterweg 2, 14467 Potsdam"
enforcement_url = "https://example.org/durchsetzung"
"""


@dataclass(frozen=True)
class Installation:
    """One installation: its data folder, its settings (what /etc/ewm/ewm.env holds), the log of its processes."""

    folder: Path
    settings: Mapping[str, str]

    @property
    def environment(self) -> dict[str, str]:
        """Return what its processes see: the machine's environment and its own settings, nobody else's."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("EWM_", "DJANGO_"))}
        return {**kept, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), **self.settings}

    def ewm(self, *words: str) -> dict[str, Any]:
        """Run a command of ``ewm`` and return its JSON; leaves with its message where it fails."""
        return _json(self._run(str(Path(sys.executable).with_name("ewm")), *words, "--json"))

    def module(self, name: str, *words: str, **more: str) -> dict[str, Any]:
        """Run a module of the benchmarks within the installation and return its JSON."""
        return _json(self._run(sys.executable, "-m", f"benchmarks.production.{name}", *words, **more))

    def _run(self, *command: str, **more: str) -> str:
        environment = {**self.environment, **more}
        ran = subprocess.run(command, env=environment, cwd=self.folder, capture_output=True, text=True, check=False)
        if ran.returncode:
            sys.exit(f"{' '.join(command)}: Rückgabewert {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    def deploy_findings(self) -> list[str]:
        """Return what ``ewm check --deploy`` finds, a line each."""
        return [
            f"{each['level']} {each['id']}: {each['message']}" for each in self.ewm("check", "--deploy")["findings"]
        ]

    def started(self, unit: str) -> subprocess.Popen[bytes]:
        """Start what a unit starts, with the unit's command; its lines go to a log in the folder."""
        command, own = command_of(PACKAGING / unit)
        with (self.folder / f"{unit}.log").open("ab") as log:
            return subprocess.Popen(command, env=self.environment | own, cwd=self.folder, stdout=log, stderr=log)


def _json(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def command_of(unit: Path) -> tuple[list[str], dict[str, str]]:
    """Return command and variables of a systemd unit, with this Python's environment in place of /opt/ewm."""
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.read(unit, encoding="utf-8")
    words = read["Service"]["ExecStart"].split()
    name, _, value = read["Service"].get("Environment", "").partition("=")
    own = {name: value} if name else {}
    return [word.replace("/opt/ewm/bin", str(Path(sys.executable).parent)) for word in words], own


def installed(folder: Path, cluster: Cluster, host: str, ports: Mapping[str, int]) -> Installation:
    """Make role and database, as the page says, and the settings of an installation; nothing is loaded yet."""
    password = secrets.token_hex(16)
    with cluster.connect() as server:
        server.execute(f"CREATE ROLE ewm LOGIN PASSWORD '{password}'")
        server.execute("CREATE DATABASE ewm OWNER ewm ENCODING 'UTF8' TEMPLATE template0")
    folder.mkdir(mode=0o700)
    (folder / "operator.toml").write_text(OPERATOR, encoding="utf-8")
    settings = {
        "EWM_DATA": str(folder),
        "EWM_DATABASE_URL": cluster.url("ewm", "ewm", password),
        "EWM_HOSTS": host,
        "EWM_ADDRESS": f"127.0.0.1:{ports['site']}",
        "EWM_PROXIES": "1",
        "EWM_PROCESSES": "2",
        "EWM_OPERATOR": str(folder / "operator.toml"),
        "EWM_MAIL_URL": f"file://{folder}/mail",
        "EWM_MAIL_FROM": "ewm@example.org",
    }
    lines = "".join(f"{name}={value}\n" for name, value in settings.items())
    with open(os.open(folder / "ewm.env", os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as stream:  # noqa: PTH123
        stream.write(lines)
    return Installation(folder, settings)


def filled(installation: Installation) -> None:
    """Load programme and reference records, and make the first account, as an administrator does."""
    installation.ewm("programme", "load")
    installation.ewm("records", "load", str(RECORDS))
    made = installation.ewm("accounts", "create", "--email", "leitung@example.org", "--role", "administrator")
    messages = list((installation.folder / "mail").iterdir())
    if not made["sent"] or len(messages) != 1:
        sys.exit("Der Link des ersten Kontos kam nicht im Ordner der Nachrichten an.")


def wait_until_ready(port: int, process: subprocess.Popen[bytes], log: Path, seconds: float = 180) -> None:
    """Wait until the site says of itself that it can work; leaves with its log where it ends or never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError, HTTPException):
            asked = HTTPConnection("127.0.0.1", port, timeout=5)
            asked.request("GET", "/gesund/bereit/", headers={"X-Forwarded-Proto": "https"})
            answer = asked.getresponse()
            said = answer.read().decode()
            if answer.status == 200 and json.loads(said)["worker"]:
                tell(f"  bereit: {said}")
                return
        time.sleep(0.2)
    sys.exit(f"Die Anwendung ist nicht bereit:\n{log.read_text(encoding='utf-8')[-4000:]}")

"""The whole set-up from nothing to a site behind TLS, as one block that ends everything that it started."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import tell
from benchmarks.production.front import HOST, certificate, started, written
from benchmarks.production.installation import Installation, filled, installed, wait_until_ready
from benchmarks.production.postgres import free_port, running

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator


@dataclass(frozen=True)
class Production:
    """A running set-up: the address of the site, the certificate to trust, what stands behind."""

    base: str
    certificate: Path
    installation: Installation
    findings: list[str]


@contextmanager
def production() -> Iterator[Production]:
    """Start PostgreSQL, fill it, judge the installation, start the units and nginx; ends and removes all of it."""
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix="ewm-production-"))
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        home.chmod(0o711)  # PostgreSQL and nginx have accounts of their own; each part's folder is its own
        ports = {name: free_port() for name in ("site", "https", "http")}
        tell(f"PostgreSQL, nginx, Anwendung in {home}")
        cluster = stack.enter_context(running(home / "postgres"))
        installation = installed(home / "ewm", cluster, HOST, ports)
        tell("Tabellen, Programm, Einträge und das erste Konto entstehen ...")
        filled(installation)
        site = installation.started("ewm.service")
        stack.callback(_ended, site)
        stack.callback(_ended, installation.started("ewm-worker.service"))
        wait_until_ready(ports["site"], site, installation.folder / "ewm.service.log")
        findings = installation.deploy_findings()
        tell(f"ewm check --deploy: {findings or 'nichts gefunden'}")
        front = home / "nginx"
        front.mkdir(mode=0o711)
        pem = certificate(front)
        proxy = started(written(front, ports))
        stack.callback(_ended, proxy)
        yield Production(f"https://{HOST}:{ports['https']}", pem, installation, findings)


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=60)

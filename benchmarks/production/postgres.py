"""A PostgreSQL cluster of one's own in a folder, on a free port of 127.0.0.1: started, killed, started again."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

DEBIAN = "/usr/lib/postgresql"


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL that Debian installed, None where there is none."""
    found = sorted(Path(DEBIAN).glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class Cluster:
    """A cluster: its folder, port and the password of ``postgres``; ``begin`` starts it, ``kill`` is kill -9."""

    folder: Path
    port: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def data(self) -> Path:
        """Where its files lie."""
        return self.folder / "data"

    def url(self, database: str = "postgres", user: str = "postgres", password: str | None = None) -> str:
        """Return the address of a database."""
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        """Make its files, for passwords only (scram) and with checksums; leaves with a message where that fails."""
        self.folder.mkdir(parents=True, exist_ok=True)
        secret = self.folder / "password"
        secret.write_text(self.password, encoding="utf-8")
        secret.chmod(0o600)
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            for path in (self.folder, secret):
                shutil.chown(path, "postgres")
        words = ["-U", "postgres", "-A", "scram-sha-256", "--pwfile", str(secret), "--data-checksums"]
        self._run("initdb", "-D", str(self.data), *words, "-E", "UTF8", "--locale=C.UTF-8")

    def begin(self) -> float:
        """Start it, also after a kill; returns the seconds until it answers."""
        begun = time.perf_counter()
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories=''"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.data), "-l", log, "-w", "-t", "60", "-o", options, "start")
        return time.perf_counter() - begun

    def kill(self) -> int:
        """Kill -9 the postmaster and every backend at once; returns how many processes that were."""
        postmaster = int((self.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        everyone = [postmaster, *_children(postmaster)]
        for process in everyone:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(_lives(process) for process in everyone):
            time.sleep(0.005)
        return len(everyone)

    def end(self) -> None:
        """Stop it if it runs."""
        with suppress(SystemExit):
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def connect(self) -> Any:
        """Return a connection of the administrator."""
        import psycopg  # noqa: PLC0415 (a machine without PostgreSQL has no driver)

        return psycopg.connect(self.url(), autocommit=True)

    def _run(self, name: str, *words: str) -> None:
        found = programs()
        if found is None:
            sys.exit("PostgreSQL fehlt. Auf Debian: apt-get install postgresql")
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_postgres, str(found / name), *words]
        # The server keeps what it is given as output, so a pipe would never end.
        with (self.folder / "said").open("ab") as said:
            ran = subprocess.run(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False
            )
        if ran.returncode:
            sys.exit(f"{name} ging nicht:\n{(self.folder / 'said').read_text(encoding='utf-8')}")


@contextmanager
def running(folder: Path) -> Iterator[Cluster]:
    """Make and start a cluster; it ends with the block."""
    cluster = Cluster(folder)
    cluster.make()
    cluster.begin()
    try:
        yield cluster
    finally:
        cluster.end()


def _children(process: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"

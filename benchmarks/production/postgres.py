"""A PostgreSQL cluster of one's own in a folder, on a free port of 127.0.0.1: started, killed, started again."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

DEBIAN = "/usr/lib/postgresql"
PATIENCE = 60
"""Seconds that a start or an end may take."""


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
    _server: subprocess.Popen[bytes] | None = None

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
        options = {"listen_addresses": "127.0.0.1", "port": str(self.port), "unix_socket_directories": ""}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        # Our own child, not pg_ctl's: whoever kills a process must be able to clear it away, or it seems to run on.
        with self._said() as said:
            self._server = subprocess.Popen(
                [self._program("postgres"), "-D", str(self.data), *words], cwd=self.folder, user=_own_user(),
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip
        while not self._answers():
            if self._server.poll() is not None or time.perf_counter() - begun > PATIENCE:
                sys.exit(f"PostgreSQL startet nicht:\n{self._last_words()}")
            time.sleep(0.02)
        return time.perf_counter() - begun

    def kill(self) -> int:
        """Kill -9 the postmaster and every backend at once; returns how many processes that were."""
        server = self._server
        if server is None:
            return 0
        server.send_signal(signal.SIGSTOP)  # so that it starts nobody while its children are listed
        children = _children(server.pid)
        for process in (server.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        server.wait()
        while any(_lives(process) for process in children):
            time.sleep(0.005)
        return 1 + len(children)

    def end(self) -> None:
        """Stop it if it runs."""
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait(PATIENCE)

    def _answers(self) -> bool:
        asked = [self._program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked, check=False).returncode == 0

    def connect(self) -> Any:
        """Return a connection of the administrator."""
        import psycopg  # noqa: PLC0415 (a machine without PostgreSQL has no driver)

        return psycopg.connect(self.url(), autocommit=True)

    def _run(self, name: str, *words: str) -> None:
        with self._said() as said:
            ran = subprocess.run(
                [self._program(name), *words], cwd=self.folder, user=_own_user(),
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False,
            )  # fmt: skip
        if ran.returncode:
            sys.exit(f"{name} ging nicht:\n{self._last_words()}")

    def _program(self, name: str) -> str:
        found = programs()
        return str(found / name) if found else sys.exit("PostgreSQL fehlt. Auf Debian: apt-get install postgresql")

    def _said(self) -> IO[bytes]:
        return (self.folder / "log").open("ab")

    def _last_words(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")[-3000:]


def _own_user() -> str | None:
    """Return whom PostgreSQL runs as, where it may not run as who started this."""
    return "postgres" if os.geteuid() == 0 else None


@contextmanager
def running(folder: Path | None = None) -> Iterator[Cluster]:
    """Make and start a cluster, in a folder of its own where none is given; it ends with the block."""
    home = folder or Path(tempfile.mkdtemp(prefix="ewm-postgres-"))
    cluster = Cluster(home)
    try:
        cluster.make()
        cluster.begin()
        yield cluster
    finally:
        cluster.end()
        if folder is None:
            shutil.rmtree(home, ignore_errors=True)


def _children(process: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"

"""The site in the foreground: link and passwords are told, refusals name the way out, Ctrl-C is no accident."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewm.capture.accounts.roles import Role
from ewm.errors import EwmError
from ewm.web.serve import address, processes
from tests.support.empty_database import seed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
DEMO = {"EWM_DEMO": "1", "EWM_DEBUG": "1", "EWM_HTTPS": "0"}


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EWM_", "DJANGO_"))}
    return {**kept, "EWM_DATA": str(folder), "EWM_LOG": "WARNING", **more}


@pytest.fixture(scope="module")
def folder(loaded_programme: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the programme in it."""
    return Path(shutil.copytree(loaded_programme, tmp_path_factory.mktemp("served") / "var"))


@contextmanager
def busy() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield int(other.getsockname()[1])


def free_port() -> int:
    with busy() as port:
        return port


@pytest.mark.parametrize("given", ["8020", "127.0.0.1:", "127.0.0.1:achtzig", "127.0.0.1:70000"])
def test_what_is_no_address_is_told_with_one(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EWM_ADDRESS", given)
    with pytest.raises(EwmError, match=r"127\.0\.0\.1:8020"):
        address()


def test_a_port_in_use_is_told_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with busy() as port:
        monkeypatch.setenv("EWM_ADDRESS", f"127.0.0.1:{port}")
        with pytest.raises(EwmError, match=rf"{port} ist belegt.*EWM_ADDRESS=127\.0\.0\.1:{port % 65535 + 1}"):
            address()
    assert address() == f"127.0.0.1:{port}"


@pytest.mark.parametrize(("host", "refused"), [("0.0.0.0", True), ("127.0.0.1", False)])  # noqa: S104 (refused)
def test_a_demonstration_is_for_this_machine_alone(
    host: str,
    refused: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EWM_DEMO", "1")
    monkeypatch.setenv("EWM_ADDRESS", f"{host}:{free_port()}")
    if not refused:
        assert address().startswith(host)
        return
    with pytest.raises(EwmError, match="von außen erreichbar"):
        address()


@pytest.mark.parametrize(
    ("given", "url", "number"), [(None, None, 1), (None, "postgresql://x/y", 2), ("3", None, 3), ("64", "x", 64)]
)
def test_how_many_processes_answer(
    given: str | None, url: str | None, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("EWM_PROCESSES", given), ("EWM_DATABASE_URL", url)):
        monkeypatch.delenv(name, raising=False)
        if value:
            monkeypatch.setenv(name, value)
    assert processes() == number


@pytest.mark.parametrize("given", ["0", "65", "zwei", "-1", "1.5"])
def test_a_number_of_processes_that_is_none_is_told(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EWM_PROCESSES", given)
    with pytest.raises(EwmError, match=rf"EWM_PROCESSES={given} ist keine Zahl von 1 bis 64"):
        processes()


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        ({"EWM_DEMO": "1"}, 6, "EWM_DEMO=1 gilt nur zusammen mit EWM_DEBUG=1"),
        ({"EWM_OPERATOR": "/gibt/es/nicht.toml"}, 6, "EWM_OPERATOR nennt /gibt/es/nicht.toml"),
        ({"EWM_SSO": "/gibt/es/nicht.toml"}, 6, "EWM_SSO nennt /gibt/es/nicht.toml"),
    ],
)
def test_a_start_that_would_go_wrong_is_refused(more: dict[str, str], code: int, told: str, tmp_path: Path) -> None:
    own = environment(seed(tmp_path / "var"), EWM_ADDRESS=f"127.0.0.1:{free_port()}", **more)
    ewm = Path(sys.executable).with_name("ewm")
    ended = subprocess.run([ewm, "serve"], env=own, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, "Traceback" in ended.stderr) == (code, False), ended.stderr
    assert told in ended.stderr


class Visitor:
    """A browser without eyes."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
        body = urllib.parse.urlencode(data).encode() if data else None
        try:
            with self.opener.open(self.base + path, body, timeout=20) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), dict(error.headers)

    def sign_in(self, email: str, password: str) -> str:
        _, page, _ = self.ask("/anmeldung/")
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
        return self.ask("/anmeldung/", {"login": email, "password": password, "csrfmiddlewaretoken": token})[1]


def read_until(server: subprocess.Popen[str], last: str) -> str:
    """Return what the server has said up to and with a line that contains ``last``."""
    assert server.stdout is not None
    said = ""
    stop = threading.Timer(60, server.kill)
    stop.daemon = True
    stop.start()
    for line in server.stdout:
        said += line
        if last in line:
            break
    stop.cancel()
    return said


def test_a_demonstration_from_its_first_line_to_ctrl_c(folder: Path) -> None:
    at = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "ewm.web.serve", "--demo", "metall"]
    server = subprocess.Popen(
        command, env=environment(folder, EWM_ADDRESS=at, **DEMO),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        said = read_until(server, str(Role.ADMINISTRATOR.label))
        assert f"http://{at}/" in said
        accounts = dict(re.findall(r"(\S+@beispiel\.invalid)\s+(\S+)", said))
        assert len(accounts) == len(Role)
        for email, password in accounts.items():
            assert "Abmelden" in Visitor(f"http://{at}").sign_in(email, password), email
        assert "passen nicht zusammen" in Visitor(f"http://{at}").sign_in(next(iter(accounts)), "falsch")
        status, page, headers = Visitor(f"http://{at}").ask("/gibt/es/nicht/")
        assert (status, "Traceback" in page, "Using the URLconf" in page) == (404, False, False)
        assert "Diese Seite gibt es nicht" in page
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        began = time.monotonic()
        os.killpg(server.pid, signal.SIGINT)
        _, complained = server.communicate(timeout=20)
        assert time.monotonic() - began < 10
        assert (server.returncode, complained) == (0, "")
    finally:
        server.kill()
    refused = subprocess.run(
        [sys.executable, "-m", "ewm.web.serve"], env=environment(folder, EWM_ADDRESS=at),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert refused.returncode == 4, refused.stderr
    assert "ewm accounts remove-demo" in refused.stderr

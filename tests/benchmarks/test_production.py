"""What the production set-up rests on: the delivered files, adapted and accepted; a browser that sends forms back."""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING

import pytest

from benchmarks.production.browser import controls, replaced
from benchmarks.production.clicks import Click
from benchmarks.production.front import CONF, adapted, certificate, judged, nginx, written
from benchmarks.production.installation import PACKAGING, command_of
from benchmarks.production.load import Round

if TYPE_CHECKING:
    from pathlib import Path

PORTS = {"site": 18020, "https": 18443, "http": 18080}


@pytest.mark.skipif(not nginx(), reason="nginx is not installed")
def test_nginx_accepts_the_delivered_configuration(tmp_path: Path) -> None:
    certificate(tmp_path)
    path = written(tmp_path, PORTS)
    found = judged(path)
    assert found.returncode == 0, found.stderr
    path.write_text(path.read_text(encoding="utf-8").replace("proxy_pass ", "proxy_past "), encoding="utf-8")
    assert judged(path).returncode != 0


def test_the_set_up_changes_nothing_of_the_delivered_configuration_but_ports_and_paths(tmp_path: Path) -> None:
    text = CONF.read_text(encoding="utf-8")
    differing = [
        (before, after)
        for before, after in zip(text.splitlines(), adapted(text, tmp_path, PORTS).splitlines(), strict=True)
        if before != after and not before.startswith("#")
    ]
    kinds = {before.split()[0] for before, _ in differing}
    assert kinds == {"listen", "server_name", "ssl_certificate", "ssl_certificate_key", "proxy_pass", "return"}
    with pytest.raises(SystemExit, match="listen 80;"):
        adapted(text.replace("listen 80;", "listen 81;"), tmp_path, PORTS)


def test_what_is_behind_the_proxy_learns_who_asks_and_how() -> None:
    text = CONF.read_text(encoding="utf-8")
    pages = re.search(r"location / \{(.*?)\}", text, re.DOTALL)
    assert pages
    for header in ("Host $http_host", "X-Forwarded-Proto $scheme", "X-Forwarded-For $remote_addr"):
        assert f"proxy_set_header {header};" in pages[1]
    assert "gzip" not in pages[1]


def test_the_certificate_holds_for_this_machine(tmp_path: Path) -> None:
    context = ssl.create_default_context(cafile=str(certificate(tmp_path)))
    (found,) = context.get_ca_certs()
    assert ("DNS", "localhost") in found["subjectAltName"]
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600


def test_the_set_up_runs_what_the_unit_runs() -> None:
    (_, *site), own = command_of(PACKAGING / "ewm.service")
    assert (site, own) == (["-m", "ewm.web.serve"], {"EWM_WORKER": "0"})
    (_, *worker), none = command_of(PACKAGING / "ewm-worker.service")
    assert (worker, none) == (["-m", "ewm.web.worker"], {})


PAGE = """
<form id="other"><input name="no" value="1"></form>
<form id="eintrag"><input type="hidden" name="key" value="a&amp;b"><input name="title" value="T">
<input type="checkbox" name="on" checked><input type="checkbox" name="off"><input name="gone" value="x" disabled>
<input type="radio" name="which" value="1"><input type="radio" name="which" value="2" checked>
<select name="first"><option value="1">a</option><option value="2">b</option></select>
<select name="chosen"><option value="1">a</option><option value="2" selected>b</option></select>
<textarea name="text">
zwei
Zeilen &lt;</textarea><button name="go">Los</button></form>
<input name="outside" value="1">
"""


def test_a_form_is_sent_back_as_a_browser_would() -> None:
    values = controls(PAGE, "eintrag")
    assert values == [
        ("key", "a&b"),
        ("title", "T"),
        ("on", "on"),
        ("which", "2"),
        ("first", "1"),
        ("chosen", "2"),
        ("text", "zwei\nZeilen <"),
    ]
    assert dict(replaced(values, "text", "neu"))["text"] == "neu"
    with pytest.raises(LookupError, match="fehlt"):
        replaced(values, "fehlt", "neu")


def test_one_slow_request_in_ten_is_late_and_one_in_a_hundred_is_not() -> None:
    quick = [Click("Liste", 0.1)] * 99
    assert Round(10, [*quick, Click("Liste", 2)]).late_ms == pytest.approx(100)
    assert Round(10, [*quick[:90], *[Click("Liste", 2)] * 10]).late_ms == pytest.approx(2000)
    assert Round(10, quick).rate == pytest.approx(9.9)

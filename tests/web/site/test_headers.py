"""Headers of every answer, and what Django says of the settings of production."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.support.empty_database import seed
from tests.web.site.test_permissions import TABLE, filled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from tests.web.site.conftest import World

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")


def wrong_headers(answer: Any) -> list[str]:
    policy = answer.get("Content-Security-Policy", "")
    found = [f"{name}: {answer.get(name)}" for name, value in EXPECTED.items() if answer.get(name) != value]
    found += [f"CSP without {part}" for part in POLICY if part not in policy]
    found += ["CSP with unsafe"] if "unsafe" in policy or "data:" in policy or "*" in policy else []
    found += [] if "camera=()" in answer.get("Permissions-Policy", "") else ["Permissions-Policy"]
    return found


@pytest.mark.parametrize("who", ["anonymous", "administrator", "cluster_manager"])
def test_every_answer_has_them(who: str, client_of: Callable[[str], Client], world: World) -> None:
    client = client_of(who)
    wrong = {
        f"{name} {answer.status_code}": found
        for name, row in TABLE.items()
        if name != "account_logout"
        for answer in [client.get(reverse(name, kwargs=filled(row, world)))]
        if (found := wrong_headers(answer))
    }
    assert wrong == {}
    for answer in (client.get("/gibt/es/nicht/"), client.post("/auswahl/", {"x": "y" * 3_000_000})):
        assert answer.status_code in {302, 400, 404}
        assert wrong_headers(answer) == []


def test_a_page_for_somebody_is_kept_by_nobody(client_of: Callable[[str], Client]) -> None:
    assert "no-store" in client_of("ministry").get("/konto/")["Cache-Control"]


def test_with_tls_cookies_and_transport_are_strict(client_of: Callable[[str], Client], settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = client_of("anonymous")
    assert client.get("/anmeldung/")["Location"].startswith("https://")
    answer = client.get("/anmeldung/", secure=True)
    assert "includeSubDomains" in answer["Strict-Transport-Security"]
    cookie = answer.cookies["csrftoken"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")


def test_django_has_nothing_to_say_about_production(tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("EWM_", "DJANGO_"))}
    own |= {"EWM_DATA": str(seed(tmp_path)), "EWM_HOSTS": "ewm.example", "DJANGO_SETTINGS_MODULE": "ewm.web.site"}
    command = [sys.executable, "-W", "error", "-m", "django"]
    ended = subprocess.run([*command, "check", "--deploy"], env=own, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    said = set(re.findall(r"\((\w+\.[WE]\d+)\)", ended.stdout + ended.stderr))
    assert said <= {"ewm.W001", "ewm.W003"}, "only the age of this machine's SQLite, and that no worker runs here"
    assert "System check identified" in ended.stdout + ended.stderr

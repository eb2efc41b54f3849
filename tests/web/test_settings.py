"""Settings: database by one address, secret key never a constant."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.signing import Signer
from django.db import connection

from ewm.errors import EwmError, MissingError
from ewm.web import database
from ewm.web.database import database_settings
from ewm.web.secret import SecretKey, secret_key

if TYPE_CHECKING:
    from pathlib import Path


def test_sqlite_is_the_default_and_survives_a_power_cut(tmp_path: Path) -> None:
    chosen = database_settings(None, tmp_path)
    assert chosen["ENGINE"] == "django.db.backends.sqlite3"
    assert chosen["NAME"] == str(tmp_path / "ewm.sqlite3")
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert chosen["OPTIONS"]["timeout"] == 20
    assert "mmap_size" not in chosen["OPTIONS"]["init_command"]


@pytest.mark.django_db
def test_sqlite_runs_with_full_synchronisation() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("another database is set")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert cursor.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_postgresql_by_one_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "find_spec", lambda _: object())
    chosen = database_settings("postgresql://ewm:p%40ss@db.example.org:5433/monitoring?sslmode=require", tmp_path)
    assert chosen == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "monitoring",
        "USER": "ewm",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def test_postgresql_without_its_driver_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "find_spec", lambda _: None)
    with pytest.raises(MissingError, match=r"ewm\[postgres\]"):
        database_settings("postgresql://localhost/ewm", tmp_path)


@pytest.mark.parametrize("url", ["mysql://localhost/ewm", "postgresql://localhost", "postgresql://localhost/", "ewm"])
def test_another_address_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(EwmError, match="EWM_DATABASE_URL"):
        database_settings(url, tmp_path)


def test_production_is_the_default() -> None:
    assert settings.DEBUG is False
    assert (settings.LANGUAGE_CODE, settings.TIME_ZONE, settings.USE_TZ) == ("de", "Europe/Berlin", True)
    assert settings.DEFAULT_AUTO_FIELD == "django.db.models.BigAutoField"


def test_secret_key_is_made_once_and_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EWM_SECRET_KEY", raising=False)
    file = tmp_path / "data" / "secret-key"
    first = str(SecretKey(tmp_path / "data"))
    assert len(first) >= 64
    assert str(SecretKey(tmp_path / "data")) == first == file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    assert str(SecretKey(tmp_path / "other")) != first


def test_secret_key_of_the_environment_wins_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EWM_SECRET_KEY", "given")
    assert str(SecretKey(tmp_path)) == "given"
    assert not list(tmp_path.iterdir())


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(tmp_path / "secret-key"), range(40)))
    assert len(keys) == 1


def test_django_reads_the_key_as_text() -> None:
    assert Signer().unsign(Signer().sign("Metall")) == "Metall"
    assert len(str(settings.SECRET_KEY)) >= 64

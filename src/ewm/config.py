"""Where things lie: the programme's folder and the data folder, both settable by environment variables."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ewm.errors import MissingError

DATABASE_NAME = "ewm.sqlite3"

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Config:
    """Folders of one installation."""

    programme: Path
    data: Path

    @property
    def database(self) -> Path:
        """The SQLite file of capture."""
        return self.data / DATABASE_NAME

    @property
    def snapshots(self) -> Path:
        """One folder per snapshot."""
        return self.data / "snapshots"

    @property
    def results(self) -> Path:
        """One folder of results per snapshot."""
        return self.data / "results"

    @property
    def reports(self) -> Path:
        """One folder per report."""
        return self.data / "reports"


def _programme() -> Path:
    chosen = os.environ.get("EWM_PROGRAMME")
    if chosen:
        if not (Path(chosen) / "programme.toml").is_file():
            raise MissingError(
                f"EWM_PROGRAMME nennt {chosen}, dort liegt aber kein Programm (programme.toml fehlt). "
                "Bitte den Ordner des Programms angeben."
            )
        return Path(chosen)
    for home in (_PACKAGE / "programmes", _PACKAGE.parents[1] / "programmes"):
        found = sorted(path.parent for path in home.glob("*/programme.toml"))
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(path.name for path in found)
            raise MissingError(f"Es gibt mehrere Programme ({names}). Bitte mit EWM_PROGRAMME eines wählen.")
    raise MissingError("Es ist kein Programm vorhanden. Bitte mit EWM_PROGRAMME den Ordner eines Programms angeben.")


def data_folder() -> Path:
    """Read ``EWM_DATA`` (default: ``var`` in the working folder)."""
    return Path(os.environ.get("EWM_DATA", "var"))


def load_config() -> Config:
    """Read ``EWM_PROGRAMME`` (default: the one programme delivered) and ``EWM_DATA`` (default: ``var``).

    Raises MissingError where no programme, or more than one, is found.
    """
    return Config(programme=_programme(), data=data_folder())

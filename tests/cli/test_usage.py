"""What the command line says about itself: German, with exit codes, quick."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import typer

from ewm import errors
from ewm.cli.app import application
from ewm.cli.entry import run
from ewm.cli.exit_codes import EXIT_CODES

if TYPE_CHECKING:
    from collections.abc import Iterator


def commands(group: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every group and command."""
    command = group or typer.main.get_command(application())
    yield path
    for name, child in getattr(command, "commands", {}).items():
        yield from commands(child, (*path, name))


COMMANDS = list(commands())
ENGLISH = ("Usage", "Options:", "Arguments", "Commands", "Show this", "required", "[default")


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_is_german_and_complete(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*path, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Aufruf: ewm")
    assert "Zeigt diese Hilfe." in text
    assert not any(word in text for word in ENGLISH)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_has_help(path: tuple[str, ...]) -> None:
    command: Any = typer.main.get_command(application())
    for name in path:
        command = command.commands[name]
    assert command.help
    assert [param.name for param in command.params if not param.help] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gibtsnicht"], "den Befehl „gibtsnicht“ gibt es nicht"),
        (["snapshot", "lst"], "den Befehl „lst“ gibt es nicht (gemeint vielleicht: 'list')"),
        (["programme", "check", "--jsn"], "die Option „--jsn“ gibt es nicht (gemeint vielleicht: --json)"),
        (["programme", "check", "--json=1"], "die Option „--json“ steht ohne Wert"),
        (["programme", "check", "zuviel"], "zu viele Angaben: zuviel"),
        (["explain", "X-01", "--year", "2020"], "es fehlt --cluster"),
        (["explain", "--cluster", "a", "--year", "2020"], "es fehlt INDIKATOR"),
        (["explain", "X-01", "--cluster", "a", "--year", "heuer"], "--year: 'heuer' ist keine ganze Zahl"),
        (["explain", "X-01", "--cluster", "a", "--year"], "zur Option „--year“ fehlt der Wert"),
        (["records", "check", "--year", "heuer"], "--year: 'heuer' ist keine ganze Zahl"),
        (["records", "check", "--year", "0"], "--year: 0 ist kein Jahr"),
        (["records", "check", "--year", "10000"], "--year: 10000 ist kein Jahr"),
        (
            ["indicators", "run", "--cut-off", "31.12.2020"],
            "--cut-off: „31.12.2020“ ist kein Datum der Form JJJJ-MM-TT",
        ),
    ],
)
def test_wrong_usage_is_explained(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Fehler: ")
    assert said in captured.err
    assert "--help" in captured.err


def test_no_arguments_show_the_help_as_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("Aufruf: ewm")
    assert all(str(code) in captured.err for code in EXIT_CODES)


def test_every_kind_of_error_has_a_documented_exit_code() -> None:
    kinds = {
        kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.EwmError)
    }
    assert kinds <= EXIT_CODES.keys()


def loaded(*arguments: str) -> set[str]:
    """Return the packages that are loaded after a command."""
    program = "import sys; from ewm.cli.entry import run; run(sys.argv[1:]); print('\\n' + ' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_help_loads_no_room() -> None:
    assert not loaded("--help") & {"django", "pyarrow", "duckdb", "sqlglot", "rich", "yaml"}


@pytest.mark.parametrize("path", [path for path in COMMANDS if len(path) == 1], ids=" ".join)
def test_a_command_imports_the_module_of_no_other(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    alone = typer.main.get_command(application(path))
    assert list(getattr(alone, "commands", {})) == list(path)
    assert run(["--help"]) == 0
    assert f"  {path[0]} " in capsys.readouterr().out


def test_what_is_no_command_is_answered_with_all_of_them() -> None:
    for arguments in ([], ["--help"], ["explian"]):
        assert len(getattr(typer.main.get_command(application(arguments)), "commands", {})) > 8

"""What the command line says about itself, in German: help pages and errors of usage.

Typer brings English texts; this is the one place where they are replaced.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ewm.cli.exit_codes import EXIT_CODES

_VALUE = r"Invalid value for '?(?P<a>.*?)'?: "
_TEXTS = (
    (r"No such command '(?P<a>.*?)'\.(?: Did you mean (?P<b>.*)\?)?", "den Befehl „{a}“ gibt es nicht", "{b}"),
    (r"No such option: (?P<a>\S+?)(?: \(Possible options: (?P<b>.*)\))?", "die Option „{a}“ gibt es nicht", "{b}"),
    (r"Missing command\.", "es fehlt der Befehl", ""),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((?P<a>.*)\)", "zu viele Angaben: {a}", ""),
    (r"Option '?(?P<a>[-\w]+)'? requires an argument\.?", "zur Option „{a}“ fehlt der Wert", ""),
    (r"Option '?(?P<a>[-\w]+)'? does not take a value\.?", "die Option „{a}“ steht ohne Wert", ""),
    (r"Missing (?:argument|option|parameter) '(?P<a>[^']*)'.*", "es fehlt {a}", ""),
    (_VALUE + r"(?P<b>.*) is not a valid int(?: range)?\..*", "{a}: {b} ist keine ganze Zahl", ""),
    (_VALUE + r"(?P<b>\S+) is not in the range 1<=x<=9999\.", "{a}: {b} ist kein Jahr", ""),
    (_VALUE + r".*?'(?P<b>[^']*)' does not match the formats.*", "{a}: „{b}“ ist kein Datum der Form JJJJ-MM-TT", ""),
    (_VALUE + r"(?P<b>.*)", "{a}: {b}", ""),
    (r"Invalid value: (?P<b>.*)", "{b}", ""),
)


def explain(error: typer.TyperException) -> str:
    """Return the German text for an error of usage, with the way to the help page."""
    command = getattr(getattr(error, "ctx", None), "command_path", "ewm")
    return f"{_german(error.format_message())}.\nHilfe: {command} --help"


def _german(message: str) -> str:
    for pattern, german, hint in _TEXTS:
        found = re.fullmatch(pattern, message.strip(), flags=re.DOTALL)
        if found:
            parts = found.groupdict()
            suggestion = f" (gemeint vielleicht: {parts['b']})" if hint and parts["b"] else ""
            return german.format(**parts) + suggestion
    return message.rstrip(".")


class _German:
    """Help pages in German, plain enough to be copied; mixed into both kinds of command."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        command: Any = self
        formatter.write_usage(ctx.command_path, usage(command, ctx), prefix="Aufruf: ")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(inspect.cleandoc(command.help or ""))
        self._sections(ctx, formatter)

    def _sections(self, ctx: Any, formatter: Any) -> None:
        command: Any = self
        params = [param for param in command.get_params(ctx) if not param.hidden]
        arguments = [(param.metavar, param.help or "") for param in params if is_argument(param)]
        options = [option_row(param) for param in params if not is_argument(param)]
        for title, rows in (("Angaben", arguments), ("Optionen", options)):
            write_section(formatter, title, rows)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Zeigt diese Hilfe."
        return option


def usage(command: Any, ctx: Any) -> str:
    """Return what follows a command's name: its arguments, the options that it cannot do without, and the others."""
    pieces = [piece.strip("{}") for piece in command.collect_usage_pieces(ctx) if piece != "[OPTIONS]"]
    needed = [option_row(param)[0] for param in command.params if param.required and not is_argument(param)]
    return " ".join([*pieces, *needed, "[OPTIONEN]"])


def is_argument(param: Any) -> bool:
    """Whether a parameter stands without a name."""
    return bool(param.param_type_name == "argument")


def option_row(param: Any) -> tuple[str, str]:
    """Return an option as it is typed, and its help."""
    names = ", ".join(sorted(param.opts, key=len))
    return (names if param.is_flag else f"{names} {param.metavar}", param.help or "")


def write_section(formatter: Any, title: str, rows: Sequence[tuple[str, str]]) -> None:
    """Write a headed list, unless it is empty."""
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


class GermanCommand(_German, TyperCommand):
    """A command whose help is German."""


class GermanGroup(_German, TyperGroup):
    """A group of commands whose help is German; the outermost one also lists the exit codes."""

    def _sections(self, ctx: Any, formatter: Any) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(90)) for name, command in commands if command and not command.hidden]
        write_section(formatter, "Befehle", rows)
        super()._sections(ctx, formatter)
        if ctx.parent is None:
            write_section(formatter, "Rückgabewerte", [(str(code), text) for code, text in EXIT_CODES.items()])


def group(help_text: str) -> typer.Typer:
    """Return an empty group of commands."""
    return typer.Typer(
        cls=GermanGroup,
        help=help_text,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        subcommand_metavar="BEFEHL",
        context_settings={"help_option_names": ["--help", "-h"]},
    )

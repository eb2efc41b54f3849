"""The command ``ewm``: what a person types and reads. Every answer comes from another room; nothing is decided here."""

from ewm.cli.entry import main

__all__ = ["main"]

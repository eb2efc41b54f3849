"""The production set-up of docs/how-to/betreiben.md on one machine, in one temporary folder, and people who use it."""

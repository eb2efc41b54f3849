"""The report as ODT for LibreOffice and Word: the open format that administrations exchange."""

from ewm.report.office.odt.writer import write_odt

__all__ = ["write_odt"]

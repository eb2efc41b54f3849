"""The report for office programs: one list of items, written as DOCX and as ODT with the same content in both."""

from ewm.report.office.docx import write_docx
from ewm.report.office.odt import write_odt

__all__ = ["write_docx", "write_odt"]

"""The report as DOCX for Word and LibreOffice: real headings, captions, footnotes, fields and native tables."""

from ewm.report.office.docx.writer import write_docx

__all__ = ["write_docx"]

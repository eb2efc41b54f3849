"""The printed report: the document as data, the programme's Typst theme, one tagged PDF (PDF/UA-1 and PDF/A-2a)."""

from ewm.report.pdf.writer import Layout, write_pdf

__all__ = ["Layout", "write_pdf"]

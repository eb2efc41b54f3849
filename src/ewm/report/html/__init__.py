"""The report as HTML: one accessible page and a page per number, readable offline from a folder."""

from ewm.report.html.writer import write_html

__all__ = ["write_html"]

"""The web edition's first page as PDF by WeasyPrint: ``python -m benchmarks.weasyprint_process PAGE TARGET``."""

from __future__ import annotations

import sys

from weasyprint import HTML

if __name__ == "__main__":
    HTML(sys.argv[1]).write_pdf(sys.argv[2])

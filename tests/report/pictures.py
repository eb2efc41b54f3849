"""Takes the README's pictures of the report anew: builds it in a folder of its own, prints the pages that they show."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "bilder"
PAGES = {"umschlag.png": "ein Kreis je Projekt", "neue-projekte.png": "Anzahl laufender Projekte im Berichtszeitraum"}
"""File of a picture, and words that stand on its page alone (contents come before, so the last page with them)."""
DOTS_PER_INCH = 80
COLOURS = 96


def main() -> int:
    """Write the pictures; returns 1 and names the package where poppler is missing."""
    if not shutil.which("pdftoppm"):
        sys.stderr.write("Die Bilder entstehen mit pdftoppm. Auf Debian oder Ubuntu: apt-get install poppler-utils\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "EWM_DATA": folder}
        ewm = Path(sys.executable).with_name("ewm")
        subprocess.run([ewm, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
        (report,) = Path(folder).glob("reports/*/*.pdf")
        for name, words in PAGES.items():
            picture(report, page_with(report, words), PICTURES / name)
    return 0


def page_with(report: Path, words: str) -> int:
    """Return the number of the last page that has these words."""
    text = subprocess.run(["pdftotext", report, "-"], check=True, capture_output=True, text=True).stdout
    found = [number for number, page in enumerate(text.split("\f"), start=1) if words in " ".join(page.split())]
    return found[-1]


def picture(report: Path, page: int, target: Path) -> None:
    """Write one page as a small picture."""
    chosen = ["-f", str(page), "-l", str(page), "-r", str(DOTS_PER_INCH), "-png"]
    drawn = subprocess.run(["pdftoppm", *chosen, report], check=True, capture_output=True).stdout
    with Image.open(io.BytesIO(drawn)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())

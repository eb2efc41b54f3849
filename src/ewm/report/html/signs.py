"""Small drawn signs, 12 × 12 units; colours come from the stylesheet by class."""

from __future__ import annotations

from markupsafe import Markup

SIGNS = {
    "full": Markup('<circle class="solid" cx="6" cy="6" r="4.6"/>'),
    "half": Markup('<circle class="line" cx="6" cy="6" r="4.6"/><path class="solid" d="M6 1.4a4.6 4.6 0 0 0 0 9.2z"/>'),
    "withheld": Markup('<path class="line method" d="M2 2l8 8M10 2l-8 8"/>'),
    "none": Markup('<circle class="quiet" cx="6" cy="6" r="1.5"/>'),
    "project": Markup('<circle class="projects" cx="6" cy="6" r="4.6"/>'),
    "activity": Markup('<path class="activities" d="M6 .8L11.2 6 6 11.2.8 6z"/>'),
    "break": Markup('<path class="line method dashed" d="M6 0v12"/>'),
}
"""By kind of ``document.Sign``: comparability of a year, series, change of rule."""

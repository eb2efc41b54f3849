"""Figures from specs: a spec names its form and the results to draw; the form's maker turns them into chart data."""

from ewm.report.figures.make import MAKERS, make_figure

__all__ = ["MAKERS", "make_figure"]

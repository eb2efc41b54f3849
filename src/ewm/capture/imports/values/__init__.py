"""Cells become values: days, money, rates, places, yes and no, terms."""

from ewm.capture.imports.values.questions import Question, questions

__all__ = ["Question", "questions"]

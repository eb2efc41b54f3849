"""Cells become values: days, money, rates, places, yes and no, terms."""

from ewm.capture.imports.values.errors import CellError
from ewm.capture.imports.values.questions import Question, questions, readings_of

__all__ = ["CellError", "Question", "questions", "readings_of"]

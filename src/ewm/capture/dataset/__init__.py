"""The whole of capture as a dataset: every table that holds records, for people and for other programs."""

from ewm.capture.dataset.scope import Scope
from ewm.capture.dataset.writing import FORMATS, Form, dataset_into, dataset_write, form_of

__all__ = ["FORMATS", "Form", "Scope", "dataset_into", "dataset_write", "form_of"]

"""Found records and organisations against the stored ones: with a score and why, so that people can decide.

First what an earlier import has settled (``ImportedKey``), then identifiers, then names. Nothing is asked of the
database while rows are compared: what is stored is read once.
"""

from ewm.capture.imports.matching.actors import Register, actor_key
from ewm.capture.imports.matching.candidates import SURE, Candidate, Match
from ewm.capture.imports.matching.records import Records

__all__ = ["SURE", "Candidate", "Match", "Records", "Register", "actor_key"]

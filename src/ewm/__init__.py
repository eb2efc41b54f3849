"""EWM: Ergebnis- und Wirkungsmonitoring of innovation clusters."""

__version__ = "0.1.0"

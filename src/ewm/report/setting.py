"""What every part of a report is made from: facts, language, order of terms, texts of the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError
from ewm.report.bound import Bound, BoundList, mark
from ewm.report.template import OUTSIDE, environment, outside, require_proved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ewm.report.bound import Language
    from ewm.report.facts import Fact, Facts
    from ewm.report.form import Form
    from ewm.report.order import Order
    from ewm.report.template import Binder, OutsideFact


@dataclass(frozen=True, slots=True)
class Setting:
    """One report in the making; ``shared`` are the names that every template knows."""

    form: Form
    facts: Facts
    language: Language
    order: Order
    binder: Binder
    shared: Mapping[str, object]
    labels: Mapping[str, str]

    def words(self, captioned: str) -> Mapping[str, Any]:
        """Return the texts of a figure or table; raises ContentError where the language lacks them."""
        found = self.form.texts.captions.get(captioned)
        if found is None:
            raise ContentError(f"captions.yaml ({self.form.texts.language}): „{captioned}“ fehlt.")
        return found

    def fact(self, entry: Mapping[str, Any]) -> Fact:
        """Return the one fact that a spec's entry names."""
        bound = self.bound(entry)
        return bound.fact

    def bound(self, entry: Mapping[str, Any]) -> Bound:
        """Return the bound fact that a spec's entry names; raises ContentError for a whole level."""
        found = self.binder.bind(entry)
        if isinstance(found, BoundList):
            raise ContentError(f"{entry}: Hier ist ein einzelnes Ergebnis nötig, keine ganze Stufe.")
        return found

    def marked(self, fact: Fact, text: str) -> str:
        """Return a text marked with the fact that proves it."""
        return mark(fact.id, text)

    def render(
        self,
        name: str,
        text: str,
        facts: Mapping[str, Mapping[str, Any]],
        names: Mapping[str, object] | None = None,
        declared: Sequence[OutsideFact] = (),
    ) -> str:
        """Render a short template such as a headline or an alt text; errors name ``name``.

        ``declared`` are the outside facts that it may state. Raises ContentError for what nothing proves.
        """
        from jinja2 import TemplateError  # noqa: PLC0415

        if "{" not in text:  # two of three have nothing to fill in, and compiling takes a millisecond
            return text
        try:
            bound = {key: self.binder.bind(entry) for key, entry in facts.items()}
            made = environment().from_string(text).render({**self.shared, **bound, **(names or {}), OUTSIDE: outside})
            require_proved(made, declared, self.language.words)
        except TemplateError as error:
            raise ContentError(f"{name}: {error.message}") from error
        except ContentError as error:
            raise ContentError(f"{name}: {error}") from error
        return made

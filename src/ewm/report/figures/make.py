"""Makes one figure: spec to chart data, chart to SVG and specification, with caption, alt text and data table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.bound import unmarked
from ewm.report.captions import caption
from ewm.report.charts import FORMS
from ewm.report.document import FigureBlock
from ewm.report.figures.bars import blocks, multiples, shares
from ewm.report.figures.parts import Made, Maker, data_grid
from ewm.report.figures.places import districts
from ewm.report.figures.rows import envelopes, participations
from ewm.report.figures.stacks import origins, volumes, withheld
from ewm.report.figures.units import units_by_state
from ewm.report.form import caption_place
from ewm.report.template import outside_facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from ewm.report.charts.style import Style
    from ewm.report.markdown import Reader
    from ewm.report.setting import Setting

MAKERS: dict[str, Callable[[Maker], Made]] = {
    "units_by_state": units_by_state,
    "shares": shares,
    "multiples": multiples,
    "blocks": blocks,
    "envelopes": envelopes,
    "participations": participations,
    "volumes": volumes,
    "origins": origins,
    "withheld": withheld,
    "districts": districts,
}


def make_figure(setting: Setting, name: str, reader: Reader, style: Style) -> FigureBlock:
    """Make the figure of a spec; raises ContentError naming it for an unknown form, query, empty data or alt text."""
    spec = setting.form.specs.get(name)
    if spec is None or spec.get("form") not in MAKERS:
        known = ", ".join(other for other, one in setting.form.specs.items() if one.get("form") in MAKERS)
        raise ContentError(f"Die Abbildung „{name}“ gibt es nicht, oder ihre Form ist unbekannt. Vorhanden: {known}.")
    try:
        made = MAKERS[spec["form"]](Maker(setting, name, spec))
    except (KeyError, TypeError) as error:
        raise ContentError(f"figures/{name}.yaml: Angabe fehlt oder ist falsch: {error}") from error
    except ContentError as error:
        raise ContentError(f"figures/{name}.yaml: {error}") from error
    words = setting.words(name)
    place = f"captions.yaml: {name}: alt"
    declared = outside_facts(place, words.get("outside", ()))
    facts = spec.get("facts", {})
    alt = unmarked(setting.render(place, str(words.get("alt", "")), facts, made.names, declared)).strip()
    if not alt:
        place = caption_place(setting.form, name, "alt")
        raise ContentError(f"{place}: Der Alternativtext (alt) fehlt. Bitte beschreiben, was zu sehen ist.")
    form = FORMS[made.form]
    fields = caption(setting, name, spec, reader, made.names)
    drawn = form.render(made.data, style, alt, fields["caption"])
    grid = data_grid(form.describe(made.data, setting.language.formatter), fields["short"])
    return FigureBlock(
        **fields, svg=drawn.svg, spec=drawn.spec, width=drawn.width, height=drawn.height, alt=alt, data=grid
    )

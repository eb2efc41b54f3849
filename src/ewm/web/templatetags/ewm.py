"""Tags and filters of all pages: icons, marks of status and severity, numbers and dates after DIN 5008.

Numbers and dates come from the report's formatter, so a figure looks the same on a page, in the PDF and in a chart.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import template
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ewm.report.numbers import EN_DASH, FORMATTERS, NBSP, Formatter
from ewm.web.symbols import SEVERITIES, appearance_of, status_symbol

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()

_THOUSAND = 100_000  # cents


def _formatter() -> Formatter:
    return FORMATTERS["en" if (get_language() or "").startswith("en") else "de"]


@register.simple_tag
def icon(name: str, label: str = "", css: str = "i") -> SafeString:
    """Draw a symbol of the sprite; without a label it is hidden from screen readers."""
    target = f"{static('site/icons.svg')}#{name}"
    about = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="{}" {}><use href="{}"></use></svg>', css, about, target)


@register.simple_tag
def status_mark(status: str | None, label: str = "") -> SafeString:
    """Write a status as shape, word and colour; ``status`` is the term's id, ``label`` its word."""
    if not status:
        return format_html('<span class="status muted">{}</span>', label or EN_DASH)
    drawing = icon(status_symbol(status))
    return format_html('<span class="status status--{}">{}<span>{}</span></span>', status, drawing, label or status)


@register.simple_tag
def severity_mark(severity: str, *, word: bool = False) -> SafeString:
    """Draw the symbol of a severity (error, warning, hint, question); ``word=True`` writes the word beside it."""
    known = SEVERITIES[severity]
    if word:
        drawing = icon(known.symbol)
        return format_html(
            '<span class="severity severity--{}">{}<span>{}</span></span>', severity, drawing, known.word
        )
    drawing = icon(known.symbol, label=str(known.word))
    return format_html('<span class="severity severity--{}">{}</span>', severity, drawing)


@register.simple_tag(takes_context=True)
def appearance(context: template.Context) -> SafeString:
    """Write the attribute of ``<html>`` that fixes light or dark; nothing where the machine decides."""
    theme = appearance_of(context.get("request"), "theme")
    return format_html(' data-kern-theme="{}"', theme) if theme in ("light", "dark") else mark_safe("")


@register.simple_tag(takes_context=True)
def key_switch(context: template.Context) -> SafeString:
    """Write the attribute of ``<body>`` that switches single keys off where somebody chose so."""
    off = appearance_of(context.get("request"), "keys") == "off"
    return mark_safe(' data-keys="off"') if off else mark_safe("")


@register.filter
def number(value: int | None) -> str:
    """Write an integer with separated thousands; an en dash where there is none."""
    return EN_DASH if value is None else _formatter().integer(value)


@register.filter
def euro(cents: int | None) -> str:
    """Write cents in full euros with the unit: ``4.300.000 Euro``."""
    return EN_DASH if cents is None else _formatter().euros(cents)


@register.filter
def amount(cents: int | None) -> str:
    """Write cents in full euros without the unit, for columns whose head names it: ``4.300.000``."""
    return EN_DASH if cents is None else _formatter().fraction(cents, 100, 2 if cents % 100 else 0)


@register.filter
def mio(cents: int | None) -> str:
    """Write cents in short: ``4,3 Mio. Euro``, below a million in full euros."""
    return EN_DASH if cents is None else _formatter().money(cents)


@register.filter
def tsd(cents: int | None) -> str:
    """Write cents in thousands of euros without the unit: ``4.300``."""
    return EN_DASH if cents is None else _formatter().fraction(cents, _THOUSAND, 0)


@register.filter
def percent(part: int | None, whole: int = 100) -> str:
    """Write ``part`` of ``whole`` (100) as full percent: ``93 %``; an en dash where the whole is zero."""
    return EN_DASH if part is None else _formatter().percent(part, whole, 0)


@register.filter
def day(when: date | datetime | None) -> str:
    """Write a date: ``20.04.2020``."""
    return EN_DASH if when is None else _formatter().day(_local(when))


@register.filter
def clock(when: datetime) -> str:
    """Write a time of day: ``09:12 Uhr``."""
    text = f"{timezone.localtime(when):%H:%M}"
    return text if _formatter().language == "en" else f"{text}{NBSP}Uhr"


@register.filter
def moment(when: datetime | None) -> str:
    """Write date and time: ``24.11.2020, 09:12 Uhr``; midnight sharp is a day whose time nobody knows."""
    if when is None:
        return EN_DASH
    return day(when) if timezone.localtime(when).time() == time.min else f"{day(when)}, {clock(when)}"


@register.filter
def iso(when: datetime) -> str:
    """Write a moment for machines (``datetime`` of ``<time>``): to the second, with its offset."""
    return timezone.localtime(when).isoformat(timespec="seconds")


@register.filter
def recent(when: datetime | None) -> str:
    """Write a moment as one says it: ``heute, 08:54``, ``gestern``, else the date."""
    if when is None:
        return EN_DASH
    days = timezone.localdate() - _local(when)
    if days == timedelta(0):
        return _("heute, %(time)s") % {"time": f"{timezone.localtime(when):%H:%M}"}
    return _("gestern") if days == timedelta(1) else day(when)


def _local(when: date | datetime) -> date:
    if not isinstance(when, datetime):
        return when
    return timezone.localtime(when).date() if timezone.is_aware(when) else when.date()


@register.filter
def initials(name: str) -> str:
    """Shorten a name to the first letters of its first and last word: ``Jana Krüger`` to ``JK``."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()


@register.filter
def undo_url(message: Any) -> str:
    """Return where a message (Django's) can be taken back; views send ``extra_tags="undo:/address/"``."""
    tags = (getattr(message, "extra_tags", "") or "").split()
    return next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")


@register.filter
def is_optional(bound: Any) -> bool:
    """Tell whether a field may stay empty even when a record is finished.

    A form that saves drafts asks for nothing on the field itself; then ``field.optional`` tells.
    """
    return bool(getattr(bound.field, "optional", not bound.field.required))


@register.filter
def lead_in(label: str) -> str:
    """Write a label before what is said about it: with a colon, unless it asks."""
    return str(label) if str(label).endswith("?") else f"{label}:"


@register.filter
def attributes(attrs: dict[str, Any]) -> SafeString:
    """Write a widget's attributes but its class, which the template adds to its own."""
    given = {name: value for name, value in attrs.items() if name != "class" and value not in (None, False)}
    return flatatt(given)


@register.filter
def control_attributes(bound: Any) -> dict[str, Any]:
    """Return the widget's attributes of a bound field (``data-…``, ``id``), to read one of them in a template."""
    return dict(bound.field.widget.attrs)


@register.filter
def target(bound: Any) -> str:
    """Return the id that a link of the error summary leads to: the control, of several the first."""
    return bound.id_for_label or f"{bound.auto_id}_0"


@register.filter
def words(text: str) -> list[str]:
    """Split a text at its spaces."""
    return text.split()


@register.filter
def status_icon(status: str) -> str:
    """Return the name of the symbol of a status."""
    return status_symbol(status)


@register.filter
def plain(value: float | None) -> str:
    """Write a number for an attribute: with a dot, whatever the language of the page."""
    return f"{value or 0:g}"


@register.filter
def rest(value: float) -> str:
    """Write what is missing to 100, for an attribute."""
    return plain(100 - value)


@register.filter
def times(value: int, factor: int) -> int:
    """Multiply two integers."""
    return value * factor


@register.filter
def page_range(page: Any) -> list[int | None]:
    """Return the numbers of the pages that a list names, None where some are left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, page: int, key: str = "seite") -> str:
    """Return the query string of another page of this list."""
    return query(context, **{key: page})


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the query string of this page with some values changed; an empty value leaves its key out.

    ``{% query seite=2 %}`` gives ``?status=…&seite=2``.
    """
    values = context["request"].GET.copy()
    for key, value in changes.items():
        values.pop(key, None)
        if value not in (None, ""):
            values[key] = value
    return f"?{values.urlencode()}"

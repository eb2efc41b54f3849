"""What fits what is being typed, for comboboxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ewm.capture.accounts.access import needs
from ewm.capture.accounts.roles import Right
from ewm.capture.actors.places import find_places
from ewm.capture.actors.search import find_actors, known_actors, named
from ewm.capture.actors.similar import similar_names

if TYPE_CHECKING:
    from django.http import HttpRequest

_LONGEST = 300


@needs(Right.READ)
@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """Return actors whose name fits ``?suche=``: ``items`` to choose from, ``create`` to make a new one, ``similar``.

    ``similar`` (value, label, score in percent) are those whose name is so like the text that a new actor may double
    them; the list is empty where nothing is typed or nothing is alike.
    """
    text = " ".join(request.GET.get("suche", "")[:_LONGEST].split())
    known = known_actors()
    alike = similar_names(text, named(known)) if text else []
    return JsonResponse(
        {
            "items": [each.as_item() for each in find_actors(text, known)],
            "create": _("„%(text)s“ neu anlegen") % {"text": text} if text else "",
            "similar": [{"value": each.key, "label": each.name, "score": each.score} for each in alike],
        }
    )


@needs(Right.READ)
@require_safe
def places(request: HttpRequest) -> JsonResponse:
    """Return places whose name fits ``?suche=``, to choose a seat from."""
    text = " ".join(request.GET.get("suche", "")[:_LONGEST].split())
    return JsonResponse({"items": [each.as_item() for each in find_places(text)], "create": ""})

"""Every address of the site. Paths are German, as they are read; each part keeps its own list."""

from __future__ import annotations

from django.urls import include, path

from ewm.web import errors, health, kit, pages
from ewm.web.legal import views as legal
from ewm.web.start import views as start

urlpatterns = [
    path("", start.start, name="start"),
    path("auswahl/", pages.choose, name="choose"),
    path("bausteine/", kit.kit, name="kit"),
    path("gesund/lebt/", health.live, name="live"),
    path("gesund/bereit/", health.ready, name="ready"),
    path("sprache/", include("django.conf.urls.i18n")),
    path("daten/", include("ewm.web.dataset.urls")),
    path("stichtag/", include("ewm.web.cutoff.urls")),
    path("hinweise/", include("ewm.web.start.urls")),
    path("fragen/", include("ewm.capture.dialogue.urls")),
    path("anmeldung/", include("ewm.web.sign_in.urls")),
    path("projekte/", include("ewm.capture.projects.urls")),
    path("aktivitaeten/", include("ewm.capture.activities.urls")),
    path("importe/", include("ewm.capture.imports.urls")),
    path("", include("ewm.capture.conflicts.urls")),
    path("hilfe/", legal.help_page, name="help"),
    path("impressum/", legal.imprint, name="imprint"),
    path("datenschutz/", legal.privacy, name="privacy"),
    path("barrierefreiheit/", legal.accessibility, name="accessibility"),
    path("", include("ewm.capture.timeline.urls")),
    path("konto/", include("ewm.web.profile.urls")),
    path("konten/", include("ewm.web.people.urls")),
    path("akteure/", include("ewm.capture.actors.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
handler429 = errors.too_many

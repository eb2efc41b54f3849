"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from ewm.capture.imports.views import choosing, columns, listing, progress, result, rows_view

app_name = "imports"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("neu/", choosing.new, name="new"),
    path("vorlage/", choosing.template, name="template"),
    path("zuordnungen/", listing.profiles, name="profiles"),
    path("<int:number>/spalten/", columns.columns, name="columns"),
    path("<int:number>/zeilen/", rows_view.rows, name="rows"),
    path("<int:number>/entscheiden/", rows_view.decide, name="decide"),
    path("<int:number>/berichtigen/", rows_view.correct, name="correct"),
    path("<int:number>/uebernehmen/", rows_view.apply, name="apply"),
    path("<int:number>/verwerfen/", rows_view.discard, name="discard"),
    path("<int:number>/fortschritt/", progress.progress, name="progress"),
    path("<int:number>/abbrechen/", progress.cancel, name="cancel"),
    path("<int:number>/ergebnis/", result.result, name="result"),
    path("<int:number>/ergebnis/nicht-uebernommen.<str:form>", result.not_taken, name="not_taken"),
    path("<int:number>/zuruecknehmen/", result.undo, name="undo"),
]

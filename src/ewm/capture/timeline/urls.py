"""Addresses of what happened, for each kind of record."""

from __future__ import annotations

from django.urls import path

from ewm.capture.timeline import views

app_name = "timeline"
_PREFIXES = {"project": "projekte", "activity": "aktivitaeten", "actor": "akteure"}

urlpatterns = [path("zurueckgezogen/", views.withdrawn, name="withdrawn")]
for _kind, _prefix in _PREFIXES.items():
    _about, _record = {"kind": _kind}, f"{_prefix}/<str:code>"
    _version, _comment = f"{_record}/verlauf/<int:number>", f"{_record}/kommentare/<int:number>"
    urlpatterns += [
        path(f"{_record}/verlauf/", views.history, _about, name=_kind),
        path(f"{_version}/", views.version, _about, name=f"{_kind}_version"),
        path(f"{_version}/wiederherstellen/", views.restore, _about, name=f"{_kind}_restore"),
        path(f"{_comment}/", views.comment, _about, name=f"{_kind}_comment"),
        path(f"{_comment}/zurueckziehen/", views.comment_out, _about, name=f"{_kind}_comment_out"),
    ]
    if _kind != "actor":
        urlpatterns.append(path(f"{_record}/zurueckziehen/", views.withdraw, _about, name=f"{_kind}_withdraw"))

"""Projects as a kind of record that is written on one page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ewm.capture.editing.kind import Kind, Words
from ewm.capture.projects.entries import PROJECT, ProjectEntry
from ewm.capture.projects.filling import ProjectForms, new_project, stored_project
from ewm.capture.projects.services import project_update, projects_create

PROJECTS: Kind[ProjectEntry] = Kind(
    name="projects",
    shape=PROJECT,
    forms=lambda raw, stored, look: ProjectForms(raw, stored, look=look),
    new=new_project,
    written=stored_project,
    create=lambda entry: projects_create(entries=[entry]),
    change=lambda entry, version, reason: project_update(entry=entry, version=version, reason=reason),
    words=Words(
        several=_("Projekte"),
        new=_("Neues Projekt"),
        done=_("das Projekt vollständig"),
        created=_("%(code)s ist angelegt."),
        changed=_("%(code)s ist gespeichert."),
    ),
)

"""Makes the database of a trial: the small programme, two actors, one project with everything."""

from __future__ import annotations

import django

if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from ewm.capture.actors.services import actors_create
    from ewm.capture.projects.services import projects_create
    from ewm.capture.taxonomies.services import programme_load
    from tests.capture.entries import actor, project
    from tests.capture.programme import small_programme

    call_command("prepare")
    programme_load(programme=small_programme())
    actors_create(entries=[actor("A-1"), actor("A-2")])
    projects_create(entries=[project()])

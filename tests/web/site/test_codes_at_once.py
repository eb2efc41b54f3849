"""Whoever creates projects at once gets different codes: processes of their own, one database file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PROCESSES, EACH = 3, 4
CREATE = f"""
import sys
import django; django.setup()
from datetime import date
from ewm.capture.forms.raw import Raw
from ewm.capture.editing.finishing import created
from ewm.capture.projects.kind import PROJECTS
print("ready", flush=True); sys.stdin.readline()
for number in range({EACH}):
    raw = Raw.of(cluster="metall", title="Zugleich", is_rdi="ja", support_start="20.4.2020", status="preparation",
                 action_field="metall-2014-fachkraeftematrix", project_volume="1 Mio", project_volume_regional="1 Mio",
                 funding_state="sought", **{{"partners-0-name": "Werk GmbH", "partners-0-actor_type": "company",
                 "partners-0-seat": "12", "partners-0-role": "lead"}})
    forms = PROJECTS.forms_of(raw, None)
    assert forms.is_right(), forms.problems()
    print(created(PROJECTS, forms), flush=True)
"""


def test_all_get_codes_of_their_own(loaded_programme: Path, tmp_path: Path) -> None:
    data = shutil.copytree(loaded_programme, tmp_path / "var")
    given = {"EWM_DATA": str(data), "DJANGO_SETTINGS_MODULE": "ewm.web.site", "EWM_DATABASE_URL": ""}
    environment = os.environ | given
    creators = [
        subprocess.Popen(
            [sys.executable, "-c", CREATE], env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(PROCESSES)
    ]
    for each in creators:  # all begin when all are ready
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    codes = [code for each in creators for code in each.communicate("los\n", timeout=120)[0].split()]
    assert sorted(codes) == [f"MET-2020-P{number:02d}" for number in range(1, PROCESSES * EACH + 1)]
    assert {each.returncode for each in creators} == {0}

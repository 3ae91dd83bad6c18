# Casebook: `make run`, then open what it prints. Needs Python 3.11 or newer and make; everything else comes with it.

PORT ?= 8000
DATA_DIR ?= .data
ARGS ?=
export PORT DATA_DIR

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes --only-binary :all:
SUITABLE := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2])
SOURCES := cases tracker config tests manage.py

.PHONY: run test fmt lint bench chaos worker lock messages

run: $(VENV)/runs
	@$(PY) manage.py up

# Its processes start hundreds more, and without bytecode each would compile Casebook anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/tests
	@$(PY) -m pytest --numprocesses $$($(PY) -c "import os; print(1 + (os.cpu_count() or 2))") --dist worksteal $(ARGS)

fmt: $(VENV)/tests
	@$(PY) -m ruff check --fix-only --quiet $(SOURCES)
	@$(PY) -m ruff format $(SOURCES)

lint: $(VENV)/tests
	@$(PY) -m ruff check $(SOURCES)
	@$(PY) -m ruff format --check $(SOURCES)
	@$(PY) -m mypy .

bench: $(VENV)/tests
	@$(PY) manage.py bench $(ARGS)

# Kills and restarts everything while reminders fall due: ARGS="--seconds 60 --words 200 --seed 7".
chaos: export PYTHONDONTWRITEBYTECODE :=
chaos: $(VENV)/runs
	@$(PY) manage.py chaos $(ARGS)

worker: $(VENV)/runs
	@$(PY) -m celery --app config.celery worker $(ARGS)

# The locks from their .in files, to the newest versions that fit together.
LOCK := -m piptools compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-annotate \
	--no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links
lock: $(VENV)/tests
	@for name in requirements requirements-s3 requirements-dev; do \
		$(PY) $(LOCK) --output-file $$name.txt $$name.in || exit 1; done

# The .mo files are committed: a fresh machine has no msgfmt.
messages: $(VENV)/tests
	@$(PY) -c "import glob, polib; [polib.pofile(po).save_as_mofile(po[:-2] + 'mo') for po in glob.glob('*/locale/*/*/*.po')]"

$(VENV)/runs: requirements.txt | $(PY)
	@echo "Installing what Casebook runs on (only when requirements.txt changes) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/tests: requirements-dev.txt $(VENV)/runs
	@echo "Installing what the tests need (only when requirements-dev.txt changes) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(PY):
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3; do \
		if $$python -c "$(SUITABLE)" 2>/dev/null; then exec $$python -m venv $(VENV); fi; \
	done; echo "Casebook needs Python 3.11 or newer with venv (on Debian: apt install python3-venv)." >&2; exit 1

# Two commands are enough: `make run` and `make test`. The rest is for people who work on it.

PYTHON ?= python3
PORT   ?= 8501
CASES  ?= 60000,1000000
VENV   := .venv
PY     := $(VENV)/bin/python
UV     := $(VENV)/bin/uv

# Compiled modules are kept whatever the machine's habit: tests and commands start many processes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check demo reference bench coverage attack trial format pins clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.runtime ## Install what is needed, make demonstration data if there are none, start the dashboard
	@$(PY) -m analytics demo --if-missing
	@$(PY) -m analytics snapshots rebuild --if-needed
	@echo "Dashboard: http://127.0.0.1:$(PORT)   (Strg+C / Ctrl+C beendet / stops)"
	@$(VENV)/bin/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.development ## Install development tools and a browser, run everything
	@sh tests/browser.sh
	@$(MAKE) --no-print-directory check
	@echo "== Published numbers, properties, pages"
	@# In this order: files of few tests that take long would else come last, and one worker would wait.
	@$(PY) -m pytest tests/property tests/integration tests/pages tests/reference -n 2 --dist loadfile --no-loadscope-reorder
	@echo "== Browser"
	@# Test by test, not by file: one file opens every page and would keep one of two workers waiting.
	@$(PY) -m pytest tests/e2e -n 2 --dist load --maxschedchunk 1
	@echo "== Notebooks"
	@$(PY) -m analytics demo --if-missing --cases 8000 --store build/notebooks
	@$(PY) -m analytics snapshots rebuild --if-needed --store build/notebooks
	@EWG_STORE=$(CURDIR)/build/notebooks $(PY) -m pytest --nbmake notebooks -n 0

check: $(VENV)/.development ## The fast part: style, types, layers, unit and architecture tests
	@echo "== Style (ruff), types (mypy), layers (import-linter)"
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo 2>/dev/null || $(VENV)/bin/lint-imports
	@echo "== Unit and architecture tests"
	@$(PY) -m pytest tests/unit tests/architecture -n 2 --dist loadfile

demo: $(VENV)/.runtime ## Make a new demonstration snapshot
	@$(PY) -m analytics demo

reference: $(VENV)/.runtime ## Rebuild the reference data from their official sources
	@$(PY) -m analytics reference

bench: $(VENV)/.development ## Measure speed against a bare scan, a usual implementation and a plain page
	@sh tests/browser.sh
	@$(PY) -m analytics bench --cases $(CASES)

coverage: $(VENV)/.runtime ## Simulate whether intervals and verdicts keep what they promise (about an hour, resumable)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 EWG_THREADS=1 $(PY) -m analytics coverage

attack: $(VENV)/.runtime ## Play attackers on both editions of the store and keep what they could tell (about half an hour)
	@$(PY) -m analytics attack --keep

trial: $(VENV)/.runtime ## Write every figure in every form to build/trial; AGAINST=folder tells what differs
	@$(PY) -m analytics trial -o build/trial $(if $(AGAINST),--against $(AGAINST))

format: $(VENV)/.development ## Bring the code into its one form
	@$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format .

pins: $(VENV)/.tools ## Compile the exact versions from requirements*.in
	@$(UV) pip compile -q --no-header --no-emit-index-url --no-emit-find-links requirements.in -o requirements.txt
	@$(UV) pip compile -q --no-header --no-emit-index-url --no-emit-find-links requirements-dev.in -c requirements.txt -o requirements-dev.txt

clean: ## Remove the environment and caches; data stay
	@rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache

$(VENV)/.tools:
	@echo "== Making the Python environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make run PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@touch $@

$(VENV)/.runtime: requirements.txt $(VENV)/.tools
	@echo "== Installing the pinned packages"
	@$(UV) pip install --quiet --python $(PY) -r requirements.txt
	@# Lets notebooks and scripts in other folders import analytics.
	@$(PY) -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "project.pth").write_text("$(CURDIR)\n")'
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@echo "== Installing the development tools"
	@$(UV) pip install --quiet --python $(PY) -r requirements-dev.txt
	@touch $@

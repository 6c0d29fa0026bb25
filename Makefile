# Everything that is done with the project. `make help` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
# Two more than there are processors: many tests wait now and then, for a browser or a server.
PYTEST = pytest --numprocesses $$(( $$(getconf _NPROCESSORS_ONLN) + 2 )) --maxprocesses 6 --dist worksteal
# What is tested again on PostgreSQL each time: whatever has statements of its own, and a taker's whole way.
CONSOLE := audit_page invitations isolation results_table second_step sessions team
TAKERS := deleting finishing_early taker_journey
ON_POSTGRESQL := tests/store tests/services tests/cli/test_backup_commands.py tests/cli/test_jobs_command.py \
  $(CONSOLE:%=tests/hr/test_%.py) $(TAKERS:%=tests/web/test_%.py)
BIN := $(VENV)/bin
export HOST ?= 127.0.0.1
export PORT ?= 8000
export WORKERS ?= 1
export PATH := $(CURDIR)/$(BIN):$(PATH)
export FLASK_APP := app
# A root user in a container is no reason for advice.
export PIP_ROOT_USER_ACTION := ignore
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## List what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.PHONY: run
run: set-up ## Serve the quiz, by default on SQLite at http://127.0.0.1:8000
	@tools/check-port "$(HOST)" "$(PORT)"
	@flask db upgrade
	@flask team setup
	@echo "Rolefit is at http://$(HOST):$(PORT)/ (stop it with Ctrl+C)"
	@# Ctrl+C lets requests under way end, for five seconds; the systemd unit gives them thirty.
	@# The worker comes after the server, not to slow its start, comes back if it falls, and goes when the server does.
	@(until sleep 5; flask jobs work --beside "$$$$"; do :; done) & \
	exec granian --interface wsgi --host "$(HOST)" --port "$(PORT)" --workers "$(WORKERS)" \
	  --blocking-threads 3 --no-ws --log-level warning --respawn-failed-workers --workers-kill-timeout 5 app:app

.PHONY: test
test: set-up-tests ## Run all tests, and on PostgreSQL again many that reach a database
	$(PYTEST) $(ARGS)
	@# 5 says that no test was chosen: ARGS may choose some that reach no database.
	tools/with-postgresql $(PYTEST) -m database $(if $(findstring tests/,$(ARGS)),,$(ON_POSTGRESQL)) $(ARGS) || [ $$? -eq 5 ]

.PHONY: test-sqlite
test-sqlite: set-up-tests ## Run all tests on SQLite, those in a browser included
	$(PYTEST) $(ARGS)

.PHONY: test-postgresql
test-postgresql: set-up-tests ## Run all tests on PostgreSQL, those in a browser included
	tools/with-postgresql $(PYTEST) $(ARGS)

.PHONY: test-faults
test-faults: set-up-tests ## Kill, stop and fill things while hundreds answer, and count (`make test` has a short form)
	FAULTS=whole pytest tests/faults $(ARGS)

.PHONY: soak
soak: set-up-tests ## Half an hour of takers, campaigns and HR at half of capacity
	python -m bench.soak $(ARGS)

.PHONY: check
check: set-up-tests ## Run the linters, the type checker and the pack check
	ruff check .
	ruff format --check .
	mypy --strict quiz/core quiz/packs quiz/store quiz/services quiz/present
	djlint templates --lint --quiet
	flask pack check
	pytest tests/test_house.py

.PHONY: format
format: set-up-tests ## Put the code in shape
	ruff format .
	ruff check --fix .

.PHONY: bench
bench: set-up-tests ## Measure speed, as ratios to a bare Flask application
	python -m bench.serve
	python -m bench.score
	python -m bench.scale

.PHONY: scan
scan: set-up ## Let a scanner loose on a site of its own (wapiti)
	tools/scan

.PHONY: audit
audit: ## Ask the public lists of known weaknesses about every library
	tools/audit

.PHONY: sbom
sbom: ## Write the bill of materials to var/sbom.json (CycloneDX)
	tools/audit --bill

.PHONY: clean
clean: ## Remove what was made (the database in var/ stays)
	rm -rf $(VENV) .venv-scan .venv-audit .mypy_cache .pytest_cache .ruff_cache .hypothesis var/static
	find . -name __pycache__ -prune -exec rm -rf {} +

# What the others need first ---------------------------------------------------------------------------------------

.PHONY: set-up
set-up: $(VENV)/run.done quiz/translations/es/LC_MESSAGES/messages.mo

.PHONY: set-up-tests
set-up-tests: $(VENV)/tests.done set-up
	@tools/install-chromium
	@tools/install-redis
	@tools/install-postgresql

$(VENV)/made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	@# Debian keeps venv's pip in a package of its own.
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || tools/install-debian python3-venv
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/run.done: requirements.txt $(VENV)/made
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	touch $@

$(VENV)/tests.done: requirements-dev.txt requirements.txt $(VENV)/made
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	touch $@ $(VENV)/run.done

%.mo: %.po $(VENV)/run.done
	pybabel --quiet compile --input-file $< --output-file $@

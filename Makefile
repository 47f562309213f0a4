# jifen: `make run` opens the sample village, `make test` proves the whole house.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: run install dev test check bench understand lock clean

run: install
	@$(BIN)/jifen run

install: $(VENV)/.installed

dev: $(VENV)/.developed

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "jifen needs Python 3.11 or newer; this is $$($(PYTHON) --version)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing jifen into $(VENV) ..."
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.developed: requirements-dev.lock $(VENV)/.installed
	@echo "Installing the test tools into $(VENV) ..."
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# Everything that can run on this machine; what cannot is skipped by name and counted.
test: dev
	@$(BIN)/python -m tests.prepare
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(PYTEST_ARGS)

check: dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: dev
	@$(BIN)/python -m tests.prepare
	@$(BIN)/python -m tests.benchmarks

# How well the village's example messages are read; fails below the targets.
understand: dev
	@$(BIN)/python -m tests.bot.understanding.measure $(UNDERSTAND_ARGS)

# Needs uv on the PATH; run after changing dependencies in pyproject.toml.
lock:
	@uv pip compile pyproject.toml --group build --python-version 3.11 --universal --generate-hashes --no-emit-index-url --quiet --no-header -o requirements.lock
	@uv pip compile pyproject.toml --group build --group dev -c requirements.lock --python-version 3.11 --universal --generate-hashes --no-emit-index-url --quiet --no-header -o requirements-dev.lock

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis

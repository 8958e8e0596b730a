# Every target sets up what it needs; the machine brings make and Python 3.11 or newer.
# Without make: README.md has the plain commands.
.POSIX:
.PHONY: site serve test test-full lint constraints clean

PYTHON ?= python3
DATA ?= sample
STUDIES ?= reference
BIN = .venv/bin
READY = .venv/installed
QUIET = $$(test -t 1 || echo --quiet)

site: $(READY)
	$(BIN)/python scripts/build.py all --data $(DATA) --studies $(STUDIES)

serve: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs serve

test: lint site
	REMEMBER=1 $(BIN)/python -m pytest -n 2 --dist loadgroup -m "not full"

test-full: lint site
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python scripts/lint_javascript.py
	$(BIN)/zizmor --offline --quiet --persona pedantic .

# What CI and the published site install: pins what is new in pyproject.toml, keeps the other pins.
constraints: $(READY)
	$(BIN)/python scripts/constraints.py

# The environment and downloaded data stay: they are slow to bring back.
clean:
	rm -rf .cnnfilters build dist site .hypothesis .mypy_cache .pytest_cache .ruff_cache

# uv takes a third of pip's time. It does not read pip's settings: where only those name a mirror,
# pip installs.
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("make: Python 3.11 or newer is needed, try: make PYTHON=python3.13" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip uv
	$(BIN)/uv pip install --python $(BIN)/python --compile-bytecode $(QUIET) -e . --group dev || \
	  $(BIN)/python -m pip install $(QUIET) -e . --group dev
	@touch $(READY)

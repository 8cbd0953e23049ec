# `make run` and `make test` need nothing but Python 3.11: they set up what they use.
NIANBAO := .venv/bin/nianbao
PYTHON := .venv/bin/python

.PHONY: run test test-slow lint format accuracy notebook setup clean

run: setup
	@$(NIANBAO) demo

# One worker more than there are cores, as many tests wait for a delay; a file's tests stay together, so that what they
# share is made once. The longest files stand early in the alphabet: begun in this order, none is left for the end.
WORKERS := $(shell cores=$$(nproc 2>/dev/null || echo 1); echo $$((cores < 4 ? cores + 1 : 4)))
PYTEST := $(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# Hundreds of processes start in a run of the tests; importing Prefect without its bytecode takes three times as long.
unexport PYTHONDONTWRITEBYTECODE

test: setup
	@$(PYTEST) -m "not slow"

# What needs long: many thousands of generated documents, many scans.
test-slow: setup
	@$(PYTEST) -m slow

lint: setup
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

format: setup
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

# Measures the golden set, beside other tools in an environment of their own, and writes docs/accuracy.md.
accuracy: setup
	@$(PYTHON) -m benchmarks.accuracy

# Runs docs/notebook.ipynb anew and keeps what it shows.
notebook: setup
	@scripts/notebook

setup:
	@scripts/setup

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Two commands matter: `make run` and `make test`. Both need only Python 3.11+, pip and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export PYTHONPATH := src
export PYTHONDONTWRITEBYTECODE :=
ALL_TESTS := -n 2 --dist loadfile

.PHONY: run test test-fast test-random test-transaction matrix mutants drills drills-slow fuzz audit sbom check bench bench-peers bench-quick \
  format openapi docs lock clean

run: $(VENV)/.run
	@exec $(BIN)/python -m integration_api demo --serve

# All of it by two processes, file by file; what ARGS name, by one.
test: $(VENV)/.dev
	$(BIN)/python -m pytest $(or $(ARGS),$(ALL_TESTS))

# The inner loop: on SQLite, in this process alone, without what takes seconds.
test-fast: $(VENV)/.dev
	$(BIN)/python -m pytest $(ALL_TESTS) -m "not postgresql and not processes and not thorough" $(ARGS)

# All of it in an order made by a seed, which is printed; `ARGS="-p randomly --randomly-seed=7"` names one.
test-random: $(VENV)/.dev
	$(BIN)/python -m pytest $(ALL_TESTS) $(or $(ARGS),-p randomly)

# kill -9 under load, five times the load it can take, memory: in full, with figures. `make test` runs them in short.
drills: $(VENV)/.dev
	$(BIN)/python -m tests.drills $(ARGS)

# Ten thousand requests made from the OpenAPI document, as every role, on both databases: for a nightly run.
fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.fuzz $(ARGS)

# 500 half-open requests against the bare server and the shipped proxy configuration; needs `haproxy` on the PATH.
drills-slow: $(VENV)/.dev
	$(BIN)/python -m tests.drills.slow

# Known holes in what is served. Fails where something is found, and where it could not be checked.
audit: $(VENV)/.audit
	$(BIN)/python -m tests.supply

# What is served, part by part, with hashes (CycloneDX).
sbom: $(VENV)/.audit
	mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements.lock --of JSON -o build/sbom.json

# The same with changes applied as short transactions, the way of a PostgreSQL that is distributed by clinic.
test-transaction: $(VENV)/.dev
	TEST_POSTGRES_APPLY=transaction $(BIN)/python -m pytest $(or $(ARGS),$(ALL_TESTS))

# Asks for every operation as everybody and writes down what was told. Read what it prints: to commit it is to decide it.
matrix: $(VENV)/.dev
	$(BIN)/python -m tests.matrix

# Takes one protection out at a time, in a copy, and proves that a test sees it; about ten minutes.
mutants: $(VENV)/.dev
	$(BIN)/python -m tests.mutants $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy tests
	$(BIN)/mypy benchmarks

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Needs `wrk` on the PATH. `benchmarks/README.md` says what is measured and how.
bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks.run $(ARGS)

# The packages of the peers, outside the tree; needs `npm` for the one in JavaScript.
bench-peers: $(VENV)/.bench
	$(BIN)/python -m benchmarks.peers.install

bench-quick: $(VENV)/.bench
	$(BIN)/python -m benchmarks.run --quick $(ARGS)

# The committed openapi.json and the catalogues under docs/ are generated; a test compares them with the code.
openapi docs: $(VENV)/.run
	$(BIN)/python -m integration_api openapi --write

# Needs `uv` on the PATH. The locks carry hashes and name no host.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --group dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock
	uv pip compile pyproject.toml --group dev --group bench -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-bench.lock
	uv pip compile pyproject.toml --group dev --group audit -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-audit.lock
	for peer in drf ninja; do uv pip compile benchmarks/peers/$$peer/requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o benchmarks/peers/$$peer/requirements.lock; done

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s" -m integration_api "$$@"\n' "$(CURDIR)/src" "$(CURDIR)/$(BIN)/python" > $(BIN)/integration-api
	@chmod +x $(BIN)/integration-api
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.audit: requirements-audit.lock $(VENV)/.dev
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

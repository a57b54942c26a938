# Two commands matter: `make run` and `make test`. Both need only Python 3.11+, pip and make. `make help` lists the others.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export PYTHONPATH := src
export PYTHONDONTWRITEBYTECODE :=
CLIENTS := clients/python/.venv
ALL_TESTS := -n 2 --dist loadfile
FRONT_ENDS := phone desk admin
CLIENT := clients/typescript/dist/index.js
CLIENT_SOURCES := $(shell find clients/typescript/src -name "*.ts")

# $(call needs,COMMAND,HINT) ends the target with one sentence if COMMAND is not on the PATH.
needs = @command -v $(1) >/dev/null 2>&1 || { echo "make $@ needs \`$(1)\` on the PATH, and there is none: $(2)." >&2; exit 1; }

.PHONY: help run test test-fast test-rest test-browser test-typescript test-random test-transaction document fhir matrix costs mutants \
  drills drills-slow previous fuzz audit sbom check package clients clients-check check-deploy check-alerts image-drill release clients-typescript front-ends new-resource check-resource words hooks \
  bench bench-peers bench-quick format openapi docs lock clean

help: ## List the targets
	@sed -n -E 's/^([a-z][a-z -]*):.*## (.*)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '  %-18s %s\n' "$$name" "$$text"; done

run: $(VENV)/.run ## Install, migrate, make a demo clinic and serve it on port 8000
	@exec $(BIN)/python -m integration_api demo --serve

test: $(VENV)/.dev ## Run the tests on SQLite, and on PostgreSQL what a database decides, in two processes; ARGS="tests/..." runs all of those alone in one
	$(BIN)/python -m pytest $(if $(ARGS),-m "not browser and not node" $(ARGS),$(ALL_TESTS))

test-fast: $(VENV)/.dev ## Run the inner loop: SQLite, no servers, nothing that is slow or asks every operation
	$(BIN)/python -m pytest $(ALL_TESTS) -m "not postgresql and not processes and not thorough and not browser and not node" $(ARGS)

test-rest: $(VENV)/.dev ## Run what `test` leaves out: rooms on PostgreSQL, the widest sweeps, tests of tools
	$(BIN)/python -m pytest $(ALL_TESTS) -m rest $(ARGS)

test-browser: $(VENV)/.browser $(CLIENT) $(FRONT_ENDS:%=frontends/%/node_modules) ## Run the tests that need a real browser (needs chromium and npm)
	$(call needs,chromium,install the package chromium)
	$(BIN)/python -m pytest tests/browser -m browser -n 2 --dist loadfile $(ARGS)

test-typescript: $(VENV)/.dev $(CLIENT) ## Run the tests of the TypeScript client in Node (needs npm)
	$(BIN)/python -m pytest tests/typescript -m node $(ARGS)

test-random: $(VENV)/.dev ## Run the same in an order made by a seed; ARGS="-p randomly --randomly-seed=7" names one
	$(BIN)/python -m pytest $(ALL_TESTS) --hypothesis-profile=default $(or $(ARGS),-p randomly)

document: $(VENV)/.dev ## Read openapi.json with linters and generators of others; three minutes (needs npm and java)
	$(call needs,node,install Node.js 20.19 or newer)
	$(call needs,npm,install Node.js 20.19 or newer)
	$(call needs,java,install a Java runtime of version 11 or newer)
	@$(BIN)/python -m tests.document

fhir: $(VENV)/.dev $(VENV)/fhirpy/.ready ## Validate what FHIR serves with Medplum and with HL7's schema too (needs npm)
	$(call needs,node,install Node.js 20.19 or newer)
	$(call needs,npm,install Node.js 20.19 or newer)
	@$(BIN)/python -m tests.fhir

drills: $(VENV)/.dev ## Kill servers under load, flood them, watch their memory; prints figures
	$(BIN)/python -m tests.drills $(ARGS)
	$(if $(ARGS),,TEST_FEED_WALKS=12 $(BIN)/python -m pytest $(ALL_TESTS) tests/resources/delivery/test_random_feeds.py)

previous: $(VENV)/.dev ## When a release is made: record its Statements, for the upgrade test of the next
	$(BIN)/python -m tests.upgrades.recorded

fuzz: $(VENV)/.dev ## Send ten thousand generated requests as every role, on both databases
	$(BIN)/python -m tests.fuzz $(ARGS)

drills-slow: $(VENV)/.dev ## Hold 500 half-open requests against the server and the shipped proxy (needs haproxy)
	$(call needs,haproxy,install the package haproxy)
	$(BIN)/python -m tests.drills.slow

audit: $(VENV)/.audit ## Look for known vulnerabilities in what is served; fails if it cannot check
	$(BIN)/python -m tests.supply

sbom: $(VENV)/.audit ## List the served packages with hashes (CycloneDX) in build/sbom.json
	mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements.lock --of JSON -o build/sbom.json

test-transaction: $(VENV)/.dev ## Run all tests with changes applied as short transactions, as on Citus
	TEST_POSTGRES_APPLY=transaction $(BIN)/python -m pytest -m "not browser and not node" $(or $(ARGS),$(ALL_TESTS))

matrix: $(VENV)/.dev ## Rewrite docs/access-matrix.md and access-fields.md; review the diff line by line: committing it approves these permissions
	$(BIN)/python -m tests.matrix

costs: $(VENV)/.dev ## Rewrite tests/costs/costs.json; review the diff line by line: committing it accepts these costs
	$(BIN)/python -m tests.costs

mutants: $(VENV)/.dev ## Remove one protection at a time, in a copy, and prove that a test fails (ten minutes)
	$(BIN)/python -m tests.mutants $(ARGS)

check: $(VENV)/.dev ## Check format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy tests
	$(BIN)/mypy benchmarks
	$(BIN)/mypy scaffold
	$(BIN)/mypy -p integration_journal -p generate_client
	$(BIN)/mypy clients/python/examples

clients: $(CLIENTS)/.ready ## Write the generated modules of the Python client from openapi.json
	PYTHONPATH=clients/python $(CLIENTS)/bin/python -m generate_client

clients-check: $(CLIENTS)/.ready ## Fail if `make clients` would change something; build the wheel, install it and import it
	PYTHONPATH=clients/python $(CLIENTS)/bin/python -m generate_client --check
	rm -rf build/clients
	$(CLIENTS)/bin/python -m build --wheel --no-isolation --outdir build/clients clients/python >/dev/null
	$(CLIENTS)/bin/python -m pip install -q --disable-pip-version-check --force-reinstall --no-deps --no-index build/clients/*.whl
	$(CLIENTS)/bin/python -I -c "from integration_journal import Journal, operations; print(operations.read_me().path, Journal.__module__)"

package: $(CLIENTS)/.ready $(VENV)/.run ## Build the wheel of the product in build/package, fail if something is not in it, and run its command
	rm -rf build/package
	$(CLIENTS)/bin/python -m build --wheel --no-isolation --outdir build/package . >/dev/null
	$(CLIENTS)/bin/python -m tests.package build/package/*.whl $(BIN)/python

release: $(CLIENTS)/.ready $(VENV)/.audit ## Build, check and sign a release in build/release: KEY=/path/to/release.key (needs npm)
	@test -n "$(KEY)" || { echo "make release needs KEY=/path/to/release.key: docs/releasing.md says how to make one." >&2; exit 1; }
	$(BIN)/python -m tests.release check
	$(MAKE) front-ends ARGS=--check
	rm -rf build/release && mkdir -p build/release
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(CLIENTS)/bin/python -m build --no-isolation --outdir build/release . >/dev/null
	$(CLIENTS)/bin/python -m tests.package build/release/*.whl $(BIN)/python
	cp requirements.lock requirements-pdf.lock requirements-telemetry.lock build/release
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --of JSON -o build/release/sbom.cdx.json
	$(BIN)/python -m tests.release finish build/release $(KEY)

check-deploy: $(VENV)/.dev $(VENV)/compose/.ready ## Check the units, the proxy's configuration and the Compose file with tools of others (needs systemd, haproxy)
	$(call needs,systemd-analyze,install the package systemd)
	$(call needs,haproxy,install the package haproxy)
	$(BIN)/python -m tests.check_deploy $(VENV)/compose/bin/check-jsonschema

image-drill: $(VENV)/.dev ## Build the container image and run it as the Compose file does (needs buildah, debootstrap, haproxy, and root)
	$(call needs,buildah,install the package buildah)
	$(call needs,debootstrap,install the package debootstrap)
	$(call needs,haproxy,install the package haproxy)
	$(BIN)/python -m tests.drills.image $(ARGS)

check-alerts: $(VENV)/.dev ## Check alerts and dashboards with Prometheus's own tools, and make the alerts fire (needs prometheus)
	$(call needs,promtool,install the package prometheus)
	$(BIN)/python -m tests.alerts

new-resource: $(VENV)/.run $(VENV)/.dev ## Write a resource of five operations: NAME=medicines AREA=care [ONE=medicine]
	@$(BIN)/python -m scaffold new "$(NAME)" "$(AREA)" $(ONE)

check-resource: $(VENV)/.dev ## Say what a resource still lacks, rule by rule: NAME=medicines
	@$(BIN)/python -m scaffold check "$(NAME)"

words: $(VENV)/.dev ## Check the words of docstrings, comments and documents against docs/style.md
	$(BIN)/python -m pytest tests/architecture/test_words.py tests/architecture/test_documents.py

hooks: $(VENV)/.dev ## Check format, lint, types and words before each commit (needs pre-commit)
	$(call needs,pre-commit,pip install pre-commit)
	pre-commit install

format: $(VENV)/.dev ## Format the code and fix what the linter can fix
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.bench ## Compare with peers and with the limit of this machine (needs wrk); see benchmarks/README.md
	$(call needs,wrk,install the package wrk)
	$(BIN)/python -m benchmarks.run $(ARGS)

bench-peers: $(VENV)/.bench ## Install the peers outside the tree (needs npm)
	$(call needs,npm,install Node.js)
	$(BIN)/python -m benchmarks.peers.install

bench-quick: $(VENV)/.bench ## Compare with the limit of this machine alone (needs wrk)
	$(call needs,wrk,install the package wrk)
	$(BIN)/python -m benchmarks.run --quick $(ARGS)

clients-typescript: ## Generate, check and compile the TypeScript client (needs npm); ARGS=--check writes nothing, and fails if it is stale
	$(call needs,npm,install Node.js)
	cd clients/typescript && npm ci --silent && npm run --silent generate -- $(ARGS) && npm run --silent build

clients/typescript/node_modules: clients/typescript/package-lock.json
	$(call needs,npm,install Node.js)
	cd $(@D) && npm ci --silent
	@touch $@

$(CLIENT): clients/typescript/node_modules clients/typescript/tsconfig.json $(CLIENT_SOURCES)
	cd clients/typescript && npm run --silent build

frontends/%/node_modules: frontends/%/package-lock.json | $(CLIENT)
	$(call needs,npm,install Node.js)
	cd $(@D) && npm ci --silent
	@touch $@

front-ends: $(CLIENT) $(FRONT_ENDS:%=frontends/%/node_modules) ## Build what is served at /phone/, /desk/ and /admin/ (needs npm); ARGS=--check writes nothing, and fails if it is stale
	for name in $(FRONT_ENDS); do (cd frontends/$$name && npm run --silent check) || exit 1; done
	$(PYTHON) frontends/build.py $(ARGS)

# A test compares the committed documents with the code.
openapi docs: $(VENV)/.run ## Write openapi.json and the generated catalogues in docs/
	$(BIN)/python -m integration_api openapi --write

# The locks carry hashes and name no host.
lock: ## Write the hashed lock files (needs uv)
	$(call needs,uv,see https://docs.astral.sh/uv/ or pip install uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --group dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock
	uv pip compile pyproject.toml --extra metrics --extra traces -c requirements.lock -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-telemetry.lock
	uv pip compile pyproject.toml --extra pdf -c requirements.lock -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-pdf.lock
	uv pip compile pyproject.toml --group dev --group bench -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-bench.lock
	uv pip compile pyproject.toml --group dev --group browser -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-browser.lock
	uv pip compile pyproject.toml --group dev --group audit -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-audit.lock
	uv pip compile clients/python/requirements.in -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o clients/python/requirements.lock
	uv pip compile tests/object_store/requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o tests/object_store/requirements.lock
	uv pip compile tests/fhir/fhirpy/requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o tests/fhir/fhirpy/requirements.lock
	uv pip compile tests/compose/requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o tests/compose/requirements.lock
	uv pip compile tests/document/requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o tests/document/requirements.lock
	for peer in drf ninja; do uv pip compile benchmarks/peers/$$peer/requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o benchmarks/peers/$$peer/requirements.lock; done

clean: ## Remove the virtual environment
	rm -rf $(VENV) $(CLIENTS)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  found=$$($(PYTHON) --version 2>/dev/null) || found="not on the PATH"; \
  echo "This project needs Python 3.11 or newer, and \`$(PYTHON)\` is $$found." >&2; \
	  echo "Install one, or name it: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This project needs the modules venv and ensurepip of \`$(PYTHON)\` (on Debian and Ubuntu: the package python3-venv)." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s" -m integration_api "$$@"\n' "$(CURDIR)/src" "$(CURDIR)/$(BIN)/python" > $(BIN)/integration-api
	@chmod +x $(BIN)/integration-api
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run $(VENV)/object-store/.ready
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# A FHIR client of others, apart: it is for `make fhir` alone.
$(VENV)/fhirpy/.ready: tests/fhir/fhirpy/requirements.lock | $(VENV)/bin/python
	@$(PYTHON) -m venv $(VENV)/fhirpy
	$(VENV)/fhirpy/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r tests/fhir/fhirpy/requirements.lock
	@touch $@

# The schema of the Compose specification, and a program that knows it, apart: they are for `make check-deploy` alone.
$(VENV)/compose/.ready: tests/compose/requirements.lock | $(VENV)/bin/python
	@$(PYTHON) -m venv $(VENV)/compose
	$(VENV)/compose/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r tests/compose/requirements.lock
	@touch $@

# A real S3-compatible server for tests, apart: it needs older libraries.
$(VENV)/object-store/.ready: tests/object_store/requirements.lock | $(VENV)/bin/python
	@$(PYTHON) -m venv $(VENV)/object-store
	$(VENV)/object-store/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r tests/object_store/requirements.lock
	@touch $@

$(CLIENTS)/.ready: clients/python/requirements.lock | $(VENV)/bin/python
	@$(PYTHON) -m venv $(CLIENTS)
	$(CLIENTS)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r clients/python/requirements.lock
	@touch $@

$(VENV)/.audit: requirements-audit.lock $(VENV)/.dev
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $@

$(VENV)/.browser: requirements-browser.lock $(VENV)/.dev
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-browser.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

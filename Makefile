# Everything runs in .venv, made here from the locked requirements. See CONTRIBUTING.md.
SHELL := /bin/bash
BIN := .venv/bin
CODE := ledger reports web migrations tests
# program:package, for Debian
PROGRAMS := chromium:chromium hledger:hledger qpdf:qpdf pdfinfo:poppler-utils

# An empty environment will do. The tests start PostgreSQL, which asks root for useradd.
PATH ?= /usr/local/bin:/usr/bin:/bin
export PATH := $(PATH):/usr/sbin:/sbin
# The first Python from 3.11 on that can make an environment; PYTHON=/a/path/python3 chooses one.
SUITS := import ensurepip, sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell PATH="$(PATH)"; for one in python3.{11..15} python3; do "$$one" -c "$(SUITS)" 2> /dev/null && echo "$$one" && break; done)
NO_PYTHON := Hourstead needs Python 3.11 or newer with venv (Debian: python3-venv). PYTHON=/a/path/python3 names another.
# Certificates as the machine trusts them; patience where the line is slow.
export UV_SYSTEM_CERTS := 1
export UV_HTTP_TIMEOUT := 180
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: install run-only demo test test-slow quick check mutants format architecture lock bench bench-peers gallery system clean

install: .venv/dev.stamp
run-only: .venv/run.stamp

$(BIN)/uv: requirements-build.lock
	@"$(PYTHON)" -c "$(SUITS)" 2> /dev/null || { echo "$(NO_PYTHON)"; exit 1; }
	"$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-build.lock
	@touch $@

.venv/run.stamp: $(BIN)/uv requirements.lock pyproject.toml
	$(BIN)/uv pip install --quiet --python .venv --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python .venv --no-deps --no-build-isolation --config-setting editable_mode=compat -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	$(BIN)/uv pip install --quiet --python .venv --require-hashes -r requirements-dev.lock
	@touch $@

demo: run-only
	$(BIN)/hourstead demo

# From nothing to every test passed. In CI the system programs come first, and a skipped test is a failure.
test: $(if $(CI),system) install
	$(MAKE) --no-print-directory check
	$(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=json:var/coverage.json --cov-report=
	$(BIN)/python -m tests.house.coverage var/coverage.json

# ONLY=3 runs reliability test 3 whole and nothing else; SEED=7 repeats a run.
test-slow: install
	$(BIN)/pytest --whole $(if $(SEED),--seed $(SEED)) $(if $(ONLY),-m "" -k reliability_$(ONLY)_,-m "slow or share")

# Small faults put into the books' core, and whether the quick tests notice them. ONLY=chain tries one module,
# ONLY=left what outlived the last run.
mutants: install
	$(BIN)/python -P tests/house/mutants.py $(ONLY)

check: install
	$(BIN)/ruff check $(wildcard $(CODE))
	$(BIN)/ruff format --check --quiet $(wildcard $(CODE))
	$(BIN)/mypy $(wildcard $(CODE))
	$(BIN)/pytest -q tests/house

# What changed since main, in under a minute: lint, types, the tests of the folders touched (SQLite only).
quick: install
	$(BIN)/ruff check --quiet $(wildcard $(CODE))
	$(BIN)/ruff format --check --quiet $(wildcard $(CODE))
	$(BIN)/python -m tests.house.quick

format: install
	$(BIN)/ruff check --fix --quiet $(wildcard $(CODE))
	$(BIN)/ruff format $(wildcard $(CODE))

# The diagrams of docs/architecture.md, from the imports.
architecture: install
	$(BIN)/python -m tests.house.architecture

bench: install
	$(BIN)/hourstead bench

# Beside other ledgers for Python, in an environment of their own: python-accounting, or on URL=postgresql://... django-hordak.
bench-peers: install
	$(BIN)/python -m tests.peers var/peers $(if $(URL),--url $(URL))

gallery: run-only
	$(BIN)/hourstead demo --dir var/gallery --no-serve

# Chromium, hledger, qpdf and poppler, which the tests drive; only what is missing.
system:
	@packages=; \
	for pair in $(PROGRAMS); do \
	  command -v $${pair%%:*} > /dev/null || packages="$$packages $${pair##*:}"; \
	done; \
	[ -z "$$packages" ] && exit 0; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	for pause in 5 20 60 0; do \
	  $$sudo apt-get update -q && \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$packages fonts-dejavu-core \
	    && exit 0; \
	  echo "make system: trying again in $$pause s"; sleep $$pause; \
	done; \
	echo "make system: could not install:$$packages"; exit 1

# Newest versions that fit the .in files, with hashes and without addresses.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: $(BIN)/uv
	$(COMPILE) --upgrade requirements-dev.in -o requirements-dev.lock
	$(COMPILE) -c requirements-dev.lock requirements.in -o requirements.lock
	$(COMPILE) -c requirements-dev.lock requirements-build.in -o requirements-build.lock

clean:
	rm -rf .venv var build *.egg-info .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Everything here needs only Python >= 3.11, make and a package index.
# The marks under .venv say which lock file was installed last, so that a second call costs nothing.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help install postgres demo run test check bench torture format clean chromium
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv .venv

.venv/.installed: requirements.lock | .venv/bin/python
	@echo "installing what the bot needs ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	@echo "installing what the tests need ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.installed-postgres: requirements-postgres.lock .venv/.installed
	@echo "installing what PostgreSQL needs ..."
	@$(PIP) install --require-hashes -r requirements-postgres.lock
	@touch $@

.venv/.installed-bench: requirements-bench.lock .venv/.installed
	@echo "installing what the benchmarks need ..."
	@$(PIP) install --require-hashes -r requirements-bench.lock
	@touch $@

# Python finds the program from any folder: a technician's commands are not given in the checkout.
.venv/.found: | .venv/.installed
	@echo '$(CURDIR)' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/minsheng.pth"
	@touch $@

install: .venv/.installed .venv/.found ## make .venv with all that `.venv/bin/python -m bot` needs
	@$(BIN)/python -m compileall -qq bot handlers locales storage \
		|| echo "nothing can be written here: each start of the bot takes half a second longer"

postgres: .venv/.installed-postgres ## what BOT_DATABASE=postgresql://... needs besides

demo: install ## the whole bot on this machine, with a page of chats; no token, no network
	@$(BIN)/python -m bot demo

run: install ## the bot; BOT_TOKEN in the environment or in .env
	@$(BIN)/python -m bot run

test: .venv/.installed-dev chromium ## lint, types, import contract, catalogues, all tests
	@./.ci/check

check: .venv/.installed-dev ## the same without installing a browser
	@./.ci/check

chromium:
	@./.ci/chromium

bench: .venv/.installed-bench install ## ratios against bare bots (docs/figures.md, docs/performance.svg), then ledger, clock, digest at a million
	@$(BIN)/python -m bench --table docs/figures.md --picture docs/performance.svg
	@$(BIN)/python -m bench.ledger
	@$(BIN)/python -m bench.reminders
	@$(BIN)/python -m bench.digest

torture: .venv/.installed-dev ## kills, faults and many people for half an hour, then a reconciliation; TORTURE="--kills 60 …"
	@$(BIN)/python -m tests.faults.torture $(TORTURE)

format: .venv/.installed-dev ## format and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

clean: ## remove what was installed and made
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist

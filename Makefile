# Everything starts here, on a machine with Python 3.11 or newer and make.
.DEFAULT_GOAL := help
.PHONY: help run setup test test-long programs pictures check bench bench-letters bench-many format migrate translations lock
MAKEFLAGS += --no-print-directory

# The first that is new enough; the lock was made with 3.11. The system's own comes first where it
# is whole: it was built with profiles and runs everything faster than one built by hand.
NEW := import sys; assert sys.version_info >= (3, 11)
PYTHONS := /usr/bin/python3 python3.11 python3.12 python3.13 python3.14 python3
PYTHON ?= $(shell for module in ensurepip sys; do for p in $(PYTHONS); do \
	$$p -c "$(NEW); import $$module" 2>/dev/null && echo $$p && exit; done; done)
PORT ?= 8000
BIN := .venv/bin
READY := .venv/.ready
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard backoffice/translations/id/LC_MESSAGES/*.po))
export PIP_DISABLE_PIP_VERSION_CHECK = 1

# Debian leaves ensurepip out of Python; without it there is no virtual environment.
define ENSUREPIP
$(PYTHON) -c 'import ensurepip' 2>/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get -qq update && apt-get -qq install -y python3-venv >/dev/null; } \
	|| { echo "This Python lacks ensurepip: sudo apt-get install python3-venv"; exit 1; }
endef

help: ## what can be asked for
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1: \2/p' Makefile

run: setup ## the product with its demo offices on http://127.0.0.1:8000
	@$(BIN)/backoffice demo
	@echo "Paraf: http://127.0.0.1:$(PORT)  (Ctrl+C menghentikan)"
	@$(BIN)/backoffice work & worker=$$!; trap "kill $$worker 2>/dev/null" EXIT; \
	$(BIN)/gunicorn wsgi:app --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --log-level warning

setup: $(READY) $(CATALOGUES)

$(READY): requirements.lock pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up .venv; this takes a minute or two, once."
	@$(ENSUREPIP)
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

%.mo: %.po $(READY)
	@$(BIN)/pybabel --quiet compile --locale id --input-file $< --output-file $@

test: setup programs ## every test, on SQLite and PostgreSQL and in Chromium
	$(BIN)/pytest -n 3 --dist worksteal -m "not long"

test-long: setup programs ## the big figures
	PARAF_TEST_LONG=1 $(BIN)/pytest -n 2 --dist worksteal
	$(BIN)/python -m bench --cases 10000 100000 --database sqlite postgresql

pictures: setup programs ## every page on a desk and on a phone, in build/pictures and docs/pictures
	$(BIN)/python -m tests.browser.pictures

programs: # Chromium and LibreOffice, which only the tests need
	@sh tests/programs.sh

check: setup ## style, types and which room may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup ## pages and an action beside bare SQL and a stock view (ARGS="--cases 100000")
	$(BIN)/python -m bench $(ARGS)

bench-letters: setup ## letters a second beside plain python-docx and docxtpl
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r bench/requirements.txt \
		--target build/docxtpl --upgrade
	PYTHONPATH=build/docxtpl $(BIN)/python -m bench.letters

bench-many: setup ## 10,000 letters asked for at once: time and memory
	$(BIN)/python -m bench.many $(ARGS)

format: setup ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

migrate: setup ## bring the database to the schema of this code
	$(BIN)/backoffice migrate

translations: setup ## collect the sentences of the code into the catalogue and compile it
	@mkdir -p build
	$(BIN)/pybabel --quiet extract -F backoffice/translations/babel.cfg -k _ -k _l -k ngettext:1,2 \
		--no-location --sort-output -o build/messages.pot \
		. "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
	$(BIN)/pybabel --quiet update -i build/messages.pot -d backoffice/translations -l id \
		--no-fuzzy-matching --ignore-obsolete --width=100
	@$(MAKE) setup

lock: setup ## write requirements.lock anew from pyproject.toml
	$(BIN)/pip-compile --quiet --allow-unsafe --extra dev --generate-hashes --strip-extras \
		--no-emit-find-links --no-emit-index-url --no-emit-trusted-host \
		--output-file requirements.lock pyproject.toml

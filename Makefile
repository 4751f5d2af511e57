# Every target sets up what it needs by itself: `make serve` and `make test` are all a newcomer types.
.DEFAULT_GOAL := help
VENV   := .venv
STAMP  := $(VENV)/.ready
TESTS  := $(VENV)/.tests
FONTS  := generator/web/node_modules/.ready
BROWSER_READY := $(VENV)/.browser
NGINX_READY := $(VENV)/.nginx
SERVERS := tests/servers/node_modules/.ready
TEST_SITE := .cache/test-site
INSTALL := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps
export NO_MKDOCS_2_WARNING := 1
# Containers often set it. Then every worker and every process of a test compiles all Python anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup setup-test serve build test test-all static test-site lint check refresh bench replay pictures wheel clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(STAMP) $(FONTS) ## set up what building and serving need: .venv and the front-end files

setup-test: setup $(TESTS) ## the same, and what tests and measurements need beyond it

serve: setup ## build the site and serve it at http://127.0.0.1:8000
	$(VENV)/bin/almanac serve

build: setup ## build the site into site/
	$(VENV)/bin/almanac build

test: setup-test $(BROWSER_READY) $(NGINX_READY) $(SERVERS) ## lint, types, unit tests and browser tests
	@# The site that the tests open is built while the code is read.
	@$(MAKE) --no-print-directory -j2 static test-site
	ALMANAC_TEST_SITE=$(TEST_SITE) $(VENV)/bin/pytest

test-all: export ALMANAC_TESTS = full
test-all: test ## the same, with every loop of kills, mutations and random needs at full size

static: setup-test $(SERVERS) ## ruff, mypy, the checks of the scripts and the check of the catalog
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m tests.javascript
	$(VENV)/bin/almanac check

wheel: setup ## build the wheel, with all that a site is made of, into dist/
	rm -rf dist
	$(VENV)/bin/python -m generator.site.carried .cache/wheel
	ALMANAC_FRONT_END=$(CURDIR)/.cache/wheel $(VENV)/bin/python -m pip wheel --quiet \
	  --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

test-site: setup ## build the site that the tests open
	$(VENV)/bin/almanac build --strict --site-dir $(TEST_SITE)

lint: setup-test $(SERVERS) ## format and fix what can be, then check types
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m tests.javascript --fix

check: setup ## check the committed catalog and the files people edit
	$(VENV)/bin/almanac check

refresh: setup ## make the catalog again from the pinned packages
	$(VENV)/bin/almanac refresh --pinned

bench: setup-test $(BROWSER_READY) ## measure the build, the pages and the playground; writes docs/benchmarks.md
	$(VENV)/bin/python -m tests.bench $(PARTS)

replay: setup-test ## refresh over the history of two sources; writes docs/replay.md
	$(VENV)/bin/python -m tests.bench.replay

pictures: setup-test $(BROWSER_READY) ## take the pictures of the documentation again
	$(VENV)/bin/python -m tests.site.pictures

clean: ## remove what the other targets made
	rm -rf $(VENV) site .cache generator/web/node_modules tests/servers/node_modules tests/bench/node_modules

# pyenv's shims answer to names they cannot run, so each candidate is tried, not only looked up.
$(STAMP): requirements.lock requirements-node.lock pyproject.toml
	@set -e; found=; \
	for python in $(PYTHON) python3.14 python3.13 python3.12 python3 python \
	    $$(ls -d $${PYENV_ROOT:-$$HOME/.pyenv}/versions/3.1[2-9]*/bin/python 2>/dev/null); do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then \
	    found=$$python; break; fi; done; \
	if [ -z "$$found" ]; then \
	  echo "model-almanac: no Python 3.12 or newer (with venv) was found." >&2; \
	  echo "  Install one (Debian or Ubuntu: apt install python3 python3-venv; macOS: brew install python;" >&2; \
	  echo "  any system: pyenv install 3.13), or name one: make setup PYTHON=/path/to/python3.13" >&2; \
	  exit 2; fi; \
	echo "Setting up $(VENV) with $$found ($$("$$found" -V))"; \
	if [ -L $(VENV) ]; then rm $(VENV); fi; \
	"$$found" -m venv --clear $(VENV)
	@# The locks are whole, so pip resolves nothing: otherwise it asks for the newest release of what another package
	@# requires with an extra (google-auth[requests]), which fails the day that release is not the locked one.
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-build-isolation -e .
	@if ! command -v node >/dev/null || ! command -v npm >/dev/null; then \
	  echo "This machine has no Node.js with npm; its Python package stands in"; \
	  $(INSTALL) --require-hashes -r requirements-node.lock; fi
	$(VENV)/bin/python -m pip check --quiet
	@touch $@

$(TESTS): $(STAMP) requirements-test.lock
	$(INSTALL) --require-hashes -r requirements-test.lock
	$(VENV)/bin/python -m pip check --quiet
	@touch $@

$(FONTS): $(STAMP) generator/web/package.json generator/web/package-lock.json
	$(VENV)/bin/python -m generator.site.frontend
	@touch $@

$(SERVERS): $(STAMP) tests/servers/package.json tests/servers/package-lock.json
	$(VENV)/bin/python -m generator.site.frontend tests/servers
	@touch $@

$(NGINX_READY): $(TESTS)
	$(VENV)/bin/python -m tests.nginx
	@touch $@

$(BROWSER_READY): $(TESTS)
	$(VENV)/bin/python -m tests.browser
	@touch $@

# landeff: the two commands are `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
EXTRAS := dev,raster,match,stats
GIS_PICTURES ?= /tmp/landeff-gis
# In the order of the folders: the slow ones come first, so that no worker is left with a long file.
PYTEST_ARGS ?= -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help demo env test lint maps sample browser check-gis bench clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "landeff needs Python 3.11 or newer; set PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[match]'
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[$(EXTRAS)]'
	@touch $@

demo: $(VENV)/installed ## install, run the sample city, write maps/ and say where to look
	$(BIN)/landeff demo

maps: demo ## the same as demo

browser: ## Chromium and Chinese fonts for the browser tests
	@sh tests/browser/install.sh

env: $(VENV)/installed-dev ## what tests and lint need, in .venv

test: $(VENV)/installed-dev browser ## every test
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(VENV)/installed-dev ## ruff, mypy --strict and the import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-gis: $(VENV)/installed ## a run in QGIS and LibreOffice, with pictures to look at (installs both)
	@sh tests/gis/install.sh
	LANDEFF=$(BIN)/landeff sh tests/gis/check.sh $(GIS_PICTURES)

bench: $(VENV)/installed ## measuring, matching of names and rules beside the usual calls
	$(BIN)/python benchmarks/measure.py
	$(BIN)/python benchmarks/names.py
	$(BIN)/python benchmarks/rules.py

sample: $(VENV)/installed ## remake data/ from its seed
	$(BIN)/landeff sample data

clean: ## remove what was made here, the environment included
	rm -rf $(VENV) maps/result maps/*.html maps/*.xlsx maps/*.gpkg maps/manifest.json .pytest_cache .mypy_cache .ruff_cache

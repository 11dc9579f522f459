# Two commands matter: `make demo` and `make test`. Everything runs inside .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DATA ?= var
# Test modules that run side by side; each worker holds the models, about 3 GB.
JOBS ?= 2
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format bench llm messages screenshots clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 13

setup: $(READY) ## make the virtual environment and install pinned dependencies

# torch first and alone: resolved among others it may come with gigabytes for a GPU.
$(READY): pyproject.toml constraints.txt requirements-nodeps.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' || \
	  { echo "Pincite needs Python 3.11 or 3.12: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@echo "setting up $(VENV) (some minutes the first time)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) torch==2.13.0 -c constraints.txt
	@$(PIP) -e '.[dev]' -c constraints.txt
	@$(PIP) --no-deps -r requirements-nodeps.txt
	@touch $(READY)

demo: $(READY) ## ingest the sample corpus and serve it on 127.0.0.1:8000
	@PINCITE_DATA_DIR=$(DATA) $(BIN)/pincite ingest corpora/sample
	@PINCITE_DATA_DIR=$(DATA) $(BIN)/pincite serve --try corpora/sample/questions.toml

test: $(READY) ## every check: lint, types, tests
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

lint: $(READY) ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(READY) ## rewrite the code in the one format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY) ## measure speed and accuracy over the real corpus (PINCITE_TEST_CORPUS)
	@$(BIN)/python -m eval.speed

llm: $(READY) ## answer with a real small model, and check what comes of it (fetches 90 MB once)
	@$(BIN)/python -m eval.llm.small_model $(DATA)/llm -- \
	  $(BIN)/python -m pytest -q tests/service/generating/test_real_model.py

messages: $(READY) ## bring the catalogues of the pages' strings up to date (service/web/locale)
	@$(BIN)/python -m service.web.messages

screenshots: $(READY) ## pictures of each page and theme, into var/screenshots; DOCS=1: docs/ too
	@$(BIN)/python -m eval.screenshots $(DATA)/screenshots $(if $(DOCS),--docs)

clean: ## remove the virtual environment and caches; data in var/ stays
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info

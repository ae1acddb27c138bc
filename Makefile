# make run    set up and serve the dashboard          make test   set up and pass every test
# make lint   style and types                         make data   rebuild data/ from its sources
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test lint data browser clean

run: $(VENV)/.run
	$(BIN)/streamlit run serve.py --server.port $(PORT)

test: $(VENV)/.dev browser
	$(BIN)/pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

data: $(VENV)/.dev
	$(BIN)/python -m geo.build

browser: $(VENV)/.dev
	PATH="$(CURDIR)/$(BIN):$$PATH" ./tests/browser/install_chromium.sh

$(VENV)/.run: requirements.txt constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements.txt --constraint constraints.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-build.txt requirements-dev.txt constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements-dev.txt --constraint constraints.txt
	touch $(VENV)/.run $@

clean:
	rm -rf $(VENV)

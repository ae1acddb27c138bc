# make run    set up and serve the dashboard          make test   set up and pass every test
# make lint   style and types                         make data   rebuild data/ from its sources
# make audit  known vulnerabilities of what is pinned    make bench  speed, beside other ways to do the same
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test lint data bench audit browser clean

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

bench: $(VENV)/.bench browser
	$(BIN)/python -m benchmarks $(BENCH)

audit: $(VENV)/.dev $(VENV)/audit
	$(BIN)/python -m deploy.audit $(VENV)/audit/bin/pip-audit

browser: $(VENV)/.dev
	PATH="$(CURDIR)/$(BIN):$$PATH" ./tests/browser/install_chromium.sh
	./tests/browser/install_nginx.sh

$(VENV)/.run: requirements.txt constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements.txt --constraint constraints.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-build.txt requirements-dev.txt constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements-dev.txt --constraint constraints.txt
	touch $(VENV)/.run $@

$(VENV)/.bench: requirements-bench.txt $(VENV)/.dev
	$(BIN)/pip install --quiet --requirement requirements-bench.txt --constraint constraints.txt
	touch $@

$(VENV)/audit: requirements-audit.txt
	$(PYTHON) -m venv $@
	$@/bin/pip install --quiet --requirement $<
	touch $@

clean:
	rm -rf $(VENV)

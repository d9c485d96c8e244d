# Needs Python 3.11 or later, make and a package index; everything else goes into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STORE ?= kg-store
# On a terminal tables fit it; into a log they are this wide.
KG := { [ -t 1 ] || export COLUMNS=100; } && $(BIN)/kg

.PHONY: help demo test lint types outside clean

help:
	@echo "make demo   read the sample articles, print who leads what and who trades, and draw graph.html"
	@echo "make test   everything that must hold: style, types, tests"
	@echo "make outside  measure on other people's annotation, if it is there"
	@echo "make clean  remove what make has made"

demo: .venv/.installed
	@$(KG) build seeds/articles --store $(STORE)
	@echo && echo "Who holds which office:" && $(KG) query leaders --store $(STORE)
	@echo && echo "Who trades with whom:" && $(KG) query trade --store $(STORE)
	@echo && $(KG) view --store $(STORE) --output graph.html
	@echo "Next: $(BIN)/kg query    (all questions)    $(BIN)/kg --help"

test: lint types
	$(BIN)/pytest

lint: .venv/.developed
	$(BIN)/ruff check

types: .venv/.developed
	$(BIN)/mypy

# Stamps: installed again only when what is installed changes. The code itself is used in place.
.venv/.created:
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.developed: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

outside: .venv/.installed
	@$(BIN)/python benchmarks/outside.py

clean:
	rm -rf .venv $(STORE) graph.html build dist .mypy_cache .pytest_cache .ruff_cache

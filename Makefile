# Needs Python 3.11 or later, make and a package index; everything else goes into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STORE ?= kg-store
PAGE := kg/serve/page
# On a terminal tables fit it; into a log they are this wide.
KG := { [ -t 1 ] || export COLUMNS=100; } && $(BIN)/kg

.PHONY: help demo test lint types page outside clean

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

test: lint types page
	$(BIN)/pytest

lint: .venv/.developed
	$(BIN)/ruff check

types: .venv/.developed
	$(BIN)/mypy

# The page's own check, where Node.js is; pip builds the page itself (hatch_build.py).
page: .venv/.developed
	@if command -v node >/dev/null && [ -d $(PAGE)/node_modules ]; then cd $(PAGE) && npx tsc --noEmit; \
	else echo "The types of the page are not checked: Node.js or its packages are not there."; fi

# Stamps: installed again only when what is installed changes. The code itself is used in place.
.venv/.created:
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.created pyproject.toml hatch_build.py $(shell find $(PAGE) -path '*/node_modules' -prune -o -type f -print)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.developed: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

outside: .venv/.installed
	@$(BIN)/python benchmarks/outside.py

clean:
	rm -rf .venv $(STORE) graph.html build dist .mypy_cache .pytest_cache .ruff_cache

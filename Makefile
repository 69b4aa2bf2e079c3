# `make demo` and `make test` need nothing but Python >= 3.11 with venv, pip and make.
PYTHON ?= python3
BIN := .venv/bin
CORPUS ?= ../shared

.PHONY: demo run test check eval clean

demo: .venv/.run
	@$(BIN)/newswire-monitor demo

run: .venv/.run
	@$(BIN)/newswire-monitor run

test: .venv/.dev
	$(BIN)/pytest -q

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Scores the shipped rules on hand-labelled items, where such a corpus is at hand.
eval: .venv/.run
	@for set in dev releases; do \
	  echo "== $$set"; \
	  $(BIN)/newswire-monitor classify $(CORPUS)/corpus/$$set.jsonl > .venv/$$set.predictions.jsonl && \
	  $(PYTHON) $(CORPUS)/eval/score.py $(CORPUS)/corpus/$$set.labels.jsonl .venv/$$set.predictions.jsonl; \
	done

.venv/bin/pip:
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/pip pyproject.toml constraints.txt
	@echo "Installing (once) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/.dev: .venv/.run
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf .venv

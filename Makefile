# Everything goes through .venv, made on first use and again when its inputs change.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := .demo
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
PIP := $(BIN)/python -m pip install --disable-pip-version-check -qq --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo test lint check bench fix chat clean models

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (a few minutes the first time) …"
	@$(PIP) --editable .
	@touch $@

$(READY_DEV): $(READY)
	@echo "Installing what the tests need …"
	@$(PIP) --editable '.[dev]'
	@touch $@

models: $(READY) ## Pull and verify the embedded models
	@$(BIN)/yinju models pull

# Prints a command as a reader would type it, then runs it.
say = @echo; echo '$$ $(1)'; PATH="$(CURDIR)/$(BIN):$$PATH" YINJU_LIBRARY=$(DEMO)/library $(1)

demo: models ## The whole job on seeds/: ingest, ask, summarise, score
	$(call say,yinju ingest seeds/*.txt seeds/*.md)
	$(call say,yinju ask "2024年的会议部署了哪些重点任务？")
	$(call say,yinju ask "What does the glossary say a compliance cycle is?")
	$(call say,yinju summarize 2025-meeting.txt en-ngo-brief.md --out $(DEMO)/summaries)
	$(call say,python -m eval faithfulness $(DEMO)/summaries --out $(DEMO)/faithfulness.jsonl)
	@echo; echo "Open the chat with: make chat"; echo "打开聊天界面：make chat"

test: $(READY_DEV) models ## Set up and run all tests
	@$(BIN)/python -m pytest

lint: $(READY_DEV) ## Format, lint and types, without tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

check: lint test ## Everything that must pass before a commit

fix: $(READY_DEV) ## Format and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY_DEV) models ## Time what users wait for, as medians and ratios
	@$(BIN)/python -m eval bench

chat: models ## Open the chat on the demo library
	@$(BIN)/yinju chat --library $(DEMO)/library

clean: ## Remove the environment and what the demo wrote
	rm -rf $(VENV) $(DEMO) *.egg-info

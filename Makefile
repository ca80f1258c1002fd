# Every verb of the project. `make` alone lists them.
# Paths are relative on purpose: the folder's name may hold a space.

PY := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export PYTHONWARNINGS := ignore::DeprecationWarning

.DEFAULT_GOAL := list
# One step after the other, with `make -j` as well: they share one environment and one model.
.NOTPARALLEL:
.PHONY: list setup setup-dev chat serve test lint train parse replay report bench clean lock \
  full-tensorflow lean-tensorflow test-unit test-talk test-rasa test-web test-scale

list:
	@echo "Afterword. Two commands are enough: make chat, make test."
	@grep -E '^[a-z-]+:.*##' Makefile | sed -e 's/:.*##/\t/' | expand -t 18

setup: ## set up Python, the environment and the project
	@sh scripts/setup

setup-dev:
	@sh scripts/setup dev

chat: setup ## talk to it in the terminal
	@$(PY) -m addons.cli chat

serve: setup ## serve the website channel, and Telegram where a token is given
	@$(PY) -m addons.cli serve

train: setup ## train the model if the content changed
	@$(PY) -m addons.cli train

# Nothing but their lines may stand on their output.
parse: ## JSON lines of texts in, what is understood out
	@sh scripts/setup >&2
	@$(PY) -m addons.cli train >&2
	@$(PY) -m addons.cli parse

replay: ## JSON lines of conversations in, what is answered out
	@sh scripts/setup >&2
	@$(PY) -m addons.cli train >&2
	@$(PY) -m addons.cli replay

report: setup ## figures on understanding, into docs/understanding.md
	@$(PY) -m addons.cli report

lint: setup-dev ## style, types and content
	@echo "lint: style"; $(PY) -m ruff check . && $(PY) -m ruff format --check --quiet .
	@echo "lint: types"; $(PY) -m mypy
	@echo "lint: content"; $(PY) -m addons.cli lint

test: lint train test-unit test-talk test-rasa test-web ## every check of the project
	@echo "test: everything passed"

test-unit: setup-dev
	@echo "test: units"; $(PY) -m pytest tests/unit tests/faults -n 2 --ignore tests/unit/web --ignore tests/unit/telegram
	@echo "test: servers"; $(PY) -m pytest tests/unit/web && $(PY) -m pytest tests/unit/telegram

test-talk: setup-dev train
	@echo "test: replayed conversations"; $(PY) -m pytest tests/conversations

test-rasa: setup-dev train
	@echo "test: rasa data validate"; sh scripts/rasa-quietly data validate --fail-on-warnings
	@echo "test: rasa test"; sh scripts/rasa-quietly test core --stories tests/stories --model models --out results --fail-on-prediction-errors

test-web: setup-dev train
	@sh scripts/test-web

test-scale: setup-dev train ## two workers, PostgreSQL and Redis on this machine, one killed half way
	@sh scripts/test-scale

bench: setup train ## speed and memory, beside Rasa's default pipeline
	@sh scripts/bench

lock: setup-dev ## lock the packages again, after a change in pyproject.toml
	@sh scripts/lock

full-tensorflow: setup ## the real TensorFlow, for components that need it (DIET, TED)
	@sh scripts/tensorflow full

lean-tensorflow: setup ## back to the lean one
	@sh scripts/tensorflow lean

clean: ## remove what was made: environment, models, results (not your data in var/)
	@rm -rf .venv .uv models results reports .rasa *.egg-info .ruff_cache .mypy_cache .pytest_cache .hypothesis
	@echo "clean: done; your data in var/ was left alone"

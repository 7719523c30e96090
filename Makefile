# One command a chore. `make run` and `make test` set up everything they need.
PYTHON ?= python3.11
RAW ?= data/raw/sample_2024
NAME := $(notdir $(patsubst %/,%,$(RAW)))
VAR ?= var/$(if $(filter sample_2024,$(NAME)),sample,$(NAME))
DUBAN := .venv/bin/duban
READY := .venv/ready

.PHONY: run test check format sample serve clean backtest bench dictionary lock setup

# The sample year is replayed month by month; any other folder is judged once, as of AS_OF or today.
run: $(READY)
ifeq ($(NAME),sample_2024)
	$(DUBAN) replay --from 2024-02 --to 2024-10 --raw $(RAW) --var $(VAR)
else
	$(DUBAN) run --raw $(RAW) --var $(VAR) $(if $(AS_OF),--as-of $(AS_OF))
endif
	@$(DUBAN) status --var $(VAR)

test: $(READY)
	.venv/bin/pytest $(PYTEST)

check: $(READY)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/sqlfluff lint --processes 2 sql

format: $(READY)
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

sample: $(READY)
	.venv/bin/python data/sample_year/generate.py --out data/raw/sample_2024

serve: $(READY)
	$(DUBAN) serve --raw $(RAW) --var $(VAR)

backtest: $(READY)
	.venv/bin/python -m flows.backtest $(DATA) $(if $(OUT),--out $(OUT))

# BENCH="--sizes 2850 --runs 1" for a whole country, BENCH="--keep" to commit to the new numbers.
bench: $(READY)
	.venv/bin/python benchmarks/bench.py $(BENCH)

# The data dictionary, from the comments of the last published database.
dictionary: $(READY)
	.venv/bin/python -m flows.dictionary $(VAR)/published/duban.duckdb > docs/data_dictionary.md

setup: $(READY)

# The lock is complete, so pip resolves nothing: its resolver would look beyond the pins of packages with extras.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	.venv/bin/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

# Resolve the lock anew; hashes only, no addresses.
lock:
	.venv/bin/pip install --quiet uv
	.venv/bin/uv pip compile --quiet --upgrade --extra dev --extra scale --generate-hashes --python-version 3.11 \
		--no-header --no-annotate --no-strip-extras --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv var build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

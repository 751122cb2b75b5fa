# Everything a newcomer needs: `make demo` runs the product, `make test` tests it.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# Some machines forbid it: then every process of a demo compiles thousands of files anew.
export PYTHONDONTWRITEBYTECODE :=

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv and install the locked packages

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "Python 3.11, 3.12 or 3.13 is needed; name one with: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $(READY)

demo: setup ## run one business day of three invented practices, end to end
	$(BIN)/revcycle demo

up: setup ## the same, and stay: Prefect UI, payer, mail page, workbench
	$(BIN)/revcycle up

# Four on two cores: some tests wait for servers, and three would leave a core idle a quarter of the time.
# In the order of folders: the files that take minutes come first, not at the end with one core idle.
test: setup ## run all tests
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

check: setup ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup ## put every file into the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: setup ## take the pictures of the documentation anew, from a demo of its own
	$(BIN)/revcycle demo --encounters 8 --home .revcycle/screenshots
	REVCYCLE_HOME=.revcycle/screenshots $(BIN)/python -m tests.pages.take_screenshots

bench: setup ## run the benchmarks and write benchmarks/latest.json
	$(BIN)/python -m benchmarks.run

bench-suggest: setup ## measure suggested codes on phrases and notes of known codes (../shared/data)
	$(BIN)/python -m benchmarks.suggest

crash-test: setup ## kill the demo at ten random moments and verify (about half an hour)
	$(BIN)/python -m tests.crash.kill_the_demo

ledger-sweep: setup ## run ten thousand random sequences of money against plain books (an hour or two)
	$(BIN)/python -m tests.integration.ledger.sweep_books

fuzz: setup ## spoil X12 files for an hour and read them
	$(BIN)/python -m tests.fuzz.x12_bytes

posting-sweep: setup ## compare the books with a payer's record, in a thousand orders of its files (about an hour)
	$(BIN)/python -m tests.sweeps.books_and_payer --claims 5000
	$(BIN)/python -m tests.sweeps.orders --orders 1000
	$(BIN)/python -m tests.fuzz.remittance_balance --files 10000

lock: setup ## resolve the dependencies anew and write requirements.lock
	$(BIN)/uv lock
	$(BIN)/uv export --frozen --no-emit-project --all-extras --all-groups --no-annotate --no-header --output-file requirements.lock >/dev/null

clean: ## remove the environment and all state of demos
	rm -rf .venv .revcycle .mypy_cache .ruff_cache .pytest_cache

.PHONY: help setup demo up test check format screenshots bench bench-suggest crash-test ledger-sweep fuzz posting-sweep lock clean

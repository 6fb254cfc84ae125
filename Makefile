# Two commands, either works first:
#   make reproduce   set everything up, then: documents -> tables -> notebooks -> figures
#   make test        set everything up, then run the tests (the study end to end among them)
# Needed beforehand: Python 3.11, 3.12 or 3.13 with pip, git, make. Another Python: make test PYTHON=python3.12
# All packages go into the folder .venv, in the exact versions of requirements.lock, checked by hash.

PYTHON ?= python3
JOBS ?=
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
UV := $(VENV)/.uv/bin/uv
READY := $(VENV)/.ready

.PHONY: help setup reproduce verify test bench lint lock lab clean

help:
	@echo "make reproduce   set up, then documents -> tables -> notebooks -> figures"
	@echo "make verify      compare every file with the manifest"
	@echo "make test        set up, then run all tests"
	@echo "make bench       set up, then time the kit beside what anyone would use instead (QUICK=1, FULL=1, WRITE=1)"
	@echo "make lab         set up, then open the notebooks in JupyterLab"
	@echo "make lock        write requirements.lock anew from pyproject.toml"
	@echo "make clean       take away .venv and what the runner remembers (results stay)"

setup: $(READY)

reproduce: $(READY)
	@$(BIN)/python -m lanxikit reproduce $(if $(JOBS),--jobs $(JOBS))

verify: $(READY)
	@$(BIN)/python -m lanxikit verify

test: $(READY)
	@echo "tests: all of tests/ and the examples in the documentation of each function"
	@$(BIN)/python -m pytest -rs --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

bench: $(READY)
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick,$(if $(FULL),--full)) $(if $(WRITE),--write)

lint: $(READY)
	@$(BIN)/python -m ruff check .

lab: $(READY)
	@$(BIN)/python -m jupyterlab notebooks

lock:
	@test -x $(UV) || "$(PYTHON)" -m pip install --quiet --require-hashes --target $(VENV)/.uv -r .ci/installer.lock
	@$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --all-extras \
	    --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock
	@sed -n '/==/s/ *\\$$//p' requirements.lock > .ci/pins.txt

clean:
	@rm -rf $(VENV) .lanxi

# The quick installer (uv) first, plain pip where that does not work; both take the same locked files.
$(READY): requirements.lock pyproject.toml .ci/installer.lock
	@"$(PYTHON)" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" || \
	    { echo "set-up: Python 3.11, 3.12 or 3.13 is needed; say which: make PYTHON=python3.12"; exit 1; }
	@echo "set-up: packages into $(VENV), about a minute the first time"
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) >/dev/null 2>&1 || "$(PYTHON)" -m venv --without-pip $(VENV)
	@{ test -x $(UV) || "$(PYTHON)" -m pip install --quiet --disable-pip-version-check --require-hashes \
	        --target $(VENV)/.uv -r .ci/installer.lock; } && \
	    $(UV) pip sync --quiet --no-python-downloads --require-hashes --python $(BIN)/python requirements.lock && \
	    $(UV) pip install --quiet --offline --no-deps --no-build-isolation --python $(BIN)/python --editable . || \
	    { echo "set-up: once more with pip alone, some minutes"; \
	      "$(PYTHON)" -m pip --python $(BIN)/python install --quiet --require-hashes -r requirements.lock && \
	      "$(PYTHON)" -m pip --python $(BIN)/python install --quiet --no-deps --no-build-isolation --editable .; }
	@touch $@
	@echo "set-up: ready"

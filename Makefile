# One word for each thing people do here; README.md has the same as plain commands, for machines without make.

PYTHON ?= python3
CHAPTER ?= linear_model
# Options for JupyterLab, such as LAB=--no-browser.
LAB ?=
# -n auto uses every core.
TEST ?= -n auto

COURSE := .venv/bin/course
# The environment is made anew when what is to be installed has changed, told by content and not by file times.
READY := .venv/ready-$(shell cat requirements.txt pyproject.toml | cksum | cut -d ' ' -f 1)
TESTABLE := .venv/testable-$(shell cat requirements.txt requirements-dev.txt pyproject.toml | cksum | cut -d ' ' -f 1)

.PHONY: help setup setup-tests demo lab test build lint
.DEFAULT_GOAL := help

help:
	@echo "make demo    grade a made-up class in demo/ and show what came out"
	@echo "make lab     open the chapters in JupyterLab; your copies are in work/"
	@echo "make test    run every test           (one file: make test TEST=tests/test_layout.py)"
	@echo "make build   make the notebooks in source/ and release/ from the chapters' text, and docs/assessment.md"
	@echo "make lint    check the code's style"
	@echo "make setup   only make .venv and install what is needed; the others do it when it is not done,"
	@echo "             and make test and make lint what the tests need besides (make setup-tests)"

setup: $(READY)

$(READY):
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=...")'
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@echo "installing PyTorch, JupyterLab and nbgrader into .venv: some minutes, about 2 GB"
	.venv/bin/python -m pip install --quiet -r requirements.txt
	.venv/bin/python -m pip install --quiet --no-deps --editable .
	rm -f .venv/ready-*
	touch $@

setup-tests: $(TESTABLE)

$(TESTABLE): $(READY)
	@echo "installing what the tests need besides"
	.venv/bin/python -m pip install --quiet -r requirements-dev.txt
	rm -f .venv/testable-*
	touch $@

demo: setup
	$(COURSE) demo $(CHAPTER)

lab: setup
	$(COURSE) lab $(LAB)

test: setup-tests
	OMP_NUM_THREADS=1 .venv/bin/python -m pytest $(TEST)

build: setup
	$(COURSE) build
	$(COURSE) assessment

lint: setup-tests
	.venv/bin/ruff check

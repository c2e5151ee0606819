# One line a target: make.py does the work, so that every target also runs without make.
PYTHON ?= python3
.PHONY: help serve build test test-long audit bench compare-zensical lint check refresh-prices mutate profile clean setup lock
help: ; @$(PYTHON) make.py
serve: ; @$(PYTHON) make.py serve
build: ; @$(PYTHON) make.py build
test: ; @$(PYTHON) make.py test
test-long: ; @$(PYTHON) make.py test-long
audit: ; @$(PYTHON) make.py audit
bench: ; @$(PYTHON) make.py bench
compare-zensical: ; @$(PYTHON) make.py compare-zensical
lint: ; @$(PYTHON) make.py lint
check: ; @$(PYTHON) make.py check
mutate: ; @$(PYTHON) make.py mutate
profile: ; @$(PYTHON) make.py profile
refresh-prices: ; @$(PYTHON) make.py refresh-prices
clean: ; @$(PYTHON) make.py clean
setup: ; @$(PYTHON) make.py setup
lock: ; @$(PYTHON) make.py lock

# make run   installs what is missing, builds the release, creates the example organisation and serves it
# make test  installs, builds and runs everything
# Both are safe to repeat. DATA and LISTEN choose folder and address: make run LISTEN=127.0.0.1:9000
DATA ?= $(CURDIR)/data
LISTEN ?= 127.0.0.1:8080

.PHONY: run test build install install-tests asan bench clean

install:
	@tools/install.sh tools/packages.txt

install-tests: install
	@tools/install.sh tools/packages-test.txt

build: install
	@cmake --preset release -DASSAY_TESTS=OFF >build-configure.log 2>&1 || { cat build-configure.log; exit 1; }
	@rm -f build-configure.log
	@echo "Building the release (the first time takes some minutes) …"
	@cmake --build build/release --target assay

run: build
	@tools/run.sh "$(DATA)" "$(LISTEN)"

test: install-tests
	@tools/test.sh

asan: install-tests
	@cmake --preset asan && cmake --build build/asan && ctest --test-dir build/asan --output-on-failure -E 'browser|command_line'

bench: build
	@bench/run.sh

clean:
	rm -rf build node_modules

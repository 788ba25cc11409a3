# Thin fronts over CMake; every target installs what it needs (.ci/setup).
#
#   make run       build, start the service, evaluate the samples, stop
#   make test      build and run every test
#   make build     the programs, in build/release/
#   make serve     the service on 127.0.0.1:50051, until Ctrl-C
#   make bench     the benchmarks and their table (build/release/bench.json)
#   make lint      formatting, clang-tidy, and the rule sets
#   make tsan      rule sets swapped under eight threads, with ThreadSanitizer
#   make sanitize  every test under AddressSanitizer and UBSan
#   make fuzz      the fuzzers, FUZZ_SECONDS each (default 60)

SHELL := /bin/bash
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 60
RELEASE := build/release
TSAN_TESTS := ruleset_program_swap_test cli_ordered_pipeline_test
SPACE := $(subst ,, )
CTEST := ctest --output-on-failure --no-tests=error

.PHONY: build run test serve bench lint sanitize sanitize-core tsan fuzz clean

build:
	.ci/setup build
	cmake --preset release -DKLAUSUL_BUILD_TESTS=OFF
	cmake --build $(RELEASE) -j $(JOBS)

run: build
	client-examples/demo.sh $(RELEASE)/klausul

test:
	.ci/setup test
	cmake --preset release -DKLAUSUL_BUILD_TESTS=ON
	cmake --build $(RELEASE) -j $(JOBS)
	$(CTEST) --test-dir $(RELEASE)

serve: build
	$(RELEASE)/klausul serve

bench:
	.ci/setup test
	cmake --preset release -DKLAUSUL_BUILD_TESTS=ON
	cmake --build $(RELEASE) -j $(JOBS) --target klausul klausul_bench
	$(RELEASE)/klausul_bench

lint: build
	.ci/setup tools
	git ls-files '*.cc' '*.h' | xargs clang-format --dry-run --Werror
	$(RELEASE)/klausul rules fmt --check rules
	$(RELEASE)/klausul rules lint --rules-dir rules
	$(RELEASE)/klausul rules test --rules-dir rules
	cmake --preset tidy -DKLAUSUL_BUILD_TESTS=OFF
	cmake --build build/tidy -j $(JOBS)

sanitize:
	.ci/setup test
	cmake --preset asan
	cmake --build build/asan -j $(JOBS)
	$(CTEST) --test-dir build/asan

# The folders that read strangers' input, without the slow gRPC parts.
sanitize-core:
	.ci/setup test
	cmake --preset asan
	cmake --build build/asan -j $(JOBS) --target klausul_core_tests
	$(CTEST) --test-dir build/asan -R '^(base|syntax|cel|engine|ruleset|intake)_'

# Without gRPC in the process: Debian's is not instrumented. The preset hides
# from Protobuf's headers that there is a sanitizer: they would lay maps out in
# another way than Debian's library does.
tsan:
	.ci/setup test
	cmake --preset tsan
	cmake --build build/tsan -j $(JOBS) --target $(TSAN_TESTS)
	KLAUSUL_SWAPS=1000 TSAN_OPTIONS=halt_on_error=1 $(CTEST) --verbose --test-dir build/tsan \
	  -R '^($(subst $(SPACE),|,$(TSAN_TESTS)))$$'

fuzz:
	.ci/setup tools
	cmake --preset fuzz
	cmake --build build/fuzz -j $(JOBS)
	tests/fuzz/run.sh build/fuzz $(FUZZ_SECONDS)

clean:
	rm -rf build

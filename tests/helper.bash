# For every *.bats: `load helper`. The programs under test come first in PATH.
# Use $BATS_TEST_TMPDIR for files.
P1_BIN=${P1_BIN:-$BATS_TEST_DIRNAME/../build}
PATH=$P1_BIN:$PATH

# Looking for leaks takes longer than the rest of a short run. The C tests do it
# for every module; tests of programs do it on request.
export LSAN_OPTIONS=${LSAN_OPTIONS-}:detect_leaks=0

# Known leaks of librrd and its libraries (lsan.supp) are recognised by the
# stack, which is slow to unwind, and not far.
look_for_leaks() {
	export LSAN_OPTIONS=$LSAN_OPTIONS:detect_leaks=1
	export ASAN_OPTIONS=fast_unwind_on_malloc=0:malloc_context_size=10
}

# Sanitizers keep what was freed, and have the allocator.
is_sanitized() {
	grep -q __asan_init "$P1_BIN/p1logger"
}

wait_for() { # COMMAND...: until it succeeds, 30 s at most
	local i

	for ((i = 0; i < 600; i++)); do
		"$@" >/dev/null 2>&1 && return
		sleep 0.05
	done
	echo "in vain: $*"
	return 1
}

clock= # another one, preloaded

# It is STAMP now for programs run with $clock preloaded, and their time passes.
clock_is() { # STAMP
	clock=$P1_BIN/tests/wrong_clock.so
	export P1_CLOCK_AHEAD
	P1_CLOCK_AHEAD=$(($(date -d "$1" +%s) - $(date +%s)))
}

is_locked() { # FILE: by another process's flock
	[ -e "$1" ] && ! flock --nonblock "$1" true
}

# Print "PAGE: LINK" for each broken link to a file in a Markdown page.
broken_links() { # PAGE...
	local page to

	for page; do
		{ grep -oE '\]\([^)#:]+[)#]' "$page" || true; } | tr -d '()]#' |
			while read -r to; do
				[ -e "$(dirname "$page")/$to" ] || echo "$page: $to"
			done
	done
}

# For scripts/bench*: measure a command beside a plain one.

# Print a command's elapsed and CPU time with its children's, in microseconds.
time_us() { # COMMAND
	python3 - "$1" <<-'END'
		import os, sys, time
		quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0)
		         for fd in (0, 1, 2)]
		began = time.monotonic()
		pid = os.posix_spawn("/bin/bash", ["bash", "-c", sys.argv[1]],
		                     os.environ, file_actions=quiet)
		_, status, used = os.wait4(pid, 0)
		took = time.monotonic() - began
		print(int(1e6 * took), int(1e6 * (used.ru_utime + used.ru_stime)))
		sys.exit(os.waitstatus_to_exitcode(status))
	END
}

before=true # runs before each command of a row, not counted

# Alternate both, so that a busy machine slows both; the fastest of three counts.
row() { # NAME COUNT UNIT OURS BASELINE-NAME BASELINE
	local ours plain

	for _ in 1 2 3; do
		$before
		ours=$(time_us "$4")
		$before
		plain=$(time_us "$6")
		echo "$ours $plain"
	done | awk -v name="$1" -v count="$2" -v unit="$3" -v base="$5" '
		function least(i) { if (NR == 1 || $i < m[i]) m[i] = $i }
		{ least(1); least(2); least(3); least(4) }
		END { printf "%-27s %7.1f %7.1f %9.1f us/%-9s %6.2f x %s (%.1f)\n",
			name, m[1] / 1e3, m[2] / 1e3, m[2] / count, unit,
			m[2] / m[4], base, m[4] / 1e3 }'
}

# Instructions of a program, from its start to its end.
instructions() { # [VALGRIND-OPTION...] COMMAND...
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" \
		2>&1 >/dev/null | sed -n 's/.*Collected : //p'
}

# For scripts/bench*: what a response of p1web costs. The script chooses $port and
# ends $server if it is left.
# shellcheck disable=SC2154 # $port

server=

web_start() { # INI [COMMAND...]: by a command such as valgrind
	"${@:2}" p1web -c "$1" 2>"$1.log" &
	server=$!
	until web_ask /style.css; do sleep 0.05; done
}

web_stop() {
	kill "$server"
	wait "$server" || true
	server=
}

web_ask() { # PATHS, with ranges of curl: on one connection
	curl -sf -o /dev/null "http://127.0.0.1:$port$1"
}

# The CPU time of a response in microseconds, once the database is open. N is the
# end of a range, from 100 on.
web_us() { # INI PATHS-TO-N
	local clock='import sys, time
print(int(1e6 * time.clock_gettime((~int(sys.argv[1]) << 3) | 2)))'
	local began ended

	web_start "$1"
	web_ask "${2/N/100}"
	began=$(python3 -c "$clock" "$server")
	web_ask "${2/100-N/101-180}"
	ended=$(python3 -c "$clock" "$server")
	web_stop
	echo $(((ended - began) / 80))
}

# Its instructions outside the kernel: the difference of two runs, without the
# start.
web_instructions() { # INI PATHS-TO-N
	local n

	for n in 109 149; do
		web_start "$1" valgrind --tool=callgrind --callgrind-out-file=/dev/null
		web_ask "${2/N/$n}"
		web_stop 2>/dev/null
		sed -n 's/.*Collected : //p' "$1.log"
	done | paste -sd ' ' | awk '{ print int(($2 - $1) / 40) }'
}

# A range within the question asks what was not asked before; behind a # it asks
# the same again.
web_row() { # NAME INI PATHS-TO-N
	local plain ours

	plain=$(web_us "$2" "/style.css#[100-N]")
	ours=$(web_us "$2" "$3")
	printf '%-42s %7d us/response %9.2f x /style.css (%d)\n' "$1" "$ours" \
		$((100 * ours / plain))e-2 "$plain"
}

web_instructions_row() { # NAME INI PATHS-TO-N
	local plain ours

	command -v valgrind >/dev/null || return 0
	plain=$(web_instructions "$2" "/style.css#[100-N]")
	ours=$(web_instructions "$2" "$3")
	printf '%-42s %9d instr/response %6.1f x /style.css (%d)\n' "$1" "$ours" \
		$((10 * ours / plain))e-1 "$plain"
}

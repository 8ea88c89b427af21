# For web_*.bats: p1web with a simulated history, and clients written by others.
# shellcheck disable=SC2154,SC2034 # bats and the tests share variables
load forward_helper

# A journal of about an hour, a reading per second; $web_ini is p1web's.
web_setup() {
	command -v p1web >/dev/null || skip "p1web is not built"
	logger_setup
	touch log
	web_port=$(free_port) feed=$PWD/feed url=http://127.0.0.1:$web_port
	recorded -n "${1:-5000}"
	p1logger --import -c "$ini" tape
	forward_to "[feed]" "socket = $feed" "[web]" \
		"listen = 127.0.0.1:$web_port" "rate = 0" "work = 0"
}

# A year of half hours until 2026-06-17 12:00 in Amsterdam, from the middle of 2025,
# with a new meter (p1sim's own), both changes of the clock, and seven hours without
# readings.
year_of_readings() {
	p1sim --start 2025-06-10T10:00:00Z --interval 1800 --duration 372d \
		--meter-swap 2025-06-10T10:00:00Z=E0044007000000001 \
		--meter-swap 2026-02-10T09:00:00Z=E0044007012534798 \
		--gap 2026-06-16T05:05:00Z+7h --fast >year
	p1logger --import -c "$ini" year
}

web_preload=

# Call before web: time passes only when `pass` says so (tests/shim/pace.c).
paced() {
	web_preload=$P1_BIN/tests/pace.so clock_ms=0 work_ms=0
	pass 0 0
}

pass() { # MS MS: wall time, CPU time
	clock_ms=$((clock_ms + $1)) work_ms=$((work_ms + $2))
	echo "$clock_ms $work_ms" >pace.new
	mv pace.new pace
}

# A database query is running: it checks its time.
question_runs() {
	pass 0 1
	wait_for cmp pace pace.seen
}

web() { # LINE...: start it, with more lines for [web]
	forward_to "$@"
	P1_PACE=$PWD/pace LD_PRELOAD="$web_preload $clock" \
		ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0 \
		p1web -c "$ini" 2>weblog 3>&- &
	web_pid=$!
	receivers+=("$web_pid")
	wait_for answers
}

answers() {
	curl -s -o /dev/null --max-time 20 "$url/health"
}

get() { # PATH [CURL-OPTION...]
	curl -sS --max-time 60 "${@:2}" "$url$1"
}

status_of() { # PATH [CURL-OPTION...]
	curl -sS --max-time 60 -o /dev/null -w '%{http_code}' "${@:2}" "$url$1"
}

# Wait for this status? A busy machine may return 503 first.
answered() { # STATUS PATH
	wait_for has_status "$@"
}

has_status() { # STATUS PATH
	[ "$(status_of "$2")" = "$1" ]
}

count_requests() {
	requests=$(get /metrics | sed -n 's/^p1_web_requests_total //p')
}

# N requests since count_requests; this counts as one.
have_come() { # N
	local before=$requests

	count_requests
	[ $((requests - before - 1)) -ge "$1" ] && return
	requests=$((before + 1))
	return 1
}

say() { # JSON: as sent by p1logger
	printf '%s' "$1" | socat -u STDIN "UNIX-SENDTO:$feed"
}

client() { # see web_socket.py, without the port
	python3 "$BATS_TEST_DIRNAME/web_socket.py" "$web_port" "$@"
}

values() { # PYTHON-EXPRESSION of d: the JSON on standard input
	python3 -c "import json, sys; d = json.load(sys.stdin); print($1)"
}

described() { # PATH [STATUS]: check standard input against openapi.json
	python3 "$BATS_TEST_DIRNAME/web_openapi.py" "$url" "$@"
}

web_teardown() {
	forward_teardown
	cat weblog 2>/dev/null || true
}

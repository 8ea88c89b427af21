# For web_*.bats: a p1web over a simulated history, and clients that are not ours.
# shellcheck disable=SC2154,SC2034 # bats and the tests share variables
load forward_helper

# A journal of an hour and some, one reading a second; $web_ini is p1web's.
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

web() { # LINE...: start it, with more lines for [web]
	forward_to "$@"
	p1web -c "$ini" 2>weblog 3>&- &
	web_pid=$!
	receivers+=("$web_pid")
	wait_for answers
}

answers() {
	curl -s -o /dev/null "$url/health"
}

get() { # PATH [CURL-OPTION...]
	curl -sS --max-time 60 "${@:2}" "$url$1"
}

status_of() { # PATH [CURL-OPTION...]
	curl -sS --max-time 60 -o /dev/null -w '%{http_code}' "${@:2}" "$url$1"
}

# Does it come to this status? A busy machine may say 503 first.
answered() { # STATUS PATH
	wait_for has_status "$@"
}

has_status() { # STATUS PATH
	[ "$(status_of "$2")" = "$1" ]
}

say() { # JSON: as p1logger sends it
	printf '%s' "$1" | socat -u STDIN "UNIX-SENDTO:$feed"
}

client() { # as web_socket.py says, without the port
	python3 "$BATS_TEST_DIRNAME/web_socket.py" "$web_port" "$@"
}

web_teardown() {
	forward_teardown
	cat weblog 2>/dev/null || true
}

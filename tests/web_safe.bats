#!/usr/bin/env bats
# Whom p1web refuses, and what it stands.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	web_setup 60
}

teardown() {
	web_teardown
}

is_full() {
	[ "$(status_of /health --max-time 2 2>/dev/null)" = 000 ]
}

@test "each answer carries the headers, a refusal as well" {
	web
	for path in /health /api/v1/meters /nix; do
		get "$path" -D - -o /dev/null >heads
		for head in "content-security-policy: default-src 'none'" \
			"x-content-type-options: nosniff" "x-frame-options: DENY" \
			"frame-ancestors 'none'"; do
			grep -qiF "$head" heads
		done
		! grep -qi access-control heads
	done
}

@test "HEAD has no body, other methods are refused" {
	web
	[ "$(get /health -I | grep -c '^{')" = 0 ]
	for method in POST PUT DELETE PATCH OPTIONS TRACE; do
		run status_of /api/v1/meters -X "$method"
		echo "$method: $output"
		[ "$output" = 405 ] || [ "$output" = 403 ] || [ "$output" = 000 ] ||
			[ "$output" = 404 ]
	done
}

@test "foreign names are refused: a page elsewhere cannot become this host" {
	web "hosts = meter.example"
	for host in 127.0.0.1 localhost:5002 '[::1]:5002' meter.example "$(hostname)"; do
		[ "$(status_of /api/v1/meters -H "Host: $host")" = 200 ]
	done
	for host in evil.example meter.example.evil.org 127.0.0.1.evil.org \
		localhost.evil.org 127.0.0.1:x ''; do
		run status_of /api/v1/meters -H "Host: $host"
		echo "$host: $output"
		[ "$output" != 200 ]
	done
}

@test "another site's page gets nothing, by HTTP and by WebSocket" {
	web
	[ "$(status_of /api/v1/meters -H 'Origin: http://evil.example')" = 403 ]
	[ "$(status_of /api/v1/meters -H 'Origin: null')" = 403 ]
	[ "$(status_of /api/v1/meters -H "Origin: $url")" = 200 ]
	[ "$(client origin "$url")" = 101 ]
	[ "$(client origin http://evil.example)" != 101 ]
	[ "$(client path /api/v1/meters)" != 101 ]
}

@test "with a token for reading nobody reads without it" {
	echo abcdefghijklmnopqrstuvwxyz >token
	web "token_file = $PWD/token" "token_for_reading = yes"
	[ "$(status_of /api/v1/meters)" = 401 ]
	for wrong in abcdefghijklmnopqrstuvwxy abcdefghijklmnopqrstuvwxyzz \
		Abcdefghijklmnopqrstuvwxyz ''; do
		[ "$(status_of /api/v1/meters -H "Authorization: Bearer $wrong")" = 401 ]
	done
	[ "$(status_of /api/v1/meters \
		-H 'Authorization: Bearer abcdefghijklmnopqrstuvwxyz')" = 200 ]
	[ "$(client path /live)" != 101 ]
}

@test "a token that is too short, and one that is missing, are errors" {
	echo short >token
	forward_to "token_file = $PWD/token"
	run p1web -c "$ini"
	ends 78 token_file 16
	rm token
	run p1web -c "$ini"
	ends 78 token_file
}

@test "an address in use is one line and a status" {
	web
	sed "s|^socket.*|socket =|" "$ini" >second.ini
	run p1web -c second.ini
	ends 73 "127.0.0.1:$web_port"
}

@test "tricks with paths find nothing" {
	web
	for path in /../../etc/passwd /%2e%2e/%2e%2e/etc/passwd //etc/passwd \
		/api/v1/../../../etc/passwd '/api/v1/meters%00' /api/v1/meters/ \
		'/\..\etc\passwd' /live; do
		run status_of "$path" --path-as-is
		echo "$path: $output"
		[ "$output" != 200 ]
	done
}

@test "an address that asks too often is told so, and served later" {
	sed -i 's/^rate = 0/rate = 5/' "$ini"
	web
	for i in {1..30}; do status_of /api/v1/meters; echo; done >all
	grep -q 429 all
	sleep 1.2
	[ "$(status_of /api/v1/meters)" = 200 ]
}

@test "more connections than clients= are refused; those that stay are served" {
	web "clients = 4"
	for i in 1 2 3 4 5 6; do
		receiver client lazy 1 >"lazy.$i" 2>/dev/null
	done
	wait_for is_full
	kill "${receivers[@]:1}"
	wait_for answers
}

@test "SIGTERM ends it, and the socket goes" {
	web
	kill -TERM "$web_pid"
	wait "$web_pid"
	[ ! -e "$feed" ]
}

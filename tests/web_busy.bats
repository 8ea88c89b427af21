#!/usr/bin/env bats
# Slow requests: others are served meanwhile, and each client gets its share of
# the time.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034 # the helper's variables
load web_helper

setup() {
	web_setup 600
	hour='/api/v1/history?resolution=hour'
	never_ends
}

teardown() {
	web_teardown
}

# Make consumption by hour take as long as a request may. Readers accept a
# changed view only from a database that does not state its views.
never_ends() {
	sqlite3 "$db" "DELETE FROM meta WHERE key = 'schema_digest';
		DROP VIEW hourly_wh; CREATE VIEW hourly_wh AS
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
		SELECT day AS hour, d.* FROM n CROSS JOIN daily_wh AS d
		WHERE i < 0"
}

ends_at_once() {
	sqlite3 "$db" "DELETE FROM meta WHERE key = 'schema_digest';
		DROP VIEW hourly_wh; CREATE VIEW hourly_wh AS
		SELECT day AS hour, * FROM daily_wh WHERE start_ts < 0"
}

ask() { # FILE PATH [CURL-OPTION...]: write the response and its status to FILE
	receiver get "$2" -w '%{http_code}\n' "${@:3}" >"$1"
}

is_there() { # FILE
	tail -1 "$1" | grep -qE '[0-9]{3}$'
}

ask_long() { # ADDRESS N: send N such requests in parallel, responses in ADDRESS.1 ...
	local i

	for ((i = 1; i <= $2; i++)); do
		receiver get "$hour&from=$i" --interface "$1" --max-time 100 \
			-o "$1.$i" -D "$1.$i.heads" -w "$1 %{http_code}\n" >>answered
	done
}

answered() { # ADDRESS STATUS N: were N requests answered with STATUS?
	[ "$(grep -c "^$1 $2\$" answered)" -ge "$3" ]
}

@test "while twenty make the most expensive request, all others are answered" {
	paced
	web
	receiver client listen 3 >heard
	ask_long 127.0.0.2 20
	# One is running, eight of this client wait; the rest is refused.
	wait_for answered 127.0.0.2 503 11
	grep -qi '^retry-after: 5' 127.0.0.2.*.heads
	for i in 1 2 3; do
		say "{\"time\":\"2026-03-10T11:00:0${i}Z\"}"
		wait_for grep -q "11:00:0$i" heard
	done
	[ "$(status_of /health)" = 200 ]
	for path in /api/v1/current /api/v1/meters /metrics /smart-meter /; do
		[ "$(status_of $path)" = 200 ]
	done
	[ "$(wc -l <answered)" = 11 ]
	# A client that has asked for less precedes the eight when the first is
	# done.
	count_requests
	ask power /api/v1/power --interface 127.0.0.3
	wait_for have_come 1
	question_runs
	[ ! -s power ]
	pass 2000 2000
	wait_for is_there power
	[ "$(tail -c4 power)" = 200 ]
	wait_for answered 127.0.0.2 503 12
	[ "$(wc -l <answered)" = 12 ]
}

@test "without a feed, the health check is answered all the same" {
	sed -i 's/^socket = .*/socket = off/' "$ini"
	paced
	web
	ask_long 127.0.0.2 20
	wait_for answered 127.0.0.2 503 11
	[[ $(get /health) == '{"status":"silent",'* ]]
	[ "$(wc -l <answered)" = 11 ]
}

@test "a client that has used its share of a minute is told when to retry" {
	sed -i 's/^work = 0/work = 1/' "$ini" # 0.6 seconds
	paced
	web
	ask first "$hour&from=1"
	question_runs
	pass 2000 2000
	wait_for is_there first
	[ "$(tail -c4 first)" = 503 ]
	get "$hour&from=2" -D heads | grep -F '"code":429,"name":"Too Many Requests"'
	grep -qiE '^retry-after: [1-9][0-9]*' heads
	for path in /api/v1/meters /api/v1/power /metrics /graph/day.png; do
		[ "$(status_of $path)" = 429 ]
	done
	# Only this client.
	[[ $(get /health) == '{"status":"silent",'* ]]
	[ "$(status_of /)" = 200 ]
	[ "$(status_of /api/v1/meters --interface 127.0.0.2)" = 200 ]
}

@test "too large requests are refused immediately, until the database changes" {
	paced
	web
	ask first "$hour"
	question_runs
	pass 0 2000
	wait_for is_there first
	[[ $(cat first) == *"it takes more than 1500 ms of processor time"*503 ]]
	ends_at_once
	[[ $(get "$hour") == *"it takes more than 1500 ms of processor time"*503* ]]
	[ "$(status_of "$hour&from=1")" = 200 ]
	cp "$db" copy
	mv copy "$db"
	[ "$(status_of "$hour")" = 200 ]
}

@test "a request refused because the machine was busy may be repeated" {
	paced
	web
	ask first "$hour" -D heads
	question_runs
	pass 10000 0
	wait_for is_there first
	[[ $(cat first) == *"the machine is too busy"*503 ]]
	grep -qi '^retry-after: 5' heads
	ends_at_once
	[ "$(status_of "$hour")" = 200 ]
}

@test "it stops immediately while requests wait, also after a client has left" {
	paced # no request ends by itself
	web
	receiver curl -s "$url$hour&from=1"
	question_runs
	kill "${receivers[-1]}"
	wait "${receivers[-1]}" || true
	pass 1000 0 # then p1web checks
	[ "$(status_of /api/v1/power)" = 200 ]
	count_requests
	ask_long 127.0.0.2 8
	wait_for have_come 8
	question_runs
	kill -TERM "$web_pid"
	wait_for is_gone "$web_pid"
	wait "$web_pid"
}

is_gone() { # PID
	! kill -0 "$1"
}

@test "an image on another site's page is refused, a link is not" {
	mkdir beside
	cp "$P1_BIN/p1web" beside
	printf '%s\n' '#!/bin/sh' "echo >>$PWD/drawn" "printf '\\211PNG'" >beside/p1graph
	chmod +x beside/p1graph
	PATH=$PWD/beside:$PATH
	web
	for site in cross-site same-site; do
		for path in /graph/day.png /api/v1/meters "$hour" /metrics /; do
			[ "$(status_of "$path" -H "Sec-Fetch-Site: $site" \
				-H 'Sec-Fetch-Mode: no-cors' -H 'Sec-Fetch-Dest: image')" = 403 ]
			[ "$(status_of "$path" -H "Sec-Fetch-Site: $site" \
				-H 'Sec-Fetch-Mode: navigate' -H 'Sec-Fetch-Dest: iframe')" = 403 ]
		done
	done
	[ ! -e drawn ]
	for site in same-origin none; do
		[ "$(status_of /api/v1/meters -H "Sec-Fetch-Site: $site" \
			-H 'Sec-Fetch-Mode: cors' -H 'Sec-Fetch-Dest: empty')" = 200 ]
	done
	[ "$(status_of /graph/day.png -H 'Sec-Fetch-Site: cross-site' \
		-H 'Sec-Fetch-Mode: navigate' -H 'Sec-Fetch-Dest: document')" = 200 ]
	[ -e drawn ]
}

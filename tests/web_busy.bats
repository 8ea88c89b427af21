#!/usr/bin/env bats
# Questions that take long: others are served meanwhile, and each client gets
# its part of the time and no more.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034 # the helper's variables
load web_helper

setup() {
	tell_leaks_apart
	web_setup 600
	hour='/api/v1/history?resolution=hour'
	never_ends
}

teardown() {
	web_teardown
}

# Consumption by hour takes as long as a question may: 1.5 seconds. Readers take
# a changed view only from a database that does not say what its views are.
never_ends() {
	sqlite3 "$db" "DELETE FROM meta WHERE key = 'schema_digest';
		DROP VIEW hourly; CREATE VIEW hourly AS
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
		SELECT i AS start_ts FROM n, (SELECT ts FROM electricity LIMIT 1)
		WHERE i < 0"
}

ends_at_once() {
	sqlite3 "$db" "DELETE FROM meta WHERE key = 'schema_digest';
		DROP VIEW hourly; CREATE VIEW hourly AS
		SELECT ts AS start_ts FROM electricity WHERE ts < 0"
}

ask_long() { # ADDRESS N: N such questions at once, answers to ADDRESS.1 ...
	local i

	for ((i = 1; i <= $2; i++)); do
		receiver get "$hour&from=$i" --interface "$1" --max-time 100 \
			-o "$1.$i" -D "$1.$i.heads" -w "$1 %{http_code}\n" >>answered
	done
}

answered() { # ADDRESS STATUS N: were so many answered so?
	[ "$(grep -c "^$1 $2\$" answered)" -ge "$3" ]
}

@test "while twenty ask the dearest question, all else is answered" {
	web
	receiver client listen 3 >heard
	ask_long 127.0.0.2 20
	# One is being answered, eight of this client wait; the rest may not.
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
	[ "$(status_of /api/v1/power --interface 127.0.0.3)" = 200 ]
	# And they still wait, the last for ten seconds or more.
	[ "$(wc -l <answered)" -lt 20 ]
}

@test "without a feed, whether readings come is told all the same" {
	sed -i 's/^socket = .*/socket = off/' "$ini"
	web
	ask_long 127.0.0.2 20
	wait_for answered 127.0.0.2 503 11
	[[ $(get /health) == '{"status":"silent",'* ]]
	[ "$(wc -l <answered)" -lt 20 ]
}

@test "who has taken its part of a minute is told when to come again" {
	sed -i 's/^work = 0/work = 1/' "$ini" # 0.6 seconds
	web
	[ "$(status_of "$hour&from=1")" = 503 ]
	get "$hour&from=2" -D heads | grep -F '"code":429,"name":"Too Many Requests"'
	grep -qiE '^retry-after: [1-9][0-9]*' heads
	for path in /api/v1/meters /api/v1/power /metrics /graph/day.png; do
		[ "$(status_of $path)" = 429 ]
	done
	# Not this, and nobody else.
	[[ $(get /health) == '{"status":"silent",'* ]]
	[ "$(status_of /)" = 200 ]
	[ "$(status_of /api/v1/meters --interface 127.0.0.2)" = 200 ]
}

@test "what was too large is refused at once, until the database is another" {
	web
	[[ $(get "$hour") == *"it takes longer than 1500 ms"*503* ]]
	ends_at_once
	[[ $(get "$hour") == *"it takes longer than 1500 ms"*503* ]]
	[ "$(status_of "$hour&from=1")" = 200 ]
	cp "$db" copy
	mv copy "$db"
	[ "$(status_of "$hour")" = 200 ]
}

@test "it ends at once while questions wait, also one whose client has left" {
	web
	run status_of "$hour&from=1" --max-time 0.2
	[[ $output == *000* ]]
	ask_long 127.0.0.2 8
	kill -TERM "$web_pid"
	wait "$web_pid"
}

@test "an image on another site's page causes nothing, a link does" {
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

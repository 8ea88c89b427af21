#!/usr/bin/env bats
# The page and its pictures as files; tests/web_browser.bats views them.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	look_for_leaks
	web_setup 600
}

teardown() {
	web_teardown
}

@test "each file of the page has its type, and refers to no other host" {
	web
	for pair in /=text/html /current-usage=text/html /app.js=text/javascript \
		/dygraphs.js=text/javascript /style.css=text/css /icon.svg=image/svg+xml /icon.png=image/png \
		/manifest.webmanifest=application/manifest+json /plain=text/html \
		/api/v1/openapi.json=application/json; do
		run get "${pair%%=*}" -o file -w '%{http_code} %{content_type}'
		echo "$pair: $output"
		[[ $output == "200 ${pair#*=}"* ]]
		# Names of XML, and what is only mentioned in the library's comments.
		[ -z "$(grep -oaE 'https?://[a-z0-9.]+' file |
			grep -vE '/www.w3.org$|/github.com$|/dygraphs.com$')" ]
	done
	get /api/v1/openapi.json | python3 -c 'import json, sys
d = json.load(sys.stdin)
print("\n".join(p for p in d["paths"] if "{" not in p))' >paths
	while read -r path; do
		case $path in
		/health) answered 503 "$path" ;;
		/live) answered 426 "$path" ;; # for WebSockets
		/api/*-history) answered 403 "$path" ;; # without a token
		*) answered 200 "$path" ;;
		esac
	done <paths
}

@test "without JavaScript: what is known, also of a meter that is silent" {
	web
	run get /plain
	[[ $output == *'<html lang="en">'*'<p class="big">–</p>'* ]]
	[[ $output == *'The meter is silent: last reading <time>10 March 2026, 12:09:50</time>.'* ]]
	[[ $output == *'graph/year.png?theme=dark&amp;language=en'*'alt="Gas, Month"'* ]]
	run get /plain -H 'Accept-Language: nl'
	[[ $output == *'<html lang="nl">'*'graph/year.png?language=nl'* ]]
	[[ $output == *'<html lang="nl">'*'laatste meting <time>10 maart 2026, 12:09:50</time>'* ]]
	say "{\"time\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\",\"power_import\":0.200,\"power_export\":1.800}"
	wait_for shows $'<p class="big out">1\xe2\x80\xaf600 <span class="unit">W</span></p>'
	run get /plain
	[[ $output == *'<p>to the grid</p>'* ]]
	# No gas in that reading, so no picture of it.
	[[ $output != *gas-month* ]]
}

shows() { # TEXT: on the plain page
	get /plain | grep -qF "$1"
}

@test "without JavaScript and without any reading" {
	p1sim --start 2026-03-10T11:00:00Z -n 1 >tape
	rm -r data
	mkdir data
	p1logger -c "$ini" --import tape
	sqlite3 "$db" "DELETE FROM electricity"
	web
	run get /plain -H 'Accept-Language: nl' -w '%{http_code}'
	[[ $output == *'Er is nog geen meting.'*503 ]]
}

# p1web with a fake p1graph that waits until the file go exists.
slow_pictures() {
	mkdir beside
	cp "$P1_BIN/p1web" beside
	printf '%s\n' '#!/bin/sh' "echo \$\$ >>$PWD/drawing" \
		"until [ -e $PWD/go ]; do sleep 0.05; done" "printf '\\211PNG'" \
		>beside/p1graph
	chmod +x beside/p1graph
	PATH=$PWD/beside:$PATH
}

is_gone() { # PID
	! kill -0 "$1"
}

@test "a picture is drawn on request, for any date, light and dark" {
	web
	for ask in '/graph/day.png?date=2026-03-10=--day=2026-03-10' \
		'/graph/gas-month.png?date=2026-03=--gas --month=2026-03' \
		'/graph/year.png?date=2026&theme=dark=--year=2026 --theme=dark' \
		'/graph/warm-water-week.png?date=2026-03-10=--warm-water --week=2026-03-10' \
		'/graph/day.png?date=2026-03-10&size=450x200&scale=2=--day=2026-03-10 --size=450x200 --scale=2' \
		'/graph/day.png?date=2026-03-10&language=nl=--day=2026-03-10 --language=nl'; do
		echo "$ask"
		# shellcheck disable=SC2086 # words
		p1graph -c "$ini" -o want.png --${ask#*=--} || [ $? = 65 ] # no warm water
		[ "$(get "${ask%%=--*}" -o got.png -w '%{content_type}')" = image/png ]
		cmp want.png got.png
	done
	# In the language of the browser, or of the settings if there is none in it.
	get '/graph/day.png?date=2026-03-10' -H 'Accept-Language: nl-BE, de' | cmp - want.png
	forward_to "[graphs]" "language = nl"
	p1graph -c "$ini" -o want.png --day=2026-03-10 --size 1200x400
	get '/graph/day.png?date=2026-03-10&size=1200x400' -H 'Accept-Language: fr' | cmp - want.png
	p1graph -c "$ini" -o want.png --day=2026-03-10 --size 1200x400 --language en
	get '/graph/day.png?date=2026-03-10&size=1200x400' -H 'Accept-Language: en' | cmp - want.png
	[ "$(get /graph/day.png -I | grep -ci 'content-type: image/png')" = 1 ]
}

@test "no other picture, and no other option of p1graph is available" {
	web
	for path in /graph/nix.png /graph/secret /graph/../secret.png /graph/.png \
		/graph/%2e%2e%2fsecret.png /graph/ /graph/electricity-day.png; do
		run status_of "$path" --path-as-is
		echo "$path: $output"
		[ "$output" = 404 ] || [ "$output" = 403 ]
	done
	for ask in date=--output=x date=-1 date=2026-13-01 date=2026-03-10%20x \
		theme=red size=900x301 scale=3 language=fr language=--all date=99999999999999999999; do
		run status_of "/graph/day.png?$ask"
		echo "$ask: $output"
		[ "$output" = 400 ]
	done
	[ "$(get '/graph/day.png?size=x' | values 'd["error"]')" = \
		"size='x': must be 900x300, 450x200 or 1200x400" ]
	[ "$(get '/graph/day.png?scale=x' | values 'd["error"]')" = "scale='x': must be 1 or 2" ]
}

@test "while a picture is drawn, others are served and get the same one" {
	slow_pictures
	paced # no drawing takes too long
	web
	receiver get /graph/day.png -o one
	receiver get /graph/day.png -o two
	wait_for test -s drawing
	[ "$(status_of /api/v1/meters)" = 200 ]
	receiver get /graph/year.png -o three
	[ "$(status_of /api/v1/meters)" = 200 ]
	[ "$(wc -l <drawing)" = 1 ]
	touch go
	for file in one two three; do
		wait_for grep -q PNG $file
	done
	[ "$(status_of /graph/day.png)" = 200 ]
	[ "$(wc -l <drawing)" = 2 ]
}

@test "what a library prints before a picture does not spoil it" {
	slow_pictures
	printf '%s\n' '#!/bin/sh' 'echo "Fontconfig error: no cache" >&2' \
		"exec $P1_BIN/p1graph \"\$@\"" >beside/p1graph
	web
	p1graph -c "$ini" -o want.png --day=2026-03-10
	get '/graph/day.png?date=2026-03-10' -o got.png
	cmp want.png got.png
}

@test "an endless drawing is stopped" {
	slow_pictures
	web
	run get /graph/day.png --max-time 60 -w '%{http_code}'
	[[ $output == '{"error":"it took too long",'*503 ]]
	wait_for is_gone "$(cat drawing)"
	touch go
	[ "$(status_of /graph/day.png)" = 200 ]
}

@test "a drawing is stopped with p1web" {
	slow_pictures
	web
	receiver get /graph/day.png -o one
	wait_for test -s drawing
	kill -TERM "$web_pid"
	wait "$web_pid"
	wait_for is_gone "$(cat drawing)"
}

@test "a failing or missing p1graph gives a sentence" {
	slow_pictures
	printf '%s\n' '#!/bin/sh' 'echo "p1graph: no ink" >&2; exit 1' >beside/p1graph
	web
	[ "$(get /graph/day.png -w '%{http_code}')" = \
		'{"error":"no ink","code":503,"name":"Service Unavailable"}503' ]
	rm beside/p1graph
	run get /graph/day.png -w '%{http_code}'
	[[ $output == '{"error":"starting '*p1graph*503 ]]
}

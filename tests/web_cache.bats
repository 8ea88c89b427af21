#!/usr/bin/env bats
# Responses are compressed, and not sent again to a client that has them.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	look_for_leaks
	web_setup 600
	web
}

teardown() {
	web_teardown
}

# A document of each kind: embedded, from the journal, drawn.
paths=(/ /app.js /style.css /icon.svg /api/v1/openapi.json
	'/api/v1/history?resolution=hour&from=2026-03-10&to=2026-03-11'
	/api/v1/meters /plain '/graph/day.png?date=2026-03-10')

header_of() { # NAME: in the file heads
	sed -n "s/^$1: //Ip" heads | tr -d '\r'
}

@test "a client that accepts gzip gets the same, compressed, with another ETag" {
	for path in "${paths[@]}"; do
		get "$path" -o plain -D heads
		etag=$(header_of etag)
		[[ $etag == '"'*'"' ]]
		[ "$(header_of content-encoding)" = "" ]
		get "$path" -o packed -D heads -H 'Accept-Encoding: br, gzip'
		[ "$(header_of vary)" = accept-encoding ]
		[ "$(header_of content-length)" = "$(stat -c %s packed)" ]
		case $path in
		*.png*) cmp plain packed ;;
		*)
			[ "$(header_of content-encoding)" = gzip ]
			[ "$(header_of etag)" != "$etag" ]
			gunzip <packed | cmp - plain
			[ "$(stat -c %s packed)" -lt "$(stat -c %s plain)" ]
			;;
		esac
	done
	get / -D heads -o plain -H 'Accept-Encoding: gzip;q=0, br'
	[ "$(header_of content-encoding)" = "" ]
}

@test "a client that has it is told so: 304 without a body, on a connection that stays" {
	for path in "${paths[@]}"; do
		get "$path" -o first -D heads --compressed
		etag=$(header_of etag)
		for known in "$etag" "W/$etag" "\"x\", $etag" '*'; do
			run get "$path" --compressed -H "If-None-Match: $known" \
				-D heads -w '%{http_code} %{size_download}'
			echo "$path: $known: $output"
			[ "$output" = "304 0" ]
			[ "$(header_of etag)" = "$etag" ]
			[ "$(header_of cache-control)" = "private, no-cache" ]
		done
		[ "$(status_of "$path" -I --compressed -H "If-None-Match: $etag")" = 304 ]
		for other in '"x"' "${etag%?}" ''; do
			[ "$(status_of "$path" --compressed -H "If-None-Match: $other")" = 200 ]
		done
		# The uncompressed one is not what this client has.
		[[ $path == *.png* ]] ||
			[ "$(status_of "$path" -H "If-None-Match: $etag")" = 200 ]
	done
	get / -o first -D heads
	curl -sS -o one -o two -H "If-None-Match: $(header_of etag)" \
		-w '%{http_code} %{num_connects}\n' "$url/" "$url/" >told
	[ "$(sort told)" = $'304 0\n304 1' ]
}

@test "an ETag changes with what is shown" {
	get /api/v1/current -D heads -o first
	etag=$(header_of etag)
	[ "$(status_of /api/v1/current -H "If-None-Match: $etag")" = 304 ]
	say '{"time":"2026-03-10T12:00:01Z","power_import":1.500}'
	wait_for grep_current 1.500
	[ "$(status_of /api/v1/current -H "If-None-Match: $etag")" = 200 ]
}

grep_current() { # TEXT
	get /api/v1/current | grep -F "$1"
}

@test "errors, refusals and the token's form are not stored" {
	for path in /nothing '/api/v1/history?from=x' /graph/day.png?theme=red; do
		get "$path" -o body -D heads -H 'If-None-Match: *'
		[ "$(header_of cache-control)" = no-store ]
		[ "$(header_of etag)" = "" ]
	done
	get /login -D heads -o body --data token=x
	[ "$(header_of cache-control)" = no-store ]
}

@test "the chart library is Debian's file" {
	library=/usr/share/javascript/dygraphs/dygraph.min.js
	[ -e $library ] || skip "no libjs-dygraphs"
	get /dygraphs.js | cmp - $library
}

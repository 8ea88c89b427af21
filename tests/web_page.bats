#!/usr/bin/env bats
# The page, as files and in a real Chromium.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	web_setup 600
}

teardown() {
	web_teardown
}

# The page after some seconds of its time; no name but this machine's exists.
# What it says on its console goes to the file console.
browse() { # CHROMIUM-OPTION...
	timeout 90 chromium --headless=new --no-sandbox --disable-gpu \
		--user-data-dir="$PWD/profile" --virtual-time-budget=4000 \
		--enable-logging=stderr \
		--host-resolver-rules="MAP * ~NOTFOUND, EXCLUDE 127.0.0.1" \
		--dump-dom "$@" "$url/" 2>stderr >dom 3>&-
	grep CONSOLE stderr >console || true
}

has_chromium() {
	command -v chromium >/dev/null || skip "no chromium"
}

@test "each file of the page has its type, and names no other host" {
	web
	for pair in /=text/html /current-usage=text/html /app.js=text/javascript \
		/words.js=text/javascript /style.css=text/css \
		/api/v1/openapi.json=application/json; do
		run get "${pair%%=*}" -o file -w '%{http_code} %{content_type}'
		echo "$pair: $output"
		[[ $output == "200 ${pair#*=}"* ]]
		! grep -nE 'https?://' file
	done
	get /api/v1/openapi.json | python3 -c 'import json, sys
d = json.load(sys.stdin)
print("\n".join(p for p in d["paths"] if "{" not in p))' >paths
	while read -r path; do
		run status_of "$path"
		echo "$path: $output"
		[ "$output" = 200 ] || [ "$path" = /health ]
	done <paths
}

@test "pictures are p1graph's, and nothing else of their folder" {
	mkdir pictures
	printf '\211PNG' >pictures/gas-day.png
	echo secret >pictures/secret
	echo secret >secret.png
	forward_to "[graphs]" "folder = $PWD/pictures"
	web
	get /graph/gas-day.png | cmp - pictures/gas-day.png
	for path in /graph/day.png /graph/secret /graph/../secret.png \
		/graph/%2e%2e%2fsecret.png /graph/.png /graph/; do
		run status_of "$path" --path-as-is
		echo "$path: $output"
		[ "$output" = 404 ] || [ "$output" = 403 ]
	done
}

@test "every language has the same words" {
	node -e '
const words = new Function(require("fs").readFileSync(process.argv[1]) + "; return WORDS")();
const [a, b] = Object.values(words).map((w) => Object.keys(w).sort().join());
process.exit(a === b ? 0 : 1)' "$BATS_TEST_DIRNAME/../web/page/words.js" ||
		{ command -v node && false; } || skip "no node"
}

@test "Chromium shows what the house does, without an error on its console" {
	has_chromium
	web
	say '{"time":"2026-03-10T11:36:10Z","power_import":1.234,"power_import_l1":1.234,"voltage_l1":231.000}'
	browse --lang=en
	cat console
	[ ! -s console ]
	grep -q '<output id="power">1,234</output>' dom
	grep -q 'L1: 1,234 W' dom
	grep -q 'from the grid' dom
}

@test "an exporting house is told in Dutch" {
	has_chromium
	web
	say '{"time":"2026-03-10T11:36:10Z","power_import":0.000,"power_export":0.456}'
	browse --lang=nl --accept-lang=nl
	[ ! -s console ]
	grep -q '<output id="power">456</output>' dom
	grep -q 'naar het net' dom
}

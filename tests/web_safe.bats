#!/usr/bin/env bats
# What p1web refuses, and what it withstands.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	web_setup 60
}

teardown() {
	web_teardown
}

token() { # TEXT: into the file token
	echo "$1" >token
	chmod 640 token
}

# Add clients until there is no room for another.
fill() {
	local n

	for n in {1..30}; do
		is_full && return
		# Run directly, not by the function `client`: this process is
		# killed later.
		receiver python3 "$BATS_TEST_DIRNAME/web_socket.py" "$web_port" hold >"held$n"
		wait_for is_in "$n"
	done
	return 1
}

is_in() { # N: the Nth client is connected, or there is no room
	grep -q in "held$1" || is_full
}

# It hangs up, silently or with a reset.
is_full() {
	local rc=0

	status_of /health --max-time 2 2>/dev/null || rc=$?
	[ "$rc" -eq 52 ] || [ "$rc" -eq 55 ] || [ "$rc" -eq 56 ]
}

@test "each response carries the headers, a refusal as well" {
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

@test "an unexpected body is refused, and the response is complete" {
	web
	head -c 300000 /dev/zero >large
	printf abc >small
	for body in small large; do
		for ask in "GET 400 /api/v1/meters" "PUT 405 /api/v1/meters" \
			"POST 405 /api/v1/meters" "GET 400 /nothing"; do
			read -r method want path <<<"$ask"
			[ "$(client ask "$method" "$path" <"$body" |
				python3 -c 'import json, sys; print(json.load(sys.stdin)["code"])')" = \
				"$want" ]
		done
	done
	[ "$(status_of /api/v1/meters -H 'Content-Length: 0')" = 200 ]
}

@test "foreign host names are refused: DNS rebinding fails" {
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

@test "the machine's own name is known with the suffix of any router" {
	web
	for suffix in "" .local .lan .home .home.arpa .internal .localdomain .fritz.box; do
		[ "$(status_of /api/v1/meters -H "Host: $(hostname)$suffix:5002")" = 200 ]
	done
	for host in "x$(hostname).lan" "$(hostname).lan.evil.org" other.lan lan; do
		[ "$(status_of /api/v1/meters -H "Host: $host")" = 403 ]
	done
}

@test "a browser under another name is told which line to add" {
	web
	run get / -H 'Host: meter.example:5002' -H 'Accept: text/html,*/*;q=0.8' \
		-w '%{http_code} %{content_type}'
	[[ $output == *'<html lang="en">'*'<pre>hosts = meter.example</pre>'* ]]
	[[ $output == *'systemctl restart p1logger-web'*'403 text/html; charset=utf-8' ]]
	run get / -H 'Host: meter.example' -H 'Accept: text/html' \
		-H 'Accept-Language: nl-NL,en;q=0.5'
	[[ $output == *'<html lang="nl">'*'Deze naam staat niet in de instellingen'* ]]
	# What is not a name is not repeated.
	run get / -H 'Host: <b>meter</b>' -H 'Accept: text/html'
	[[ $output == *'<pre>hosts = </pre>'* ]]
	run get / -H 'Host: meter.example'
	[[ $output == '{"error":"this host name is not listed in [web] hosts'* ]]
	# That line helps.
	kill -TERM "$web_pid"
	wait "$web_pid"
	web "hosts = meter.example"
	[ "$(status_of / -H 'Host: meter.example:5002')" = 200 ]
}

@test "one origin may show the page in a frame, and no other" {
	web "frame = http://ha.local:8123"
	get / -D heads -o page
	grep -qiF "frame-ancestors http://ha.local:8123"$'\r' heads
	[ "$(grep -ci x-frame-options heads)" = 0 ]
	framed=(-H 'Sec-Fetch-Site: cross-site' -H 'Sec-Fetch-Mode: navigate')
	[ "$(status_of / "${framed[@]}" -H 'Sec-Fetch-Dest: iframe')" = 200 ]
	[ "$(status_of / "${framed[@]}" -H 'Sec-Fetch-Dest: embed')" = 403 ]
	[ "$(status_of /graph/day.png -H 'Sec-Fetch-Site: cross-site' \
		-H 'Sec-Fetch-Mode: no-cors' -H 'Sec-Fetch-Dest: image')" = 403 ]
	[ "$(status_of /api/v1/meters -H 'Origin: http://ha.local:8123')" = 403 ]
	[ "$(client origin http://ha.local:8123)" != 101 ]
}

@test "a cookie in a frame of another site says that it is one, over https" {
	token abcdefghijklmnopqrstuvwxyz
	web "token_file = $PWD/token" "token_for_reading = yes" \
		"frame = https://ha.example"
	for ask in 'https://localhost iframe SameSite=None; Secure; Partitioned' \
		'https://localhost document SameSite=Strict; Secure' \
		'http://localhost iframe SameSite=Strict'; do
		read -r origin dest want <<<"$ask"
		get /login -H "Origin: $origin" -H 'Host: localhost' -D heads \
			-H "Sec-Fetch-Dest: $dest" --data token=abcdefghijklmnopqrstuvwxyz
		grep -qiE "^set-cookie: .*; HttpOnly; $want"$'\r' heads
	done
}

@test "without a token a browser may have what it needs to install the page" {
	token abcdefghijklmnopqrstuvwxyz
	web "token_file = $PWD/token" "token_for_reading = yes"
	for path in /manifest.webmanifest /icon.svg /icon.png /style.css; do
		[ "$(status_of "$path")" = 200 ]
	done
	for path in /plain /app.js; do
		[ "$(status_of "$path")" = 401 ]
	done
	get /manifest.webmanifest -H 'Accept-Language: nl' | python3 -c '
import json, sys
m = json.load(sys.stdin)
assert (m["name"], m["lang"]) == ("Thuis", "nl"), m
assert m["display"] == "standalone" and m["start_url"] == "./", m'
}

@test "pages of other sites get nothing, by HTTP and by WebSocket" {
	web
	[ "$(status_of /api/v1/meters -H 'Origin: http://evil.example')" = 403 ]
	[ "$(status_of /api/v1/meters -H 'Origin: null')" = 403 ]
	[ "$(status_of /api/v1/meters -H "Origin: $url")" = 200 ]
	[ "$(client origin "$url")" = 101 ]
	[ "$(client origin http://evil.example)" != 101 ]
	[ "$(client path /api/v1/meters)" != 101 ]
}

# The status of opening a WebSocket; an open one ends by curl's timeout.
websocket_of() { # PATH [CURL-OPTION...]
	status_of "$1" -H 'Connection: Upgrade' -H 'Upgrade: websocket' \
		-H 'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==' "${@:2}"
}

@test "a refused WebSocket is told why, whatever subprotocol it names" {
	token abcdefghijklmnopqrstuvwxyz
	web "token_file = $PWD/token" "token_for_reading = yes"
	bearer='Authorization: Bearer abcdefghijklmnopqrstuvwxyz'
	for name in p1 feed later; do
		[ "$(websocket_of /live -H 'Sec-WebSocket-Version: 13' \
			-H "Sec-WebSocket-Protocol: $name")" = 401 ]
		[ "$(websocket_of /live -H 'Sec-WebSocket-Version: 13' -H "$bearer" \
			-H "Sec-WebSocket-Protocol: $name" \
			-H 'Origin: http://evil.example')" = 403 ]
	done
	[ "$(websocket_of /live -H 'Sec-WebSocket-Version: 13' -H "$bearer" \
		-H 'Sec-WebSocket-Protocol: feed')" = 000 ]
	[ "$(websocket_of /live -H 'Sec-WebSocket-Version: 8' -H "$bearer")" = 426 ]
	[ "$(websocket_of /api/v1/meters -H "$bearer")" = 404 ]
	[ "$(status_of /live -H "$bearer")" = 426 ]
	get /live -I -H "$bearer" | grep -i '^upgrade: websocket'
}

@test "a client that prefers HTTP/2 is answered all the same" {
	web
	for path in / /api/v1/meters "/graph/day.png?date=2026-03-10"; do
		[ "$(status_of "$path" -H 'Connection: Upgrade, HTTP2-Settings' \
			-H 'Upgrade: h2c' \
			-H 'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA')" = 200 ]
	done
	[ "$(status_of / -H 'Connection: Upgrade' -H 'Upgrade: h2c' \
		-H 'Host: evil.example')" = 403 ]
}

@test "with a token for reading nothing can be read without it" {
	token abcdefghijklmnopqrstuvwxyz
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

@test "a token that is too short or missing is an error" {
	token short
	forward_to "token_file = $PWD/token"
	run p1web -c "$ini"
	ends 78 token_file 16
	rm token
	run p1web -c "$ini"
	ends 78 token_file
}

@test "a token readable for everybody is refused; so is one with a blank" {
	token abcdefghijklmnopqrstuvwxyz
	forward_to "token_file = $PWD/token"
	chmod 644 token
	run p1web -c "$ini"
	ends 78 "chmod 640"
	token 'abcdefgh ijklmnop;rstuvw'
	run p1web -c "$ini"
	ends 78 "a blank"
}

@test "a browser sends the token once, in a form, and keeps a cookie" {
	token abcdefghijklmnop+/rstuvwxyz
	web "token_file = $PWD/token" "token_for_reading = yes"
	for page in / /current-usage; do
		[ "$(get $page -o form -w '%{http_code} %{content_type}')" = \
			"401 text/html; charset=utf-8" ]
		grep -q '<form method="post" action="login">' form
	done
	[ "$(status_of /style.css)" = 200 ]
	[ "$(status_of /app.js)" = 401 ]
	for wrong in token=abcdefghijklmnop token= x=1 token token=%41 \
		"token=abcdefghijklmnop%2B%2Frstuvwxyzz" token=abcdefghijklmnop+/rstuvwxyz; do
		[ "$(status_of /login -c jar --data "$wrong")" = 401 ]
	done
	[ "$(status_of /login -c jar -H 'Origin: http://evil.example' \
		--data token=abcdefghijklmnop%2b%2Frstuvwxyz)" = 403 ]
	[ ! -e jar ] || [ "$(grep -c p1web jar)" = 0 ]
	[ "$(status_of /login -c jar -D heads --data token=abcdefghijklmnop%2b%2Frstuvwxyz)" = 303 ]
	grep -qi '^set-cookie: .*HttpOnly; SameSite=Strict' heads
	[ "$(grep -ci '^set-cookie: .*Secure' heads)" = 0 ]
	get /login -H 'Origin: https://localhost' -H 'Host: localhost' -D heads \
		--data token=abcdefghijklmnop%2b%2Frstuvwxyz
	grep -qi '^set-cookie: .*; Secure' heads
	for path in / /app.js /api/v1/meters; do
		[ "$(status_of $path -b jar)" = 200 ]
	done
	[ "$(status_of / -b 'p1web=abcdefghijklmnop+/rstuvwxy')" = 401 ]
	[ "$(status_of / -b 'xp1web=abcdefghijklmnop+/rstuvwxyz')" = 401 ]
}

@test "a form that is too long, or goes elsewhere, is not read" {
	web
	head -c 5000 /dev/zero | tr '\0' x >long
	[ "$(status_of /login --data-binary @long 2>/dev/null)" != 200 ]
	[ "$(status_of /api/v1/meters --data token=x)" = 405 ]
	[ "$(status_of /login --data token=x)" = 401 ]
	[ "$(status_of /api/v1/meters)" = 200 ]
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

@test "an address with too many requests is told so, and served later" {
	sed -i 's/^rate = 0/rate = 5/' "$ini"
	paced
	web
	for i in {1..5}; do status_of /api/v1/meters; echo; done >all
	[ "$(tail -1 all)" = 429 ]
	[ "$(status_of /api/v1/meters --interface 127.0.0.2)" = 200 ]
	pass 1000 0
	for i in {1..5}; do [ "$(status_of /api/v1/meters)" = 200 ]; done
	[ "$(status_of /api/v1/meters)" = 429 ]
}

@test "more connections than clients= are refused; those that stay are served" {
	web "clients = 4"
	fill
	kill "${receivers[@]:1}"
	wait_for answers
}

@test "SIGTERM stops it, and the socket is removed" {
	web
	kill -TERM "$web_pid"
	wait "$web_pid"
	[ ! -e "$feed" ]
}

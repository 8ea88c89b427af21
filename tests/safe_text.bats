#!/usr/bin/env bats
# Bytes from a meter, a command line, a file name or a client reach a terminal,
# a log or a spreadsheet only as text.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

# Strings that a terminal, log or spreadsheet would act on. Each ends with MARK,
# so that omissions are noticed too.
hostile=(
	$'\x1b[2JMARK'                 # clears the screen
	$'\x1b]0;title\x07MARK'        # names the window
	$'\x1b]52;c;cm0K\x07MARK'      # writes into the clipboard
	$'\x1bP+q544e\x1b\\MARK'       # asks, and types the answer
	$'\x1b[31mMARK'                # colours
	$'\x1b]8;;http:x\x1b\\MARK'    # a link
	$'\x9b31mMARK'                 # C1 in Latin-1
	$'\xc2\x9b31mMARK'             # C1 in UTF-8
	$'\xc0\x9bMARK'                # overlong form
	$'\xe0\x80\x9bMARK'            # the same, of three bytes
	$'\xed\xa0\x80MARK'            # half a UTF-16 pair
	$'\xf4\x90\x80\x80MARK'        # above the last code point
	$'\xffMARK'                    # not a UTF-8 byte
	$'\xc3MARK'                    # half a character
	$'\x7f\x7fMARK'                # DEL
	$'\x08\x08MARK'                # overwrites
	$'\tMARK'                      # another column
	$'\x0b\x0cMARK'                # another line, another page
	$'\x0e\x0fMARK'                # another character set
	$'\x05MARK'                    # "who are you?"
	$'\xe2\x80\xaeMARK'            # right to left
	$'\xe2\x81\xa6\xd8\x9cMARK'    # the same, by newer marks
	$'\xe2\x80\x8b\xef\xbb\xbfMARK' # invisible
	$'\xe2\x80\xa8MARK'            # Unicode line separator
	$'\xf3\xa0\x81\x81MARK'        # tags
)
# These cannot occur within a telegram's line.
lines=($'a\nforged: MARK' $'a\rforged: MARK' $'\r\nforged: MARK')

# Combine several, so that each program runs a few times instead of thirty.
packs() {
	local i

	for ((i = 0; i < ${#hostile[@]}; i += 5)); do
		pack+=("$(printf %s "${hostile[@]:i:5}")")
	done
}

setup() {
	logger_setup
	pack=()
	packs
}

teardown() {
	[ -z "${web_pid-}" ] || web_teardown
}

# The FILE contains only visible text, and no line started by a value.
clean() { # FILE
	python3 - "$1" <<-'END'
		import sys, unicodedata
		text = open(sys.argv[1], "rb").read().decode()
		bad = [c for c in text if c != "\n" and
		       unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
		forged = [l for l in text.split("\n") if l.startswith("forged")]
		sys.exit(bool(bad or forged) and f"{bad} {forged}")
	END
}

# Run it and save its output in the file said, which must contain MARK.
says() { # COMMAND...
	local rc=0

	timeout 20 "$@" >out 2>&1 </dev/null || rc=$?
	cat out >>said
	[[ $rc -lt 124 && $(<out) == *MARK* ]] && ! crashed out && return
	echo "by $(printf ' %q' "$@"):"
	cat -v out
	return 1
}

crashed() { # FILE: do the sanitizers report a crash?
	grep -qE 'Sanitizer: |runtime error: ' "$1"
}

# Everything that programs print about each string under COMMAND is text.
each() { # COMMAND STRING...
	local text

	for text in "${@:2}"; do
		: >said
		"$1" "$text"
		{ clean said && ! crashed said; } || { printf 'by %q:\n' "$text"; cat -v said; return 1; }
	done
}

@test "this test detects what it looks for" {
	for text in "${hostile[@]}" "${lines[@]}"; do
		printf '%s\n' "$text" >said
		run ! clean said
	done
	printf 'Z\xc3\xa4hler \xe2\x82\xac\n' >said
	clean said
}

# Use TEXT as a word of a command line, a file name, a port.
words() { # TEXT
	says p1logger --decode "$1"
	says p1logger -c "$ini" --import "$1"
	says p1logger -c "$1" --check-config
	says p1logger -c "$ini" --discover "$1" --wait 1
	says p1logger -c "$ini" --discover telegrams --capture "none/$1"
	says p1logger -c "$ini" --quarantine accept "$1"
	says p1logger -c "$ini" --quarantine "$1"
	says p1logger -c "$ini" --closing "$1" import_t1=5
	says p1logger -c "$ini" --closing X "$1=5"
	says p1logger -c "$ini" --closing X --at "$1" import_t1=5
	says p1logger -c "$ini" --restore "$1"
	says p1logger -c "$ini" --time-from "$1" --import telegrams
	says p1logger "--$1"
	says p1logger "$1"
	says p1graph -c "$1"
	says p1graph -c "$ini" --day "$1"
	says p1graph -c "$ini" -o "none/$1"
	says p1graph "--$1"
	says p1report -c "$1"
	says p1report -c "$ini" --at "$1"
	says p1report -c "$ini" --from "$1" --by "$1"
	says p1report -c "$ini" --month "$1"
	says p1report "--$1"
	says p1rrd -c "$1"
	says p1rrd "$1"
	says p1rrd "--$1"
	says p1sim --dialect "$1"
	says p1sim --fault "$1"
	says p1sim -o "none/$1"
	says p1sim --tcp "$1"
	says p1sim --start "$1"
	! command -v p1web || says p1web -c "$1"
	! command -v p1web || says p1web "$1"
}

@test "words of a command line are text in every message" {
	p1sim -n 3 -o telegrams
	p1logger -c "$ini" --import telegrams
	each words "${pack[@]}" "${lines[@]}"
}


# Use TEXT as a setting's value, name and section.
setting() { # TEXT
	printf '%s\n' "[meter]" "port = $1" >value.ini
	printf '%s\n' "[meter]" "$1 = 1" >key.ini
	printf '%s\n' "[$1]" "x = 1" >section.ini
	for file in value key section; do
		for program in "p1logger --print-config" "p1logger --once" p1graph p1rrd; do
			run $program -c $file.ini
			printf '%s\n' "$output" >>said
			[ "$status" -eq 78 ] && [ -n "$output" ]
		done
	done
}

@test "settings that are not text are refused, and not printed raw" {
	each setting "${hostile[@]:0:6}" "${pack[@]}"
	printf '%s\n' "[meter]" $'port = /dev/Z\xc3\xa4hler' >value.ini
	p1logger -c value.ini --print-config | grep $'^port = /dev/Z\xc3\xa4hler$'
}

# Telegrams with TEXT wherever a meter can put one, raw and in hexadecimal; the
# counters of the last three fell.
telegrams() { # TEXT
	python3 - "$1" <<-'END'
		import os, sys
		text = os.fsencode(sys.argv[1])
		coded = (text + b"\nforged").hex().upper().encode()
		def telegram(i):
		    count = b"%d" % (1000 + i if i < 5 else 5)
		    lines = [b"/ISK5" + text[:100], b"", b"1-3:0.2.8(50)",
		        b"0-0:1.0.0(2503010000%02dW)" % (i * 10 % 60),
		        b"0-0:96.1.1(" + text + b")", b"0-0:96.13.0(" + text + b")",
		        b"0-0:96.13.1(" + coded + b")", b"9-9:9.9.9(" + text + b")",
		        b"1-0:1.8.1(00" + count.rjust(4, b"0") + b".000*kWh)",
		        b"1-0:1.8.2(000000.000*kWh)", b"1-0:14.7.0(50*" + text + b")",
		        b"0-0:17.0.0(9*" + text + b")", b"0-1:24.1.0(003)",
		        b"0-1:96.1.0(" + coded + b")",
		        b"0-1:24.2.1(250301000000W)(00007.000*m3)",
		        b"0-2:24.1.0(007)", b"0-2:96.1.0(" + text + b")",
		        b"0-2:24.2.1(250301000000W)(00001.000*m3)"]
		    body, crc = b"\r\n".join(lines) + b"\r\n!", 0
		    for byte in body:
		        crc ^= byte
		        for _ in range(8):
		            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
		    return body + b"%04X\r\n" % crc
		open("bad", "wb").write(b"".join(telegram(i) for i in range(6)))
	END
}

meter_with() { # TEXT
	telegrams "$1"
	rm -rf data kept
	write_ini "$PWD/bad"
	says p1logger --decode bad
	says p1logger -c "$ini" --discover bad
	p1logger -c "$ini" --discover bad --redact >>said 2>&1
	p1logger -c "$ini" --import --verbose bad >>said 2>&1
	says p1logger -c "$ini" --quarantine
	p1logger -c "$ini" --verify >>said 2>&1
	forward_to "[files]" "csv = $PWD/kept/csv" "json = $PWD/kept/json"
	rm -r data
	p1logger -c "$ini" --once --verbose >>said 2>&1
	says cat kept/csv
	says cat kept/json
}

@test "what a meter sends is text, in what p1logger prints and writes" {
	each meter_with "${pack[@]}"
}

@test "what a meter sends is text, in what p1web answers" {
	command -v p1web >/dev/null || skip "p1web is not built"
	touch log
	telegrams "$(printf %s "${hostile[@]:0:12}")"
	web_port=$(free_port) url=http://127.0.0.1:$web_port
	write_ini "$PWD/bad"
	p1logger -c "$ini" --import bad
	web "[web]" "listen = 127.0.0.1:$web_port" "rate = 0"
	: >said
	for path in /api/v1/current /api/v1/meters /smart-meter; do
		get $path >answer
		says cat answer
		python3 -m json.tool answer >/dev/null
	done
	for path in '/api/v1/meters?format=csv' /metrics; do
		get "$path" >answer
		says cat answer
	done
	for text in "${pack[@]}" "${lines[@]}"; do
		coded=$(printf %s "$text" | od -An -v -tx1 | tr -d '\n' | tr ' ' %)
		get "/api/v1/history?from=$coded" >>said
		get "/$coded" -H "Host: $(printf %s "$text" | tr -d '\r\n')" >>said
	done
	cat weblog >>said
	clean said
}

@test "a cell is not a formula" {
	command -v p1web >/dev/null || skip "p1web is not built"
	touch log
	web_port=$(free_port) url=http://127.0.0.1:$web_port
	telegrams '=1+MARK'
	write_ini "$PWD/bad"
	forward_to "[files]" "csv = $PWD/kept"
	p1logger -c "$ini" --once
	p1logger -c "$ini" --import bad
	grep "Z,'=1+MARK," kept
	web "[web]" "listen = 127.0.0.1:$web_port"
	get '/api/v1/meters?format=csv' | grep ",'=1+MARK"
	get '/api/v1/meters?format=csv' | run ! grep ',[=+@]'
}

# The places where raw bytes may pass: the code that prints for all others, and
# the code that writes documents.
@test "only the designated code prints" {
	cd "$BATS_TEST_DIRNAME/.." || return
	may='print|cmdline|log|write_csv|query_third_party_formats|query_newest|truth|decode|backup_request|[a-z]+_json|handlers|metrics[a-z_]*|html|plain_page|static_files|slice_text|table_text'
	mapfile -t files < <(git ls-files '*.c' | grep -vE "^tests/|/($may)\.c$")
	[ "${#files[@]}" -gt 150 ]
	run grep -nE '\b(v?f?d?printf|f?puts|perror|v?syslog|psignal|v?warnx?|v?errx?)\(' "${files[@]}"
	echo "$output"
	[ "$status" -eq 1 ]
}

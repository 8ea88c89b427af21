#!/usr/bin/env bats
# p1logger --decode: telegrams in, JSON lines out.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034,SC2119,SC2120 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
}

@test "each valid telegram is one line" {
	p1sim -n 3 --start 2025-03-30T00:59:58Z -o three
	run p1logger --decode three
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 3 ]
	[[ ${lines[0]} == '{"time":"2025-03-30T00:59:58Z","header":"/'* ]]
	[[ ${lines[2]} == '{"time":"2025-03-30T01:00:00Z",'* ]]
}

@test "a file, a pipe, gzip and pieces of 1 byte give the same output" {
	p1sim -n 20 -o some
	gzip -k some
	p1logger --decode some >want
	p1logger --decode some.gz | cmp - want
	p1logger --decode <some | cmp - want
	p1logger --decode - <some.gz | cmp - want
	socat -u -b 1 OPEN:some - | p1logger --decode | cmp - want
	socat -u -b 7 OPEN:some - | p1logger --decode | cmp - want
}

@test "at a terminal it says that it reads standard input" {
	run script -qec "p1logger --decode" /dev/null </dev/null
	[ "$status" -eq 65 ]
	[[ ${lines[*]} == *"p1logger: reading telegrams from standard input"* ]]
	run p1logger --decode </dev/null
	ends 65 "no telegrams found"
	[[ $output != *"standard input"* ]]
	p1sim -n 1 -o one
	run script -qec "p1logger --decode one" /dev/null </dev/null
	[[ $output != *"standard input"* ]]
}

@test "a live pipe is decoded telegram by telegram" {
	mkfifo pipe answers
	p1logger --decode <pipe >answers 3>&- &
	exec 7>pipe 8<answers
	p1sim -n 1 >&7
	read -t 5 -r first <&8
	[[ $first == '{"time":'* ]]
	exec 7>&-
	wait $!
}

@test "of several ports it says which one it is listening to" {
	mkfifo pipe
	p1sim -n 1 -o one
	cat one >pipe 3>&- &
	run --separate-stderr p1logger --decode pipe one
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 2 ]
	[ "$stderr" = "p1logger: listening to pipe; one follows when it ends" ]
	cat one >pipe 3>&- &
	run --separate-stderr p1logger --decode one pipe
	[ "$stderr" = "p1logger: listening to pipe" ]
	cat one >pipe 3>&- &
	run --separate-stderr p1logger --decode pipe
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
}

@test "refused telegrams are counted by reason at the end" {
	{ p1sim -n 2 --fault badcrc=1; p1sim -n 1; p1sim -n 1 --fault cut=1; } >mixed
	run --separate-stderr p1logger --decode mixed
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 1 ]
	[ "$stderr" = "refused 3: crc 2, cut 1" ]
}

@test "with several files the counts are per file" {
	p1sim -n 1 -o good
	p1sim -n 1 --fault badcrc=1 -o bad
	run --separate-stderr p1logger --decode bad good
	[ "$status" -eq 0 ]
	[ "$stderr" = "bad: refused 1: crc 1" ]
}

@test "no valid telegram is 65" {
	p1sim -n 1 --fault badcrc=1 -o bad
	run --separate-stderr p1logger --decode bad
	[ "$status" -eq 65 ]
	[ "$stderr" = "refused 1: crc 1" ]
	run p1logger --decode /dev/null
	ends 65 "no telegram"
}

@test "a missing file is 69, and the others are read anyway" {
	p1sim -n 1 -o good
	run --separate-stderr p1logger --decode nowhere good
	[ "$status" -eq 69 ]
	[ "${#lines[@]}" -eq 1 ]
	[[ $stderr == *nowhere* ]]
}

@test "a DSMR 2.2 telegram has no time" {
	p1sim --dialect nl22 -n 1 --start 2013-01-05T10:00:00Z -o old
	run p1logger -c "$ini" --decode old
	[[ $output == '{"header":"/'*'"crc":"none"'* ]]
	[[ $output == *'"mbus":[{"channel":1,'*'"time":"2013-01-05T10:00:00Z"'* ]]
}

@test "a telegram above 64 KiB is refused, the next one is read" {
	{ p1sim -n 1 --fault long=1; p1sim -n 1; } >both
	run --separate-stderr p1logger --decode both
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 1 ]
	[ "$stderr" = "refused 1: too-long 1" ]
}

@test "a damaged gzip file gives what is readable, and the error" {
	p1sim -n 2000 -o many
	gzip many
	truncate -s -100 many.gz
	run --separate-stderr p1logger --decode many.gz
	[ "$status" -eq 65 ]
	[ "${#lines[@]}" -gt 1000 ]
	[[ $stderr == *"many.gz: gzip: unexpected end of file"* ]]
}

@test "a full disk is 74" {
	p1sim -n 1 -o good
	run --separate-stderr bash -c 'p1logger --decode good >/dev/full'
	[ "$status" -eq 74 ]
	[[ $stderr == *"No space left"* ]]
}

@test "a port is decoded until it disappears" {
	meter -n 3
	run p1logger --decode "$port"
	[ "${#lines[@]}" -ge 1 ]
	[[ ${lines[0]} == '{"time":'* ]]
	stop_meter
}

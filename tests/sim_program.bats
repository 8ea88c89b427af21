#!/usr/bin/env bats
# p1sim as a program: bytes, truth, ports, errors.

bats_require_minimum_version 1.5.0
load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
	[ -z "${pid:-}" ] || kill "$pid" 2>/dev/null || true
}

# Run in the background until its output has a line, or a link exists.
play() {
	p1sim "$@" >out &
	pid=$!
	wait_for bash -c "[ -s out ] || [ -L port ]"
}

dialects() { # all, one per line
	p1sim --help | sed -n '/^Dialects:/,/^$/s/^  \([a-z0-9]*\) .*/\1/p'
}

truth() {
	python3 "$BATS_TEST_DIRNAME/sim_truth.py" "$@"
}

@test "the same seed gives the same bytes, another seed others" {
	for file in 1.a 1.b 2.c; do
		p1sim --start 2025-01-15 -n 100 --seed "${file%.*}" \
			--fault flip=0.1 -o $file
	done
	cmp 1.a 1.b
	run ! cmp -s 1.a 2.c
}

@test "faults do not change the household" {
	p1sim --start 2025-01-15 -n 100 --truth a.csv -o a
	p1sim --start 2025-01-15 -n 100 --truth b.csv -o b --fault dup=0.5
	cut -d, -f1,4- a.csv >a.house
	cut -d, -f1,4- b.csv >b.house
	cmp a.house b.house
	run ! cmp -s a b
}

@test "every dialect matches its truth over a night in March with swaps" {
	[ "$(dialects | wc -l)" -ge 18 ]
	for d in $(dialects); do
		p1sim --dialect $d --water --heat --interval 60 --duration 3h \
			--start 2025-03-29T23:30:00Z \
			--gas-swap 2025-03-30T00:10:00Z \
			--meter-swap 2025-03-30T00:20:00Z -o s --truth t
		[ "$(truth s t)" = 180 ]
	done
}

@test "with one phase, without gas and sun, over a night in October" {
	p1sim --dialect be --phases 1 --no-gas --no-solar --interval 60 \
		--start 2025-10-25T23:30:00Z --duration 3h -o s --truth t
	[ "$(truth s t)" = 180 ]
	grep -q '(251026020000W)' s
	grep -q '(251026020000S)' s
	run ! grep -E '1-0:52|0-1:24' s
}

@test "encrypted telegrams: different frames of the same telegrams" {
	echo 000102030405060708090A0B0C0D0E0F >key
	p1sim --dialect lu --start 2025-01-15 -n 3 -o plain
	p1sim --dialect lu --start 2025-01-15 -n 3 --key key -o sealed
	p1sim --dialect lu --start 2025-01-15 -n 3 --key key --auth-key key -o other
	[ "$(wc -c <sealed)" = $(($(wc -c <plain) + 90)) ]
	run ! cmp -s sealed other
	run ! grep -qa kWh sealed
	run -2 p1sim --dialect lu --key key --fault badcrc=1
	run -2 p1sim --auth-key key
	run -65 p1sim --key plain
	run -69 p1sim --key nothing
}

@test "good telegrams stay good among all faults" {
	faults=()
	for k in flip cut headless drop badcrc zerocrc nocrc lowcrc shortcrc \
		garbage slash dup lf nul ff; do
		faults+=(--fault "$k=0.03")
	done
	p1sim --dialect nl50 --start 2025-01-15 -n 1000 "${faults[@]}" \
		--fault long=0.002 -o s --truth t
	[ "$(truth s t)" -gt 700 ]
	[ "$(tail -n +2 t | cut -d, -f2 | sort -u | wc -l)" -ge 15 ]
}

@test "meter lies have a correct CRC, and the truth names them" {
	for d in nl22 nl42 nl50 be lu hu at ch ace4000; do
		p1sim --dialect $d --start 2025-01-15 --interval 60 -n 1000 \
			--fault gaszero=0.002 --fault gasjump=0.002 \
			--fault back=0.01 --fault jump=0.01 \
			--fault year2000=0.005 --fault letter=0.002 \
			-o s --truth t
		[ "$(truth s t)" = 1000 ]
		grep -q '_wh$' t
	done
}

@test "a lie may be scheduled, and does not change the household" {
	p1sim --start 2025-01-15 --interval 60 -n 300 -o a --truth a.csv
	p1sim --start 2025-01-15 --interval 60 -n 300 -o b --truth b.csv \
		--fault gaszero=2025-01-15T01:00:00Z+30m \
		--fault gasjump=2025-01-15T02:00:00Z \
		--fault back=2025-01-15T03:30:30Z \
		--fault year2000=2025-01-15T04:00:00Z --fault dup=0.1
	[ "$(truth b b.csv)" -gt 300 ]
	cmp <(cut -d, -f1,4-49 a.csv) <(cut -d, -f1,4-49 b.csv)
	[ "$(grep -c ',gas_dm3$' b.csv)" = 90 ]
	grep '^2025-01-15T03:31:00Z' b.csv | grep -q '_wh$'
	[ "$(grep -c '_wh$' b.csv)" = 1 ]
	[ "$(grep -c ',utc$' b.csv)" = 10 ]
	grep -q '(00000.000\*m3)' b
	grep -q '^0-0:1.0.0(000101000900W)' b
	[ "$(tail -n +2 a.csv | grep -c ',$')" = 300 ]
}

@test "a gap is silent and the counters continue" {
	p1sim --start 2025-01-15 --interval 60 --duration 2h \
		--gap 2025-01-15T00:30:00Z+1h -o s --truth t
	[ "$(truth s t)" = 60 ]
	grep -q '^2025-01-15T00:29:00Z' t
	run ! grep '^2025-01-15T00:30:00Z' t
	run ! grep '^2025-01-15T01:29:00Z' t
	grep -q '^2025-01-15T01:30:00Z' t
}

@test "a register starts at the given value, and wraps" {
	p1sim --dialect nl22 --start 2025-01-15 --interval 3600 -n 24 --no-solar \
		--initial import_t1=99999.999 -o s --truth t
	[ "$(truth s t)" = 24 ]
	head -30 s | grep -q '1-0:1.8.1(99999.999\*kWh)'
	tail -22 s | grep -q '1-0:1.8.1(0000'
}

@test "a pseudo terminal sends in real time" {
	begin=$(date +%s%N)
	play --pty port -n 9 --speed 40 --interval 10 --truth t
	timeout 20 cat port >s || true
	took=$((($(date +%s%N) - begin) / 1000000))
	wait "$pid"
	[ "$took" -ge 1900 ]
	[ "$took" -lt 20000 ] # not the 80 s of speed 1
	[ ! -e port ]
	[ "$(grep -c '^!' s)" -ge 8 ]
}

@test "a pseudo terminal delivers everything to a waiting reader" {
	play --pty port -n 2000 --fast --start 2025-01-15 --truth t
	timeout 20 cat port >s || true
	wait "$pid"
	[ "$(truth s t)" = 2000 ]
}

@test "a TCP port serves two clients the same stream" {
	play --tcp 0 -n 30 --speed 4 --interval 1
	[[ $(cat out) =~ ^127\.0\.0\.1:[0-9]+$ ]]
	port=$(cut -d: -f2 out)
	timeout 20 cat <"/dev/tcp/127.0.0.1/$port" >a &
	first=$!
	timeout 20 cat <"/dev/tcp/127.0.0.1/$port" >b
	wait "$first"
	[ "$(grep -c '^!' a)" -ge 4 ]
	cmp <(tail -n 60 a) <(tail -n 60 b)
}

@test "signals stop it, and the link is removed" {
	play --pty port
	kill "$pid"
	wait "$pid"
	[ ! -L port ]
}

@test "silence and noise" {
	play --pty port --silent --duration 1s
	[ "$(timeout 20 cat port | wc -c)" = 0 ]
	wait "$pid"
	play --pty port --babble --duration 1s
	[ "$(timeout 20 cat port | wc -c)" -ge 500 ]
	wait "$pid"
}

@test "one telegram by default" {
	run p1sim
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = $'/ISK5\\2M550T-1012\r' ]
	[ "$(p1sim | grep -c '^!')" = 1 ]
}

@test "help, version, and usage errors" {
	p1sim --help | grep -q -- '--meter-swap STAMP'
	[ "$(p1sim --version)" = "p1sim $(cat "$BATS_TEST_DIRNAME/../VERSION")" ]
	for wrong in --nonsense '--dialect x' '--start 2025-02-30' '--count -1' \
		'--fault flip=2' '--fault back=2' '--fault back=x' '--fault back' \
		'--fault jump=2025-01-15+x' '--silent' '--count' 'word' '--interval 0' \
		'--pty a --tcp 0' '--gap 2025-01-01' '--initial x=1'; do
		# shellcheck disable=SC2086 # words of a command line
		run -2 p1sim $wrong
		[ "${#lines[@]}" = 1 ]
		[[ $output == p1sim:* ]]
	done
}

@test "exit status of a failing output" {
	run -73 p1sim -o /nonexistent/file
	run -73 p1sim --pty /nonexistent/port
	run -73 p1sim --truth /nonexistent/file
	run -73 p1sim --tcp 192.0.2.1:1
	run -74 p1sim -n 1000 -o /dev/full
}

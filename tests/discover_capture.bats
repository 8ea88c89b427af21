#!/usr/bin/env bats
# p1logger --discover: what it writes, and what it hides.
load logger_helper

setup() {
	logger_setup
	p1sim --dialect nl50 -n 3 -o telegrams
}

identifiers() { # FILE
	grep -aoE '0-[0-9]:96\.1\.[0-9]\([^)]*\)|^/.*' "$1" | sort -u
}

@test "--capture writes the bytes as they came" {
	run p1logger -c "$ini" --discover telegrams --capture out
	[ "$status" -eq 0 ]
	cmp telegrams out
	[[ $output == *"What came is in out."* ]]
}

@test "--redact masks in print and file, and the CRC is right" {
	meter=$(sed -n 's/^0-0:96.1.1(\(.*\)).*/\1/p' telegrams | head -1)
	gas=$(sed -n 's/^0-1:96.1.0(\(.*\)).*/\1/p' telegrams | head -1)
	[ -n "$meter" ] && [ -n "$gas" ]
	run p1logger -c "$ini" --discover telegrams --capture out --redact
	[ "$status" -eq 0 ]
	[[ $output != *"$meter"* && $output != *"$gas"* ]]
	[[ $output != *"$(perl -e 'print pack "H*", shift' "$meter")"* ]]
	run -1 grep -aqE "$meter|$gas" out
	[ "$(p1logger --decode out | grep -c '"crc":"ok"')" -eq 3 ]
	diff <(p1logger --decode telegrams | sed 's/"meter":"[^"]*"//g') \
		<(p1logger --decode out | sed 's/"meter":"[^"]*"//g')
}

@test "--redact of damaged telegrams writes none of them" {
	p1sim -n 3 --fault flip=1 -o bad
	run p1logger -c "$ini" --discover bad --capture out --redact
	[ "$status" -eq 65 ]
	[ ! -s out ]
}

@test "a file that cannot be written is named" {
	run p1logger -c "$ini" --discover telegrams --capture none/out
	[ "$status" -eq 73 ]
	[[ $output == *"none/out"* ]]
}

@test "--capture and --redact are of --discover alone" {
	run p1logger --once --capture out
	ends 2 "need --discover"
	run p1logger --discover a b
	ends 2 "takes one port"
}

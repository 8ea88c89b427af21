#!/usr/bin/env bats
# A small sample of `make load`, and clients beyond what a shell allows.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	web_setup 60
}

teardown() {
	web_teardown
}

@test "nothing is lost while clients and readers come in numbers" {
	run "$BATS_TEST_DIRNAME/../scripts/load" --counts 3 200 10
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"p1logger's CPU"* ]]
}

@test "as many clients as [web] clients, where a shell allows fewer files" {
	ulimit -Sn 128
	web "clients = 300"
	say '{"time":"2026-03-10T11:00:00Z"}'
	ulimit -Sn "$(ulimit -Hn)"
	[ "$(client many 290)" = 290 ]
}

@test "more clients than open files are allowed is an error of the settings" {
	forward_to "clients = 300"
	ulimit -n 128
	run p1web -c "$ini"
	ends 78 "[web] clients = 300" "128 open files"
}

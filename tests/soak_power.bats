#!/usr/bin/env bats
# A few hundred power cuts; `make soak` makes ten thousand. tests/power/cut.py
# describes the checks after each.
load helper
bats_require_minimum_version 1.5.0

cuts() { # SCENE N [OPTION...]
	python3 "$BATS_TEST_DIRNAME/power/cut.py" "$1" --cuts "${@:2}"
}

@test "a new database is intact after a power cut, and a reading follows" {
	cuts new 50
}

@test "runs from cron lose no committed reading" {
	cuts once 40
}

@test "thinning is done or not done, and totals stay" {
	cuts keep 30
}

@test "the service loses no committed reading" {
	cuts service 30
}

@test "a database of an older version is either the old one or the new one" {
	cuts older 30
}

@test "a backup with a good name is a good backup" {
	cuts backup 30
}

@test "a restored database is either the old one or the backup" {
	cuts restore 50
}

@test "a disk that ignores sync is detected" {
	run -1 --separate-stderr cuts new 30 --liar
	[[ $output != *'"lost": 0,'* ]]
	[[ $stderr == *"lost: 1 commits"* ]]
}

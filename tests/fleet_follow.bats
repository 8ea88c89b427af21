#!/usr/bin/env bats
# bats file_tags=plain
# p1pg brings a copy in a real PostgreSQL up to date: its views are those of the home's
# own database, cell by cell, whatever happens in between.
# shellcheck disable=SC2154,SC2030,SC2031 # the helpers' variables
bats_require_minimum_version 1.5.0
load helper
load postgres
load fleet_helper

setup() {
	postgres_setup
	cd "$BATS_TEST_TMPDIR" || return
	postgres_new one
	fleet_admin
}

teardown() {
	postgres_teardown
}

@test "an import appears in the views, and each later one" {
	new_home casa
	p1sim --start 2026-10-23T11:02:00Z --interval 60 -n 5000 --water --heat \
		--meter-swap 2026-10-24T15:07:00Z --gap 2026-10-25T09:50:00Z+5h -o all
	split_telegrams all 9
	for part in all.*; do
		import casa "$part"
		p1pg -c casa.ini
		same_views casa
	done
	p1pg -c casa.ini --verify >said
	grep -q 'totals are the same' said
}

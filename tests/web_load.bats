#!/usr/bin/env bats
# A small sample of `make load`, and more clients than a shell allows.
# bats file_tags=plain
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	web_setup 60
}

teardown() {
	web_teardown
}

@test "nothing is lost with many clients and readers" {
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

@test "more clients than allowed open files is a settings error" {
	forward_to "clients = 300"
	ulimit -n 128
	run p1web -c "$ini"
	ends 78 "[web] clients = 300" "128 open files"
}

# Make each kind of request, into files of folder $1.
ask_all() {
	local form n=0 path range='from=2026-03-10&to=2026-03-11'

	mkdir "$1"
	for form in json csv; do
		for path in "power?$range&step=10" "meters?$range" \
			"history?$range&resolution="{hour,day,month,year}; do
			n=$((n + 1))
			get "/api/v1/$path&format=$form" >"$1/$n"
		done
	done
	get '/api/historical?res=100000000' >"$1/smer"
}

@test "a response does not depend on requests in between" {
	web
	ask_all first
	ask_all second
	diff -r first second
	[ "$(cat first/* | sort -u | wc -l)" -gt 15 ]
	# Other columns give another response: those of a newer program's view.
	sqlite3 "$db" "CREATE VIEW other AS SELECT * FROM meters;
		CREATE INDEX power ON electricity (power_import_w)"
	ask_all third
	diff -r first third
}

#!/usr/bin/env bats
# bats file_tags=plain
# The add-on for Home Assistant, as far as it can be tested without Home Assistant; and what
# runs in it and in the container.
load helper

setup() {
	cd "$BATS_TEST_DIRNAME/.." || return
	addon=packaging/homeassistant/p1logger
	dir=$BATS_TEST_TMPDIR
}

teardown() {
	[ -z "${both-}" ] || kill "$both" 2>/dev/null || true
	[ -z "${sim-}" ] || kill "$sim"
}

@test "keys, types and options are those of the add-on documentation" {
	/usr/bin/python3 tests/homeassistant_config.py "$addon"
	# scripts/homeassistant replaces it.
	grep -qx 'version: "@version@"' "$addon/config.yaml"
}

with_line() { # FILE LINE: check a copy of the add-on to which the line is added
	rm -rf "$dir/copy"
	cp -r "$addon" "$dir/copy"
	printf '%s\n' "$2" >>"$dir/copy/$1"
	run /usr/bin/python3 tests/homeassistant_config.py "$dir/copy"
	[ "$status" -eq 1 ]
}

@test "the check finds unknown keys, wrong types and wrong options" {
	with_line config.yaml 'uarts: true'
	[ "$output" = "config.yaml has an unknown key uarts" ]
	with_line config.yaml 'timeout: soon'
	[ "$output" = "config.yaml timeout has the wrong type" ]
	with_line config.yaml 'boot: never'
	[ "$output" = "boot never is not one of auto manual manual_only" ]
	with_line config.yaml '    power: int(0..5)?'
	[ "$output" = "schema.limits.power int(0..5)? is not a type" ]
	with_line build.yaml '  i386: debian:trixie-slim'
	[ "$output" = "build_from and arch differ" ]
}

# Print options in which every one of the schema is set.
all_options() {
	/usr/bin/python3 - "$addon/config.yaml" <<-'END'
	import json, re, sys, yaml
	SAMPLES = {"str": "tcp://localhost:2001", "int": 5, "float": 0.25, "bool": True,
	           "password": "secret", "match": "0" * 32, "list": "nl"}
	SPECIAL = {"timezone": "Europe/Amsterdam", "broker": "core-mosquitto", "topic": "p1"}
	schema = yaml.safe_load(open(sys.argv[1]))["schema"]
	print(json.dumps({section: {key: SPECIAL.get(key, SAMPLES[re.match(r"\w+", kind)[0]])
	                            for key, kind in keys.items()}
	                  for section, keys in schema.items()}))
	END
}

@test "each option of the add-on is a setting of p1logger" {
	all_options >"$dir/options.json"
	mkdir "$dir/graphs" "$dir/backups"
	"$addon/settings" "$dir/options.json" "$dir" >"$dir/p1logger.ini"
	run p1logger --check-config --config "$dir/p1logger.ini"
	echo "$output"
	[ "$status" -eq 0 ]
	p1logger --print-config --config "$dir/p1logger.ini" >"$dir/printed"
	for line in "database = $dir/p1logger.db" 'port = tcp://localhost:2001' 'interval = 5' \
		'timezone = Europe/Amsterdam' 'language = nl' 'broker = core-mosquitto' \
		"password_file = $dir/password" "key_file = $dir/key" 'tls = yes' \
		'import_t1 = 0.25'; do
		grep -qxF "$line" "$dir/printed"
	done
	[ "$(stat -c '%a' "$dir/password")" = 600 ]
	[ "$(cat "$dir/password")" = secret ]
}

@test "without options the port is found, and the page serves the network" {
	echo '{"meter": {}, "storage": {}, "mqtt": {"broker": ""}}' >"$dir/options.json"
	"$addon/settings" "$dir/options.json" "$dir" >"$dir/p1logger.ini"
	p1logger --print-config --config "$dir/p1logger.ini" >"$dir/printed"
	grep -x 'port = ' "$dir/printed"
	grep -x 'broker = ' "$dir/printed"
	grep -x 'listen = 0.0.0.0:5002' "$dir/printed"
}

get() { curl -fsS "http://$address$1"; }

@test "a container runs both programs until one ends or it is stopped" {
	[ -x "$P1_BIN/p1web" ] || skip "p1web is not built"
	p1sim --tcp 0 --interval 1 >"$dir/sim" &
	sim=$!
	wait_for test -s "$dir/sim"
	address=127.0.0.1:$((20000 + RANDOM % 10000))
	printf '[meter]\n#port = \n[storage]\ndatabase = %s\nrrd =\n[web]\nlisten = %s\n' \
		"$dir/p1.db" "$address" >"$dir/p1logger.ini"
	P1_PORT=tcp://$(cat "$dir/sim")
	export P1_INI=$dir/p1logger.ini TMPDIR=$dir/run P1_PORT
	mkdir "$TMPDIR"
	packaging/container/run_both 3>&- &
	both=$!
	wait_for get /api/v1/current
	wait_for packaging/container/health
	kill -HUP "$both"
	kill -TERM "$both"
	wait "$both"

	packaging/container/run_both 3>&- &
	both=$!
	wait_for get /health
	kill "$(pgrep --parent "$both" p1web)"
	wait "$both" || true
	run packaging/container/health
	[ "$status" -ne 0 ]
}

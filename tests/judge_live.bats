#!/usr/bin/env bats
# bats file_tags=plain
# A meter that sends false values with a correct CRC, read live by --once and by
# the service. Live outputs get only judged values.
# shellcheck disable=SC2154,SC2034 # variables of logger_helper
load logger_helper

setup() {
	logger_setup
	start=2025-03-10T08:00:00Z
	lies=(--fault gaszero=2025-03-10T08:20:00Z+10m
		--fault gasjump=2025-03-10T08:40:00Z+2m
		--fault jump=2025-03-10T08:50:00Z+10s
		--fault back=2025-03-10T08:55:00Z+10s)
	p1sim --start $start --duration 90m --interval 10 --seed 4 -o honest.p1
	p1sim --start $start --duration 90m --interval 10 --seed 4 "${lies[@]}" \
		-o liar.p1
	mkdir data
}

teardown() {
	stop_meter
	[ -z "${service_pid-}" ] || kill "$service_pid" 2>/dev/null || true
}

readings() { # DATABASE
	sqlite3 -readonly "$1" "SELECT 'gas', ts, value FROM mbus UNION ALL
		SELECT import_t1_wh, ts, export_t1_wh FROM electricity"
}

no_false_ones() { # compare with the honest stream
	db=$PWD/honest.db
	write_ini -
	p1logger -c "$ini" --import honest.p1
	readings honest.db | sort >true
	readings data/p1.db | sort >is
	[ -z "$(comm -13 true is)" ]
	[ "$(comm -23 true is | wc -l)" -le "$1" ]
}

@test "--once from cron, every five minutes" {
	local n

	awk '/^\// { n++ } n % 30 == 7 { print >sprintf("t%04d", n) }' liar.p1
	for n in t*; do
		write_ini "$PWD/$n"
		rm -f "$db.lock"
		p1logger -c "$ini" --once
	done
	[ "$(rows)" = 18 ]
	sql "SELECT reason, value FROM quarantine" >held
	cat held
	[ "$(head -n 1 held)" = "back|0" ]
	sql "SELECT count(*) FROM hourly_wh WHERE gas_dm3 < 0 OR gas_dm3 > 5000
		OR import_wh < 0" >bad
	[ "$(cat bad)" = 0 ]
	no_false_ones 10000
}

@test "--once reports held electricity, and stores the gas" {
	gas=$(sed -n 's/^0-1:24.2.1.*(0*\([0-9.]*\)\*m3).*/\1/p' honest.p1 |
		tail -n 1)
	p1sim -n 1 --start 2025-03-10T12:00:00Z --seed 4 \
		--initial import_t1=1 --initial "gas=$gas" -o fallen
	write_ini "$PWD/fallen"
	p1logger -c "$ini" --import honest.p1
	before=$(sql "SELECT count(*) FROM mbus")
	run p1logger -c "$ini" --once
	ends 65 "$PWD/fallen: the electricity counters are held" "--quarantine"
	[ "$(sql "SELECT count(*) FROM mbus")" -eq $((before + 1)) ]
}

@test "the service: nothing false is stored or forwarded" {
	write_ini "$PWD/liar.p1" "phases_interval = 10" "[files]" "json = $PWD/sent.jsonl"
	p1logger -c "$ini" 2>log
	cat log
	[ "$(rows)" = 538 ] # of 540
	[ "$(sql "SELECT count(*) FROM phases")" = 540 ]
	[ "$(sql "SELECT count(DISTINCT reason || register) FROM quarantine")" = 4 ]
	no_false_ones 4
	# The rest of a telegram is forwarded, and names what is held.
	[ "$(wc -l <sent.jsonl)" = 540 ]
	# A true value after a lie with the same stamp waits for the commit.
	held=$(grep -c '"held":\["gas"\]' sent.jsonl)
	[ "$held" -ge 72 ]
	[ "$held" -lt 110 ]
	[ "$(grep -c '"held":\["electricity"\]' sent.jsonl)" = 2 ]
	[ "$(grep -c '"medium":"gas"' sent.jsonl)" = $((540 - held)) ]
	[ "$(grep -c '"import_t1":' sent.jsonl)" = 538 ]
	p1logger --decode honest.p1 >want
	python3 - <<-'PYTHON'
		import json
		true = {}
		for line in open("want"):
		    r = json.loads(line)
		    true[r["time"]] = r
		for line in open("sent.jsonl"):
		    r = json.loads(line)
		    t = true[r["time"]]
		    for m in r.get("mbus", []):
		        assert m in t["mbus"], m
		    for key in r:
		        assert key in ("mbus", "held") or r[key] == t[key], key
		    assert all(k in r for k in t if k.startswith("power")), r
	PYTHON
}

@test "raw telegrams go out over UDP and into files whatever is held" {
	local to

	to=$(python3 "$BATS_TEST_DIRNAME/free_port.py" $$)
	awk '/^\// { n++ } n % 9 == 0' liar.p1 >few.p1
	write_ini "$PWD/few.p1" "[udp_lines]" "target = 127.0.0.1:$to" \
		"[files]" "telegrams = $PWD/raw.p1"
	python3 -u "$BATS_TEST_DIRNAME/forward_receive.py" heard "$to" 3>&- &
	holder_pid=$!
	wait_for grep -q ready heard
	p1logger -c "$ini" 2>log
	wait_for heard_telegrams 60
	stop_holder
	[ "$(sql "SELECT count(*) > 0 FROM quarantine")" = 1 ]
	cmp few.p1 raw.p1
	tr -d '\r' <few.p1 | grep '^0-1:24.2.1' >sent
	sed -n "s/^$to \(0-1:24.2.1\)/\1/p" heard >is
	cmp sent is
}

heard_telegrams() { # N
	[ "$(grep -c ' !' heard)" -ge "$1" ]
}

@test "DSMR 2.2: --once waits for two telegrams that agree" {
	meter --dialect nl22 --interval 1
	run as_serial p1logger -c "$ini" --once
	silent
	[ "$(rows)" = 1 ]
	[ "$(sql "SELECT count(*) FROM quarantine")" = 0 ]
}

@test "DSMR 2.2: a single telegram proves nothing when live" {
	p1sim --dialect nl22 -n 1 -o telegram
	python3 - >address 3>&- <<-'END' &
		import socket
		s = socket.create_server(("127.0.0.1", 0))
		print(s.getsockname()[1], flush=True)
		c = s.accept()[0]
		c.sendall(open("telegram", "rb").read())
		c.recv(1)
	END
	holder_pid=$!
	wait_for test -s address
	write_ini "tcp://127.0.0.1:$(cat address)"
	run p1logger -c "$ini" --once --wait 5
	stop_holder
	ends 65 "no second one to confirm it"
	[ "$(rows)" = 0 ]
}

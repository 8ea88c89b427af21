#!/usr/bin/env bats
# p1web's responses, requested with curl and compared with the database.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	web_setup
}

teardown() {
	web_teardown
}

@test "each response matches openapi.json exactly" {
	forward_to "[prices]" "import = 0.25" "fixed = 0.5"
	web "[web]"
	as_described() { # PATH [QUERY]
		echo "$*"
		get "$1${2-}" | described "$1"
	}
	for word in hour day month year; do
		as_described /api/v1/history "?from=2026&to=2027&resolution=$word"
	done
	for word in day month year; do
		as_described /api/v1/costs "?from=2026&to=2027&resolution=$word"
	done
	for word in day week month year; do
		as_described /api/v1/comparison "?date=2026-03-10&period=$word&with=year"
	done
	as_described /api/v1/gaps '?from=2026&to=2027'
	as_described /api/v1/power '?from=2026-03-10&to=2026-03-11'
	as_described /api/history '?res=1000000000'
	for path in current meters held today prices usual readings standby peaks selection; do
		as_described /api/v1/$path
	done
	for path in /smart-meter /api/current /api/historical; do
		as_described $path
	done
	get /health | described /health 503
	get /nothing | described /api/v1/current 404
	get /live | described /live 426
	get '/api/v1/power?step=0' | described /api/v1/power 400
	for dialect in nl50 be hu heat; do
		p1sim --dialect $dialect --water -n 1 --start 2026-03-10T12:00:00Z |
			p1logger --decode - >line
		say "$(cat line)"
		wait_for told "$(values 'd["header"]' <line)"
		as_described /api/v1/current
		as_described /smart-meter
	done
	! echo '{"time":"2026-03-10T12:00:00Z","colour":"red"}' |
		described /api/v1/current
}

told() { # HEADER: is it that of the newest reading?
	[ "$(get /api/v1/current | values 'd.get("header")')" = "$1" ]
}

@test "history by hour is the view hourly, and adds up to the day" {
	web
	sql "SELECT hour, import_kwh, gas_m3 FROM hourly" | tr '|' ' ' >want
	get '/api/v1/history?from=2026-03-10&to=2026-03-11&resolution=hour' |
		python3 -c 'import json, sys
for r in json.load(sys.stdin)["rows"]:
    print(r["hour"], r.get("import_kwh", ""), r.get("gas_m3", ""))' |
		diff want -
	test -s want
	[ "$(get '/api/v1/history?from=2026&resolution=year' |
		values 'd["rows"][0]["import_kwh"]')" = \
		"$(sql 'SELECT import_kwh FROM yearly')" ]
}

@test "comparison: an earlier period by the calendar, and both to the same time or whole day" {
	rm -r data
	year_of_readings
	web
	get '/api/v1/comparison?period=month&date=2026-06-17' >month
	get '/api/v1/comparison?period=year&date=2026' >year
	get '/api/v1/comparison?date=2026-06-17&with=week' >today
	get '/api/v1/comparison?period=week&date=2026-06-14&with=year' >week
	get '/api/v1/comparison?period=day&date=2025-10-26&with=nothing' >autumn
	get '/api/v1/comparison?period=month&date=2026-03-31&with=before' >march
	described /api/v1/comparison <year
	sql "SELECT json_group_object(ts, import_t1_wh + import_t2_wh)
		FROM electricity" >counters
	sql "SELECT json_group_object(month, import_kwh) FROM monthly" >months
	python3 - <<'PY'
import json
from datetime import datetime
from zoneinfo import ZoneInfo
month, year, week, today, autumn, march, counters, months = (
    json.load(open(n)) for n in ("month", "year", "week", "today", "autumn", "march", "counters", "months"))
def at(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Amsterdam")).timestamp())
def kwh(a, b):
    return round((counters[str(at(b))] - counters[str(at(a))]) / 1000, 3)
def part(amount):
    return amount["local_from"], amount["local_to"], amount["import_kwh"]
def slots(period):
    return [r["slot"] for r in period["rows"]]
assert month["resolution"] == "day" and month["with"] == "before"
assert today["with"] == "week" and today["before"]["start_ts"] == at("2026-06-10")
assert slots(month["now"]) == [f"{d:02}" for d in range(1, 18)]
assert slots(month["before"]) == [f"{d:02}" for d in range(1, 32)]
electricity, gas = month["sums"]
assert (electricity["medium"], gas["medium"]) == ("electricity", "gas")
assert electricity["last_ts"] == at("2026-06-17 11:30")
assert part(electricity["same"]) == ("2026-06-01 00:00:00", "2026-06-17 00:00:00",
                                     kwh("2026-06-01 00:00", "2026-06-17 00:00"))
assert part(electricity["before"]) == ("2026-05-01 00:00:00", "2026-05-17 00:00:00",
                                       kwh("2026-05-01 00:00", "2026-05-17 00:00"))
# A day is compared to its newest reading, also with the same one last week.
assert part(today["sums"][0]["same"])[1] == "2026-06-17 11:30:00"
assert part(today["sums"][0]["before"]) == ("2026-06-10 00:00:00", "2026-06-10 11:30:00",
                                            kwh("2026-06-10 00:00", "2026-06-10 11:30"))
assert gas["before"]["gas_m3"] > 0 and "import_kwh" not in gas["now"]
# 2025 is known from 10 June, so both years count from the 11th.
assert {r["slot"]: r["import_kwh"] for r in year["before"]["rows"]} == {
    name[5:]: v for name, v in months.items() if name < "2026"}
electricity = year["sums"][0]
assert part(electricity["same"]) == ("2026-06-11 00:00:00", "2026-06-17 00:00:00",
                                     kwh("2026-06-11 00:00", "2026-06-17 00:00"))
assert part(electricity["before"]) == ("2025-06-11 00:00:00", "2025-06-17 00:00:00",
                                       kwh("2025-06-11 00:00", "2025-06-17 00:00"))
assert electricity["now"]["from_ts"] == at("2026-01-01")
# 8 June 2026 is a Monday, and so is 9 June 2025: known from Wednesday.
assert week["now"]["start_ts"] == at("2026-06-08") and week["before"]["start_ts"] == at("2025-06-09")
assert slots(week["now"]) == list("1234567") and slots(week["before"]) == list("234567")
assert part(week["sums"][0]["same"])[:2] == ("2026-06-10 00:00:00", "2026-06-15 00:00:00")
assert slots(autumn["now"])[:5] == ["00:00", "01:00", "02:00", "02:00 again", "03:00"]
assert "before" not in autumn and "before" not in autumn["sums"][0]
# Both months are over: all of February, which is shorter.
assert part(march["sums"][0]["before"])[:2] == ("2026-02-01 00:00:00", "2026-03-01 00:00:00")
PY
	[ "$(get '/api/v1/comparison?period=day&date=2028-02-29&with=year' |
		values '"before" in d')" = False ]
	for q in period=hour 'period=week&with=week' with=now date=2026-13-01 date=yesterday; do
		[ "$(status_of "/api/v1/comparison?$q")" = 400 ]
	done
}

@test "gaps: the readings around them, and what the counters say for them" {
	rm -r data
	year_of_readings
	# A meter that is read once a day has no gaps.
	p1sim --start 2027-01-01T12:00:00Z --interval 86400 --duration 20d \
		--gap 2027-01-10T11:00:00Z+5d --initial import_t1=20000 \
		--initial import_t2=20000 --initial export_t1=20000 \
		--initial export_t2=20000 --no-gas --fast >daily
	p1logger --import -c "$ini" daily
	web
	get '/api/v1/gaps?from=2025&to=2026-06-17' >got
	described /api/v1/gaps <got
	cat got
	[ "$(values '[(r["medium"], r["local_start"], r["local_end"]) for r in d["rows"]]' <got)" = \
		"[('electricity', '2026-06-16 07:00:00', '2026-06-16 14:30:00'), ('gas', '2026-06-16 06:55:06', '2026-06-16 14:25:06')]" ]
	[ "$(values 'd["rows"][0]["import_kwh"]' <got)" = "$(sql "SELECT
		(max(import_t1_wh + import_t2_wh) - min(import_t1_wh + import_t2_wh))
		/ 1000.0 FROM electricity WHERE ts IN ($(date -d 2026-06-16T05:00Z +%s),
		$(date -d 2026-06-16T12:30Z +%s))")" ]
	[ "$(get '/api/v1/gaps?from=2026-06-16T08:00:00Z&to=2026-06-16T09:00:00Z' |
		values 'len(d["rows"])')" = 2 ]
	[ "$(get '/api/v1/gaps?from=2026-06-16T13:00:00Z&to=2026-06-17' |
		values 'len(d["rows"])')" = 0 ]
	[ "$(get '/api/v1/gaps?from=2027-01-02&to=2028' |
		values '[(r["local_start"][:10], r["local_end"][:10]) for r in d["rows"]]')" = \
		"[('2027-01-09', '2027-01-15')]" ]
}

@test "history as CSV is what sqlite3 prints for the views" {
	local word

	web
	for word in hour day month year; do
		sqlite3 -readonly -csv -header "$db" \
			"SELECT * FROM ${word/day/dai}ly" | tr -d '\r"' >want
		get "/api/v1/history?from=2026&to=2027&resolution=$word&format=csv" |
			diff want -
	done
	[ "$(get '/api/v1/history?format=csv&resolution=day' -o /dev/null \
		-w '%{content_type}')" = text/csv ]
}

@test "power is the average of each step, and its highest peak" {
	local step

	web
	sqlite3 "$db" "UPDATE electricity SET power_export_w = NULL WHERE ts % 9 > 3;
		UPDATE electricity SET power_import_max_w = power_import_w"
	for step in 1 7 60 86400; do
		sqlite3 -readonly -csv -header "$db" "SELECT ts / $step * $step AS ts,
			CAST(avg(power_import_w) AS INTEGER) AS import_w,
			CAST(avg(power_export_w) AS INTEGER) AS export_w,
			max(power_import_max_w) AS import_max_w,
			max(power_export_max_w) AS export_max_w
			FROM electricity GROUP BY 1" | tr -d '\r' >want
		get "/api/v1/power?from=2026&to=2027&step=$step&format=csv" | diff want -
	done
}

@test "a response that is remembered shows each commit" {
	local path paths=('/api/v1/history?from=2026&to=2027&resolution=hour'
		'/api/v1/power?from=2026-03-10&to=2026-03-11' /api/v1/current
		/api/v1/meters)

	web
	ask_all() { # FOLDER
		mkdir "$1"
		for path in "${paths[@]}"; do
			get "$path" >"$1/${path//\//.}"
		done
	}
	ask_all first
	ask_all again
	diff -r first again
	sqlite3 "$db" "UPDATE electricity SET power_import_w = power_import_w + 1;
		UPDATE counter_to SET import_wh = import_wh + 1;
		UPDATE meter SET identifier = identifier || '1'"
	ask_all after
	for path in "${paths[@]}"; do
		! cmp -s "first/${path//\//.}" "after/${path//\//.}"
	done
}

@test "from and to: days of the database's zone, UTC, seconds; to is exclusive" {
	web
	hours() { # QUERY
		get "/api/v1/history?resolution=hour&$1" | values 'len(d["rows"])'
	}
	[ "$(hours 'from=2026-03-10&to=2026-03-11')" = \
		"$(sql 'SELECT count(*) FROM hourly')" ]
	[ "$(hours 'from=2026-03-10T11:00:00Z&to=2026-03-10T12:00:00Z')" = 1 ]
	[ "$(hours 'from=1773140400&to=1773144000')" = 1 ]
	[ "$(hours 'from=2027')" = 0 ]
}

@test "invalid requests are reported, and not answered" {
	web
	for q in from=yesterday from=2026-13 from=2026-02-30 resolution=week \
		format=xml to=1e9 'from=2026-03-11&to=2026-03-10' from=99999999999999999999 \
		"from=2026'%20OR%201=1"; do
		run status_of "/api/v1/history?$q"
		echo "$q: $output"
		[ "$output" = 400 ]
		get "/api/v1/history?$q" | values 'd["error"]'
	done
	[ "$(status_of '/api/v1/power?step=0')" = 400 ]
	[ "$(status_of '/api/historical?res=-1')" = 400 ]
}

@test "without a feed the newest reading comes from the journal" {
	web
	p1logger --decode tape | tail -1 >line
	get /api/v1/current >got
	python3 - <<'PY'
import json
line, got = json.load(open("line")), json.load(open("got"))
for key in ("meter", "import_t1", "import_t2", "power_import", "voltage_l1"):
    assert key in got, key
assert got["meter"] == line["meter"]
assert line["import_t1"] - got["import_t1"] < 0.1
assert got["mbus"][0]["unit"] == "m3", got
assert None not in got.values()
PY
}

@test "manually entered counters are not a current reading" {
	web
	get /api/v1/current >before
	get '/api/history?res=1000000000' >history
	p1logger -c "$ini" --closing "$(values 'd["meter"]' <before)" \
		--at 2026-03-10T19:00:00Z import_t1=9990
	[ "$(sql 'SELECT count(*) FROM electricity WHERE power_import_w IS NULL')" = 1 ]
	get /api/v1/current | diff before -
	get '/api/history?res=1000000000' | diff history -
	[ "$(get /health | values 'd["error"] if "error" in d else d["last"]')" = \
		"$(values 'd["time"]' <before)" ]
}

@test "the feed's reading is returned unchanged" {
	web
	p1logger --decode tape | tail -1 >line
	say "$(cat line)"
	get /api/v1/current | diff line -
}

@test "today: its row, and the stored reading up to which it counts" {
	clock_is 2026-03-10T12:30:00Z
	web
	p1logger --decode tape | tail -1 >line
	say "$(cat line)" # is not stored
	get /api/v1/today >got
	described /api/v1/today <got
	get '/api/v1/history?from=2026-03-10&to=2026-03-11' >history
	[ "$(values 'd["rows"]' <got)" = "$(values 'd["rows"]' <history)" ]
	[ "$(values 'round(1000 * (d["reading"]["import_t1"] + d["reading"]["import_t2"]))' <got)" = \
		"$(sql "SELECT import_t1_wh + import_t2_wh FROM electricity
		ORDER BY ts DESC LIMIT 1")" ]
	kill "$web_pid"
	wait "$web_pid"
	clock_is 2026-03-10T23:00:00Z # midnight: no reading yet today
	web
	[ "$(get /api/v1/today | values 'd["rows"], "reading" in d')" = "[] True" ]
}

@test "power, meters" {
	web
	[ "$(get '/api/v1/power?from=2026-03-10&to=2026-03-11&step=60' |
		values 'len(d["rows"])')" = \
		"$(sql 'SELECT count(DISTINCT ts / 60) FROM electricity')" ]
	[ "$(get /api/v1/meters | values '[m["medium"] for m in d["meters"]]')" = \
		"['electricity', 'gas']" ]
}

@test "health: silent if the newest reading is old, ok with a fresh one" {
	web
	[ "$(status_of /health)" = 503 ]
	[ "$(get /health | values 'd["status"]')" = silent ]
	say '{"time":"2026-03-10T11:00:00Z"}'
	[ "$(status_of /health)" = 200 ]
}

# Three hours of held gas, after all readings.
hold_gas() {
	sqlite3 data/p1.db "INSERT INTO held (meter, channel, ts, time_source,
		weight, reason, register, seen_ts, telegram, value)
		SELECT id, 1, n * 3600 + (SELECT max(ts) FROM mbus), 0, 1,
		'back', 'value', 0, x'', 1 FROM meter JOIN
		(SELECT 1 AS n UNION SELECT 2 UNION SELECT 3)
		WHERE medium = 'gas'"
}

@test "health names the media whose counters are held" {
	hold_gas
	web
	[ "$(get /health | values 'd["held"]')" = "['gas']" ]
	say '{"time":"2026-03-10T11:00:00Z","held":["electricity"]}'
	[ "$(get /health | values 'd["held"]')" = "['electricity']" ]
}

@test "health forgets what a longer line before the newest one held" {
	web
	say '{"time":"2026-03-10T11:00:00Z","message":"a long text","held":["gas"]}'
	say '{"time":"2026-03-10T11:00:01Z"}'
	[ "$(get /health | values '"held" in d')" = False ]
}

@test "held: what, why, since when, and the remedy, as p1logger prints it" {
	web
	[ "$(get /api/v1/held)" = '{"held":[]}' ]
	hold_gas
	sqlite3 data/p1.db "UPDATE held SET expected_min =
		(SELECT max(value) FROM mbus)"
	get /api/v1/held >got
	cat got
	described /api/v1/held <got
	p1logger -c "$ini" --quarantine >listed
	grep -qxF "$(values 'd["held"][0]["sentence"]' <got)" listed
	h() { # KEY
		values "d['held'][0]['$1']" <got
	}
	[ "$(values 'len(d["held"])' <got)" = 1 ]
	[ "$(h medium) $(h reason) $(h register) $(h value) $(h unit)" = \
		"gas back gas 0.001 m3" ]
	[ "$(h meter)" = "$(sql "SELECT identifier FROM meter WHERE medium = 'gas'")" ]
	[ "$(sql "SELECT unixepoch('$(h since)') = min(ts) AND
		unixepoch('$(h until)') = max(ts) FROM held")" = 1 ]
	[ "$(sql "SELECT max(value) / 1000.0 FROM mbus")" = "$(h expected_min)" ]
	p1logger -c "$ini" --quarantine accept "$(h accept)"
	[ "$(get /api/v1/held)" = '{"held":[]}' ]
}

@test "health and the others report a missing database" {
	rm -r data
	web
	[ "$(status_of /health)" = 503 ]
	[[ "$(get /api/v1/meters)" == *database* ]]
	[ "$(status_of /metrics)" = 200 ]
}

@test "metrics: each value in base units" {
	web
	say '{"time":"2026-03-10T11:36:10Z","tariff":2,"import_t1":1164.722,"power_import":0.087,"voltage_l1":230.100,"mbus":[{"channel":1,"medium":"gas","meter":"47\"3","time":"2026-03-10T10:00:00Z","value":1621.615,"unit":"m3"}]}'
	get /metrics >got
	for line in 'p1_tariff_energy_joules_total{direction="import",tariff="1"} 4192999200' \
		'p1_energy_joules_total{direction="import"} 4192999200' \
		'p1_power_watts{direction="import"} 87' \
		'p1_voltage_volts{phase="L1"} 230.1' \
		'p1_active_tariff 2' 'p1_web_readings_total 1' \
		'p1_gas_cubic_meters_total{channel="1",meter="47\"3"} 1621.615'; do
		grep -qxF "$line" got || { echo "not there: $line"; cat got; false; }
	done
	python3 "$BATS_TEST_DIRNAME/web_metrics.py" <got
	! command -v promtool >/dev/null || promtool check metrics <got
}

@test "SMER: now, and the last res seconds, export negative" {
	web
	say '{"time":"2026-03-10T11:36:10Z","power_import":0.000,"power_export":1.800}'
	get /api/current >got
	[ "$(cat got)" = '{"date":"2026-03-10T12:36:10","timestamp":1773142570,"usageWatts":-1800}' ]
	get '/api/historical?res=10000000000' >a
	get '/api/history?res=10000000000' | diff a -
	python3 - <<'PY'
import json
r = json.load(open("a"))["readings"]
assert len(r) > 0 and set(r[0]) == {"date", "timestamp", "usageWatts"}, r[:1]
PY
}

@test "costs: whole numbers times prices, days add up to the month" {
	forward_to "[prices]" "import_t1 = 0.25123" "import_t2 = 0.281234" \
		"export = 0.09" "gas = 1.4" "fixed = 0.5"
	web "[web]"
	get '/api/v1/costs?from=2026-03&to=2026-04' >days
	get '/api/v1/costs?from=2026&to=2027&resolution=month' >months
	sqlite3 -readonly "$db" "SELECT import_t1_wh, import_t2_wh,
		export_t1_wh + export_t2_wh, gas_dm3 FROM daily_wh" >counts
	python3 - <<'PY'
import json
from decimal import Decimal as D
days = json.load(open("days"), parse_float=D)
t1, t2, out, gas = (D(n) / 1000 for n in open("counts").read().split("|"))
assert days["currency"] == "EUR" and days["resolution"] == "day"
day, = days["rows"]
want = {"import": t1 * D("0.25123") + t2 * D("0.281234"),
        "export": -out * D("0.09"), "gas": gas * D("1.4"), "fixed": D("0.5")}
assert t1 + t2 > 0 and gas > 0
for name, value in want.items():
    assert day[name] == value, (name, day[name], value)
assert day["total"] == sum(want.values()) and "water" not in day
month = json.load(open("months"), parse_float=D)["rows"][0]
for name, value in want.items():
    if name != "fixed":
        assert month[name] == value, (name, month[name])
# A month's fixed part covers its days from the first reading until now.
assert month["days"] == 22 and month["fixed"] == 11, month
PY
}

@test "costs: today's come with the newest reading, if there are prices" {
	web
	say '{"time":"2026-03-10T11:36:10Z","power_import":1.234}'
	[ "$(get /api/v1/current)" = '{"time":"2026-03-10T11:36:10Z","power_import":1.234}' ]
	[ "$(get /api/v1/costs | values 'd["rows"]')" = "[]" ]
	[ "$(status_of '/api/v1/costs?resolution=hour')" = 400 ]
	kill "$web_pid"
	wait "$web_pid"
	rm -r data
	p1sim --start 2026-03-10T20:00:00Z --interval 60 --duration 3h --no-solar \
		--fast >recent
	p1logger --import -c "$ini" recent
	forward_to "[prices]" "import = 0.25" "currency = CHF"
	clock_is 2026-03-10T22:59:00Z
	web
	get /api/v1/current >got
	cat got
	python3 - <<'PY'
import json
d = json.load(open("got"))
today = d["cost_today"]
assert d["power_import"] >= 0 and today["currency"] == "CHF"
assert today["total"] == today["import"] > 0
PY
	kill "$web_pid"
	wait "$web_pid"
	clock_is 2026-03-10T23:00:00Z # midnight: no reading yet today
	web
	[ "$(get /api/v1/current | values 'd["cost_today"]')" = "{'currency': 'CHF'}" ]
}

@test "an invalid price is reported with its key" {
	forward_to "[prices]" "gas = 1,41"
	run p1web -c "$ini"
	ends 78 "$ini" gas "'1,41' has a comma: write the decimal point as 1.41"
	run p1logger --check-config -c "$ini"
	ends 78 "'1,41' has a comma"
	sed -i 's/^gas = .*/currency = "€"/' "$ini"
	run p1web -c "$ini"
	ends 78 "currency"
}

# The service with a meter, a folder for backups and a token.
service_with_backups() {
	mkdir to
	echo abcdefghijklmnopqrstuvwxyz >token
	chmod 640 token
	bearer='Authorization: Bearer abcdefghijklmnopqrstuvwxyz'
	meter
	sed -i "s|^port = .*|port = $port|" "$ini"
	forward_to "token_file = $PWD/token" "[backup]" "folder = $PWD/to"
	web
	service
	wait_for test -S "$db.requests"
}

@test "SMER: store-history is a backup, load-history verifies one" {
	service_with_backups
	get /api/store-history -H "$bearer" >stored
	file=$(values 'd["file"]' <stored)
	[ "$(find "$PWD/to" -type f)" = "$file" ]
	[ "$(values 'd["count"]' <stored)" = "$(stat -c %s "$file")" ]
	described /api/store-history <stored
	get /api/load-history -H "$bearer" >loaded
	described /api/load-history <loaded
	cat stored loaded
	[ "$(values 'd["Loaded"], d["found"] == len(d["wrong"]), d["file"]' <loaded)" = \
		"$(values 'd["rows"]' <stored) True $file" ]
}

@test "SMER: no backup without the token, by HEAD, or with a cookie" {
	service_with_backups
	for path in /api/store-history /api/load-history; do
		[ "$(status_of $path)" = 401 ]
		[ "$(status_of $path -H "${bearer}x")" = 401 ]
		[ "$(status_of $path -b p1web=abcdefghijklmnopqrstuvwxyz)" = 401 ]
		[ "$(status_of $path -H "$bearer" -H 'Origin: http://evil.example')" = 403 ]
		[ "$(status_of $path -H "$bearer" -X POST)" = 405 ]
		[ "$(status_of $path -H "$bearer" -I)" = 405 ]
	done
	[ -z "$(ls to)" ]
	kill "$service_pid"
	wait "$service_pid"
	service_pid=
	[ "$(get /api/store-history -H "$bearer" | values 'd["error"], d["code"], d["name"]')" = \
		'the service is not running, or has no [backup] folder 503 Service Unavailable' ]
}

@test "SMER: without a token in the settings nobody is allowed" {
	web
	[ "$(status_of /api/store-history)" = 403 ]
	[ "$(status_of /api/store-history -H 'Authorization: Bearer ')" = 403 ]
}

@test "Smart Meter Service: the same document that p1logger sends over MQTT" {
	web
	p1logger --decode tape | tail -1 >line
	say "$(cat line)"
	get /smart-meter >got
	python3 - <<'PY'
import json
line, got = json.load(open("line")), json.load(open("got"))
assert got["header"] == line["header"] and got["version"] == 50
assert got["kwh"]["low"]["consumed"] == line["import_t1"]
assert got["kwh"]["high"]["produced"] == line.get("export_t2")
assert got["instantaneous"]["l1"]["volts"] == line["voltage_l1"]
assert got["gas"]["total"] == line["mbus"][0]["value"]
assert set(got) == {"header", "version", "timestamp", "kwh", "instantaneous",
                    "gas", "msg"}
PY
}

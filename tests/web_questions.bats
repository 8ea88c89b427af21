#!/usr/bin/env bats
# What the page asks of p1web beside history: prices, meter readings, a usual day,
# standby, peaks, a selection.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	web_setup
}

teardown() {
	web_teardown
}

@test "prices: those of the active tariff, and what the tariffs are called" {
	forward_to "[prices]" "import = 0.3" "import_t1 = 0.25123" "export = 0.09" \
		"export_t2 = -0.01" "heat = 35" "fixed = -0.5" "currency = CHF"
	web "[web]"
	p1logger --decode tape | tail -1 >line
	prices_with() { # TARIFF
		say "$(sed "s/\"tariff\":[0-9]*/\"tariff\":$1/" line)"
		wait_for tariff_is "$1"
		get /api/v1/prices
	}
	tariff_is() {
		[ "$(get /api/v1/prices | values 'd.get("tariff")')" = "$1" ]
	}
	[ "$(prices_with 1)" = '{"currency":"CHF","tariff":1,"tariff_names":"low_normal","import":0.25123,"export":0.09,"heat":35.00,"standing_day":-0.50}' ]
	[ "$(prices_with 2)" = '{"currency":"CHF","tariff":2,"tariff_names":"low_normal","import":0.30,"export":-0.01,"heat":35.00,"standing_day":-0.50}' ]
	sqlite3 "$db" "UPDATE identity SET header = '/FLU5\\253769484_A'"
	[ "$(get /api/v1/prices | values 'd["tariff_names"]')" = day_night ]
}

@test "prices: what is not in the settings, or not known, is absent" {
	rm -r data
	web
	[ "$(get /api/v1/prices)" = '{"currency":"EUR"}' ]
}

@test "usual: the mean of seven days, its cost, and up to a time of day" {
	rm -r data
	year_of_readings
	forward_to "[prices]" "import = 0.25" "gas = 1.4" "fixed = 0.5"
	web "[web]"
	get '/api/v1/usual?date=2026-06-14&until=2026-06-14T09:30:00Z' >got
	described /api/v1/usual <got
	sql "SELECT json_group_object(day, json_array(import_wh, export_wh)) FROM
		daily_wh WHERE day BETWEEN '2026-06-07' AND '2026-06-13'" >days
	sql "SELECT sum(import_wh), sum(gas_dm3) FROM hourly_wh WHERE day BETWEEN
		'2026-06-07' AND '2026-06-13' AND substr(hour, 12, 2) < '11'" >until
	python3 - <<'PY'
import json
d, days = json.load(open("got")), json.load(open("days"))
until, gas = map(int, open("until").read().split("|"))
assert d["days"] == len(days) == 7 and len(d["power"]) == 288
assert [h["slot"] for h in d["hours"]] == [f"{h:02}:00" for h in range(24)]
whole, sums = d["whole"], d["sums"]
assert [s["medium"] for s in whole] == ["electricity", "gas"]
for i, name in enumerate(("import_kwh", "export_kwh")):
    mean = sum(v[i] for v in days.values()) / 7
    assert abs(whole[0][name] * 1000 - mean) <= 0.5, (whole, mean)
mean = sum(p["w"] for p in d["power"]) / 288 * 24
assert abs(mean - 1000 * (whole[0]["import_kwh"] - whole[0]["export_kwh"])) < 150
# Until 11:30: eleven hours, and half of the next.
half = d["hours"][11]["import_kwh"] * 500
assert abs(sums[0]["import_kwh"] * 1000 - until / 7 - half) < half / 2, sums
costs = d["costs"]["whole"]
assert costs["import"] == round(0.25 * whole[0]["import_kwh"], 6)
assert costs["gas"] == round(1.4 * whole[1]["gas_m3"], 6) and costs["fixed"] == 0.5
assert d["costs"]["until"]["import"] == round(0.25 * sums[0]["import_kwh"], 6)
PY
	get '/api/v1/usual?date=2026-06-14' >whole
	[ "$(values 'd["sums"] == d["whole"]' <whole)" = True ]
	for day in 2025-01-01 2025-06-12 2030-01-01; do
		get "/api/v1/usual?date=$day" >none
		described /api/v1/usual <none
		[ "$(values 'd["days"], d["power"], d["sums"]' <none)" = "0 [] []" ]
	done
	for q in date=2026-13 date=now until=soon 'until=2026-06-14T9'; do
		[ "$(status_of "/api/v1/usual?$q")" = 400 ]
		[[ "$(get "/api/v1/usual?$q" | values 'd["error"]')" == *"is not a"* ]]
	done
}

@test "comparison: tariffs, what the period costs, and a usual day" {
	rm -r data
	year_of_readings
	forward_to "[prices]" "import = 0.25" "gas = 1.4" "fixed = 0.5"
	clock_is 2026-06-17T10:15:00Z
	web "[web]"
	get '/api/v1/comparison?period=month&date=2026-06' >month
	get '/api/v1/costs?from=2026-06&to=2026-07&resolution=month' >costs
	described /api/v1/comparison <month
	[ "$(values 'sorted(d["costs"].items())' <month)" = \
		"$(values 'sorted((k, v) for k, v in d["rows"][0].items() if k not in ("month", "start_ts", "days"))' <costs)" ]
	[ "$(values 'd["costs"]["fixed"], d["currency"]' <month)" = "8.5 EUR" ]
	python3 - <<'PY'
import json
d = json.load(open("month"))
for amount in [d["now"]["rows"][3], d["sums"][0]["now"], d["sums"][0]["before"]]:
    parts = amount["import_t1_kwh"] + amount["import_t2_kwh"]
    assert abs(parts - amount["import_kwh"]) < 0.003, amount
    assert amount["import_t1_kwh"] > 0 < amount["export_t2_kwh"]
PY
	get '/api/v1/comparison?with=usual&date=2026-06-16' >gap
	get '/api/v1/comparison?with=usual' >today
	# Up to the newest reading, as today itself.
	sums() {
		get "/api/v1/usual?$1" | values 'd["sums"]'
	}
	[ "$(sums '')" = "$(sums until=2026-06-17T09:30:00Z)" ]
	[ "$(sums '')" != "$(sums until=2026-06-17T10:15:00Z)" ]
	get '/api/v1/usual?until=2026-06-17T09:30:00Z' >usual
	described /api/v1/comparison <today
	python3 - <<'PY'
import json
today, usual, gap = (json.load(open(n)) for n in ("today", "usual", "gap"))
assert today["with"] == "usual" and today["before"]["rows"] == usual["hours"]
assert today["now"]["rows"][2]["slot"] == "02:00"
for got, want in zip(today["sums"], usual["sums"], strict=True):
    assert got["same"] == got["now"] and got["medium"] == want["medium"]
    assert all(got["before"][k] == v for k, v in want.items() if "kwh" in k or "m3" in k)
# Yesterday has a gap.
assert usual["days"] == 6
assert today["sums"][0]["before"]["local_from"] == "2026-06-10 00:00:00"
PY
	get '/api/v1/comparison?with=usual&date=2025-10-26' |
		values '[r["slot"] for r in d["before"]["rows"]][:5]' >slots
	[ "$(cat slots)" = "['00:00', '01:00', '02:00', '02:00 again', '03:00']" ]
	[ "$(get '/api/v1/comparison?with=usual&date=2025-06-11' |
		values 'len(d["now"]["rows"]), "before" in d["sums"][0]')" = "24 False" ]
	[ "$(get '/api/v1/comparison?with=usual&period=week' |
		values 'd["code"], d["error"]')" = "400 with='usual' is only for period=day" ]
}

@test "readings: what each meter showed at a time, and how sure that is" {
	rm -r data
	year_of_readings
	clock_is 2026-06-17T10:15:00Z
	web
	get '/api/v1/readings?at=2026-03-01T11:00:00Z' >noon
	get '/api/v1/readings?at=2026-06-16T08:30:00Z' >gap
	get '/api/v1/readings?at=2025-07-01' >old
	get /api/v1/readings >now
	for doc in noon gap old now; do
		described /api/v1/readings <$doc
	done
	sql "SELECT json_group_array(json_array(ts, import_t1_wh, import_t2_wh))
		FROM electricity" >rows
	python3 - <<'PY'
import json
noon, gap, old, now = (json.load(open(n)) for n in ("noon", "gap", "old", "now"))
rows = {ts: values for ts, *values in json.load(open("rows"))}
def shown(d, register):
    return next(r for r in d["readings"] if r["register"] == register)
assert noon["local_at"] == "2026-03-01 12:00:00"
t1 = shown(noon, "import_t1")
assert round(1000 * t1["value"]) == rows[noon["at_ts"]][0] and t1["exact"]
assert (t1["meter"], t1["obis"], t1["unit"]) == ("E0044007012534798", "1.8.1", "kWh")
assert shown(old, "import_t1")["meter"] == "E0044007000000001"
assert old["local_at"] == "2025-07-01 00:00:00"
gas = shown(noon, "value")
assert gas["medium"] == "gas" and gas["channel"] > 0 and gas["unit"] == "m3"
assert not gas["exact"] and gas["before"]["ts"] < noon["at_ts"] < gas["after"]["ts"]
t2 = shown(gap, "import_t2")
assert t2["before"]["local_time"] == "2026-06-16 07:00:00"
assert t2["after"]["local_time"] == "2026-06-16 14:30:00"
a, b = rows[t2["before"]["ts"]][1], rows[t2["after"]["ts"]][1]
assert round(1000 * t2["value"]) == a + (b - a) * 12600 // 27000
last = shown(now, "import_t1")
assert last["value"] == last["before"]["value"] and not last["exact"] and "after" not in last
PY
	[ "$(get '/api/v1/readings?at=2024' | values 'd["readings"]')" = "[]" ]
	for q in at=yesterday at=2026-13 at=2026-06-31 'at=99999999999999'; do
		[ "$(status_of "/api/v1/readings?$q")" = 400 ]
	done
}

@test "gaps: shorter ones in short periods, and the one that goes on" {
	rm -r data
	p1sim --start 2026-03-10T08:00:00Z --interval 60 --duration 4h \
		--gap 2026-03-10T09:10:00Z+20m --fast >recent
	p1logger --import -c "$ini" recent
	clock_is 2026-03-10T12:30:10Z
	web
	get /api/v1/gaps >got
	described /api/v1/gaps <got
	gaps_of() { # MEDIUM QUERY
		get "/api/v1/gaps?$2" |
			values "[(r['local_start'][11:16], r['local_end'][11:16], r.get('open')) for r in d['rows'] if r['medium'] == '$1']"
	}
		[ "$(gaps_of electricity from=2026-03-10)" = \
		"[('10:09', '10:30', None), ('12:59', '13:30', True)]" ]
	[ "$(gaps_of gas from=2026-03-10)" = "[]" ]
	[ "$(gaps_of electricity from=2025)" = "[('12:59', '13:30', True)]" ]
	[ "$(gaps_of electricity 'from=2026-03-09&to=2026-03-10')" = "[]" ]
	p1sim -n 1 --start 2026-03-10T12:30:00Z | p1logger --decode - >line
	say "$(cat line)"
	wait_for has_no_gap
}

has_no_gap() { # that is open
	! get /api/v1/gaps | grep -q open
}

@test "standby and peaks: quarters on the clock, by the counters" {
	rm -r data
	p1sim --dialect be --start 2026-02-26T08:00:00Z --interval 60 --duration 6d \
		--fast >recent
	p1logger --import -c "$ini" recent
	clock_is 2026-03-04T08:10:10Z
	web
	get '/api/v1/standby?date=2026-03-02' >standby
	get '/api/v1/peaks?date=2026-03-02' >peaks
	get '/api/v1/peaks?date=2026-02-27' >february
	described /api/v1/standby <standby
	described /api/v1/peaks <peaks
	described /api/v1/peaks <february
	sql "SELECT json_group_array(json_array(ts, import_t1_wh + import_t2_wh,
		export_t1_wh + export_t2_wh, ifnull(power_import_max_w, power_import_w)))
		FROM electricity" >rows
	sql "SELECT json_group_object(month, peak_w) FROM month_peak JOIN
		calendar_month ON end_ts = month_end_ts WHERE month >= '2025-04'" >log
	python3 - <<'PY'
import json
from datetime import datetime
from zoneinfo import ZoneInfo
standby, peaks, february, log = (json.load(open(n)) for n in ("standby", "peaks", "february", "log"))
rows = {ts: values for ts, *values in json.load(open("rows"))}
def at(*date):
    return int(datetime(*date, tzinfo=ZoneInfo("Europe/Amsterdam")).timestamp())
def quarters(start, end):
    for t in range(start, end, 900):
        if t in rows and t + 900 in rows:
            yield (*(4 * (b - a) for a, b in zip(rows[t][:2], rows[t + 900][:2])), t)
day = (at(2026, 3, 2), at(2026, 3, 3))
w, t = min((i, t) for i, e, t in quarters(*day) if e == 0)
assert (standby["w"], standby["start_ts"]) == (w, t), standby
def highest(start, end):
    w = max(i for i, _, _ in quarters(start, end))
    return w, min(t for i, _, t in quarters(start, end) if i == w)
month = peaks["month"]
assert (month["w"], month["start_ts"]) == highest(at(2026, 3, 1), at(2026, 4, 1)), month
assert month["end_ts"] == month["start_ts"] + 900
month = february["month"]
assert (month["w"], month["start_ts"]) == highest(at(2026, 2, 1), at(2026, 3, 1)), month
assert peaks["highest"]["w"] == max(v[2] for t, v in rows.items() if day[0] <= t < day[1])
months = {m["month"]: m["w"] for m in peaks["months"]}
assert log and all(months[k] == v for k, v in log.items()), (months, log)
assert list(months)[-1] == "2026-03" and len(months) <= 12
assert abs(peaks["mean_w"] - sum(months.values()) / len(months)) <= 0.5
# The last reading is of 07:59.
assert "quarter" not in peaks and "quarter" not in february
PY
	p1sim --dialect be -n 1 --start 2026-03-04T08:09:00Z | p1logger --decode - >line
	python3 - >newer <<'PY'
import json
d, rows = json.load(open("line")), json.load(open("rows"))
last = rows[-1][1]
d.update(import_t1=round((last + 200) / 1000, 3), import_t2=0.0, power_import=1.0)
print(json.dumps(d, separators=(",", ":")))
PY
	say "$(cat newer)"
	wait_for has_quarter
	get /api/v1/peaks >got
	described /api/v1/peaks <got
	# 200 Wh in ten minutes from 07:59, nine of them in this quarter: 180 Wh, and
	# 100 more in the last six at 1 kW.
	[ "$(values 'd["quarter"]["w"], d["quarter"]["projected_w"], d["quarter"]["to_ts"] - d["quarter"]["start_ts"]' <got)" = "720 1120 540" ]
	for q in date=today date=2026-02-31; do
		[ "$(status_of "/api/v1/peaks?$q")" = 400 ]
		[ "$(status_of "/api/v1/standby?$q")" = 400 ]
	done
	[ "$(get '/api/v1/standby?date=2025-03-02')" = '{"date":"2025-03-02"}' ]
	[ "$(get '/api/v1/peaks?date=2020-03-02' | values '"month" in d, "highest" in d')" = "False False" ]
}

has_quarter() {
	get /api/v1/peaks | grep -q quarter
}

@test "selection: any stretch of time, its cost and its mean power" {
	rm -r data
	year_of_readings
	forward_to "[prices]" "import = 0.25" "export = 0.05" "gas = 1.4" "fixed = 0.5"
	web "[web]"
	ask() { # FROM TO
		get "/api/v1/selection?from=$1&to=$2" >got
		described /api/v1/selection <got
	}
	ask 2026-03-02T07:30:00Z 2026-03-02T11:00:00Z
	sql "SELECT max(import_t1_wh + import_t2_wh) - min(import_t1_wh + import_t2_wh),
		max(export_t1_wh + export_t2_wh) - min(export_t1_wh + export_t2_wh)
		FROM electricity WHERE ts IN (unixepoch('2026-03-02T07:30:00Z'),
		unixepoch('2026-03-02T11:00:00Z'))" >counts
	python3 - <<'PY'
import json
d, (wh, out) = json.load(open("got")), map(int, open("counts").read().split("|"))
electricity, gas = d["sums"]
assert (electricity["medium"], gas["medium"]) == ("electricity", "gas")
assert round(1000 * electricity["import_kwh"]) == wh and gas["gas_m3"] >= 0
assert abs(d["mean_w"] - (wh - out) / 3.5) <= 0.5
costs = d["costs"]
assert costs["import"] == round(0.25 * wh / 1000, 6) and costs["fixed"] == 0
assert costs["export"] == -round(0.05 * out / 1000, 6)
assert abs(costs["total"] - sum(v for k, v in costs.items() if k != "total")) < 1e-9
PY
	# A month is what it is among the others, with its standing charge.
	ask 2026-03 2026-04
	[ "$(values 'sorted(d["costs"].items())' <got)" = \
		"$(get '/api/v1/costs?from=2026-03&to=2026-04&resolution=month' |
			values 'sorted((k, v) for k, v in d["rows"][0].items() if k not in ("month", "start_ts", "days"))')" ]
	# Half a day has no day, and a day and a half has one.
	ask 2026-03-02T11:00:00Z 2026-03-03T23:00:00Z
	[ "$(values 'd["costs"]["fixed"]' <got)" = 0.5 ]
	# What is known of it.
	ask 2025-06-01 2025-06-11
	[ "$(values 'd["sums"][0]["from_ts"] > d["from_ts"]' <got)" = True ]
	ask 2024 2025
	[ "$(values 'd["sums"], "mean_w" in d' <got)" = "[] False" ]
	for q in from=2026-13 'from=2026-03-02&to=2026-03-01' to=later; do
		[ "$(status_of "/api/v1/selection?$q")" = 400 ]
	done
}

# Each member of a page is the document of its path.
same_documents() { # PAGE QUERY
	python3 - "$1" "$url" "$2" <<'PY'
import json, sys, urllib.request
page, url, query = json.load(open(sys.argv[1])), sys.argv[2], sys.argv[3]
def ask(path):
    with urllib.request.urlopen(f"{url}/api/v1/{path}", timeout=30) as f:
        return json.load(f)
date = "?" + "&".join(p for p in query.split("&") if p.startswith("date="))
now = page["comparison"]["now"]
range_ = f"from={now['start_ts']}&to={now['end_ts']}"
want = {"comparison": "?" + query, "usual": date, "standby": date, "peaks": date,
        "gaps": "?" + range_, "power": f"?{range_}&step=300"}
for name, got in page.items():
    if name in ("line", "at_ts", "local_at"):
        continue
    other = ask(name + want.get(name, ""))
    for d in got, other:
        if name == "readings":  # its default is now
            d.pop("at_ts"), d.pop("local_at")
        if name == "usual":
            d.pop("sums"), d["costs"].pop("until")
        for gap in d.get("rows", []) if name == "gaps" else []:
            if gap.get("open"):
                gap.pop("end_ts"), gap.pop("end"), gap.pop("local_end")
    assert got == other, (name, got, other)
PY
}

@test "page: the documents of a first load in one" {
	rm -r data
	year_of_readings
	forward_to "[prices]" "import = 0.25"
	clock_is 2026-06-17T10:15:00Z
	web "[web]"
	get /api/v1/page >today
	get '/api/v1/page?period=month&date=2026-03-17&with=year' >month
	get '/api/v1/page?date=2026-03-17&with=usual' >day
	for doc in today month day; do
		described /api/v1/page <$doc
		[ "$(values 'sorted(d)' <$doc)" = "$(values "sorted({'at_ts', 'local_at',
			'comparison', 'current', 'events', 'gaps', 'held', 'line', 'meters', 'peaks', 'power', 'prices',
			'readings', 'standby', 'today', 'usual'} - {'$doc' == 'month' and 'power'})" <$doc)" ]
	done
	[ "$(values 'd["local_at"][:16]' <today)" = "2026-06-17 12:15" ]
	same_documents today ""
	same_documents month 'period=month&date=2026-03-17&with=year'
	same_documents day 'date=2026-03-17&with=usual'
	[ "$(values 'd["line"]["unit"], len(d["line"]["rows"]) > 0' <today)" = "W True" ]
	for q in period=hour date=2026-13 with=now 'period=week&with=usual'; do
		[ "$(status_of "/api/v1/page?$q")" = 400 ]
		[ "$(get "/api/v1/page?$q")" = "$(get "/api/v1/comparison?$q")" ]
	done
}

@test "page: without readings there are fewer documents, without a database none" {
	p1logger -c "$ini" --import /dev/null || true
	rm -r data
	web
	[ "$(status_of /api/v1/page)" = 503 ]
	[[ "$(get /api/v1/page)" == *database* ]]
	kill "$web_pid"
	wait "$web_pid"
	mkdir data
	p1sim -n 1 --start 2026-03-10T08:00:00Z >one
	p1logger --import -c "$ini" one
	sqlite3 "$db" "DELETE FROM electricity; DELETE FROM mbus"
	web
	get /api/v1/page >empty
	described /api/v1/page <empty
	[ "$(values '"current" in d, d["readings"]["readings"], d["usual"]["days"], d["gaps"]["rows"]' <empty)" = \
		"False [] 0 []" ]
}

@test "events: the meter's counts, and when each last rose" {
	sqlite3 "$db" "DELETE FROM quality; DELETE FROM power_failure;
		INSERT INTO quality (ts, power_failures, long_power_failures,
		 voltage_sags_l1, voltage_sags_l2) VALUES (1773133200, 9, 1, 3, 0),
		 (1773136800, 10, 1, 3, 0), (1773140400, 10, 1, 2, 0),
		 (1773144000, 10, 1, 4, NULL);
		INSERT INTO power_failure VALUES (1767000000, 60), (1768000000, 2764)"
	web
	get /api/v1/events >got
	described /api/v1/events <got
	[ "$(cat got)" = '{"events":[{"name":"long_power_failures","count":1,"last_ts":1768000000,"local_last":"2026-01-10 00:06:40","seconds":2764},
{"name":"power_failures","count":10,"last_ts":1773136800,"local_last":"2026-03-10 11:00:00"},
{"name":"voltage_sags_l1","count":4,"last_ts":1773144000,"local_last":"2026-03-10 13:00:00"}]}' ]
	sqlite3 "$db" "DELETE FROM quality"
	[ "$(get /api/v1/events)" = '{"events":[]}' ]
}

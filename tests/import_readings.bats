#!/usr/bin/env bats
# p1logger --import-readings: counters that other programs stored. The recipes
# are those of docs/import.md.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034,SC2119,SC2120 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
}

readings() { # FILE...
	p1logger -c "$ini" --import-readings "$@"
}

# Run the indented block below the recipe's mark.
recipe() { # NAME
	awk -v name="<!-- recipe: $1 -->" '$0 == name { on = 1; next }
		on && /^    / { print substr($0, 5); any = 1 }
		on && any && !/^    / && !/^$/ { exit }' \
		"$BATS_TEST_DIRNAME/../docs/import.md" >recipe.sh
	[ -s recipe.sh ]
	sh -e recipe.sh
}

days() {
	sql "SELECT day, import_t1_wh, import_t2_wh, export_t1_wh, export_t2_wh, gas_dm3
		FROM daily_wh WHERE day BETWEEN '2024-03-01' AND '2025-02-28'"
}

year_of() { # PROGRAM FILE...
	python3 "$BATS_TEST_DIRNAME/import_other.py" "$1"
	recipe "$1"
	readings "${@:2}"
	diff want <(days)
	run -0 p1logger -c "$ini" --verify
	[ "$(sql "SELECT count(*), sum(weight) FROM held")" = "0|" ]
}

bad() { # LINES MESSAGE: an error, and nothing is stored
	printf '%b' "$1" >bad.csv
	run -65 readings good.csv bad.csv
	[[ $output == *"$2"* ]] || { echo "$1: $output" && return 1; }
	[ ! -e "$db" ]
}

@test "a year of DSMR-reader gives the same totals" {
	year_of dsmr-reader electricity.csv gas.csv
}

@test "a year of P1 Monitor gives the same totals" {
	year_of p1-monitor uur.csv dag.csv
}

@test "a year of Domoticz gives the same totals" {
	year_of domoticz electricity.csv gas.csv
}

@test "a year of Home Assistant gives the same totals" {
	year_of home-assistant history.csv
}

@test "a year of a home-made log gives the same totals" {
	year_of log log.csv
	readings log.csv # again
	diff want <(days)
	[ "$(sql "SELECT DISTINCT time_source FROM electricity
		UNION SELECT time_source FROM mbus")" = 5 ]
}

@test "counters that were noted by hand are readings" {
	printf '%s\n' "2009-05-01 1234.5 2345.6" "2009-06-01 1300 2400.001" >notes.txt
	recipe notes
	readings notes.csv
	[ "$(sql "SELECT import_t1_wh, import_t2_wh FROM yearly_wh")" = "65500|54401" ]
}

@test "history before the telegrams goes on into them, with the same meters" {
	p1sim -n 100 --interval 10 --start 2025-01-01T00:00:00Z \
		--initial import_t1=1000 --initial gas=500 -o telegrams
	p1logger -c "$ini" --import telegrams
	printf '%s\n' time_utc,import_t1_kwh,gas_m3 2024-06-01T00:00:00Z,900.5,450.25 \
		2024-12-31T23:00:00Z,999.9,499.9 >old.csv
	readings old.csv
	[ "$(sql "SELECT count(*) FROM meter")" = 2 ]
	[ "$(sql "SELECT import_t1_wh / 1000, gas_dm3 / 1000 FROM yearly_wh WHERE year = 2024")" = "99|49" ]
	run -0 p1logger -c "$ini" --verify
}

@test "imported counters are judged, and a meter with another name starts again" {
	printf '%s\n' time_utc,meter,import_t1_kwh 2024-06-01T00:00:00Z,old,900 \
		2024-06-02T00:00:00Z,old,910 2024-06-03T00:00:00Z,old,500 \
		2024-06-04T00:00:00Z,old,920 2024-06-05T00:00:00Z,new,3 \
		2024-06-06T00:00:00Z,new,13 >a.csv
	run readings a.csv
	[[ $output == *"6 readings, 5 new rows, held 1 (p1logger --quarantine)"* ]]
	[ "$(sql "SELECT import_t1_wh FROM yearly_wh")" = 30000 ]
	[ "$(sql "SELECT CAST(telegram AS TEXT) FROM held")" = "2024-06-03T00:00:00Z,old,500" ]
}

@test "standard input, CR LF, a byte order mark and quotes are understood" {
	printf '\xef\xbb\xbf"time_utc","import_total_kwh"\r\n2024-06-01T00:00:00Z,"900"\r\n\r\n' |
		readings -
	[ "$(sql "SELECT ts, import_total_wh FROM electricity")" = "1717200000|900000" ]
}

@test "an error names file and line, and nothing is imported" {
	printf '%s\n' time_utc,gas_m3 2024-06-01T00:00:00Z,1 >good.csv
	local at="time_utc,import_t1_kwh,gas_m3\n"

	bad "" "bad.csv: it contains no readings"
	bad "$at" "bad.csv: it contains no readings"
	bad "time_utc,kwh\n" "bad.csv, line 1: unknown column 'kwh'"
	bad "time_utc;import_t1_kwh\n" "line 1: unknown column 'time_utc;import_t1_kwh'"
	bad "gas_m3,time_utc\n" "line 1: the first column must be time_utc"
	bad "time_utc,meter\n" "line 1: it has no column with a counter"
	bad "time_utc,gas_m3,gas_m3\n" "line 1: the column gas_m3 appears twice"
	bad "${at}2024-06-01T00:00:00Z,1,2\n2024-06-01T00:00:10Z,1\n" \
		"bad.csv, line 3: 2 columns in place of 3"
	bad "${at}2024-06-01 00:00:00,1,2\n" "line 2: time_utc: '2024-06-01 00:00:00' is not a time"
	bad "${at}2024-02-30T00:00:00Z,1,2\n" "line 2: time_utc: '2024-02-30T00:00:00Z' is not a time"
	bad "${at}2024-06-01T00:00:00Z,-1,2\n" "line 2: import_t1_kwh: '-1' is not a counter"
	bad "${at}2024-06-01T00:00:00Z,1e3,2\n" "line 2: import_t1_kwh: '1e3' is not a counter"
	bad "time_utc,gas_m3\n2024-06-01T00:00:00Z,1;2\n" "line 2: gas_m3: '1;2' is not a counter"
	bad "$at$(printf '%05000d' 1)\n" "line 2: it is too long for a reading"
	run -69 readings nowhere.csv
	run -2 readings
	[[ $output == *"--import-readings needs a FILE"* ]]
}

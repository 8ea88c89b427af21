#!/usr/bin/env bats
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr
# p1report as a program: tables that fit a terminal, CSV, and JSON by its schema.
# tests/year_totals.bats has its sums, tests/report_truth.bats peaks and --at.

bats_require_minimum_version 1.5.0
load helper

setup_file() {
	local P1_BIN=${P1_BIN:-$BATS_TEST_DIRNAME/../build}

	cd "$BATS_FILE_TMPDIR" || return
	cat >p1.ini <<-END
		[storage]
		database = $PWD/p1.db
		rrd =
		timezone = Europe/Amsterdam
		[prices]
		import_t1 = 0.24
		import_t2 = 0.28
		export = 0.07
		gas = 1.35
		water = 1.02
		fixed = 0.92
	END
	sed "s/p1.db/be.db/; /prices/,\$d" p1.ini >be.ini
	sed "s/p1.db/none.db/" p1.ini >none.ini
	"$P1_BIN"/p1sim --start 2026-09-20 --duration 1198h --interval 300 --water \
		--gap 2026-10-22T09:13:00Z+5h --meter-swap 2026-10-23T09:30:00Z |
		"$P1_BIN"/p1logger --config p1.ini --import -
	"$P1_BIN"/p1sim --start 2026-09-20 --duration 1198h --interval 300 \
		--dialect be --heat | "$P1_BIN"/p1logger --config be.ini --import -
}

setup() {
	cd "$BATS_FILE_TMPDIR" || return
	clock_is 2026-11-08T22:00:00Z
}

report() {
	LD_PRELOAD=$clock ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0 \
		p1report --config "${ini:-p1.ini}" "$@"
}

check() { # WHAT ARGUMENT...
	python3 "$BATS_TEST_DIRNAME/report_check.py" "$@"
}

# The reports, and the options of each.
reports() {
	cat <<-END
		consumption --day=2026-10-25
		consumption --day=2026-10-22 --by quarter
		consumption --week --compare=before
		consumption --month=2026-10 --compare=before
		consumption --month --tariffs
		consumption --year --by week --of gas
		consumption --total
		consumption --total --by day --top 5 --of cost
		consumption --from 2026-10-22T10:30:00Z --to 2026-11-03 --by hour
		standby --standby
		standby --standby --month=2026-10
		readings --at 2026-10-22
		readings --at now
		peaks --peaks
		peaks --peaks --month=2026-10 --top 3
		hour_peaks --peaks=hour
		hour_peaks --peaks=hour --week=2026-10-20
	END
}

@test "every table fits 80 columns, in both languages" {
	look_for_leaks
	for ini in p1.ini be.ini; do
		while read -r _ options; do
			[ "$ini $options" != "be.ini --total --by day --top 5 --of cost" ] || continue
			for language in en nl; do
				eval "report $options --language $language" >table
				check width <table
			done
		done < <(reports)
	done
}

@test "every report is JSON as the schema says, and CSV with equal lines" {
	while read -r name options; do
		eval "report $options --json" >document
		check schema "$name" <document
		eval "report $options --csv" >table
		[ "$(wc -l <table)" -gt 1 ]
		[ "$(tr -cd ',\n' <table | sort -u | wc -l)" -eq 1 ]
	done < <(reports)
	# A member that the schema does not know is noticed.
	run check schema readings <<<'{"version":1,"report":"readings","at":"","time_zone":"","readings":[],"x":1}'
	[ "$status" -eq 1 ]
	[[ $output == *"readings.x is not described"* ]]
}

@test "a month has days, a total, tariffs, costs and standby power" {
	report --month 2026-10 >table
	[ "$(head -1 table)" = "October 2026" ]
	[ "$(grep -cE '^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) .. Oct ' table)" -eq 31 ]
	total=$(sqlite3 p1.db "SELECT printf('%.3f %.3f', import_t1_kwh, import_t2_kwh)
		FROM monthly WHERE month = '2026-10'")
	grep -x "import: low ${total% *}, normal ${total#* } kWh" table
	grep -E '^total +[0-9.]+ ' table
	paste -sd' ' table | grep -E ' cost: import [0-9.]+, export -[0-9.]+, gas [0-9.]+, water [0-9.]+, fixed 28.52 EUR '
	grep -E '^standby power: [0-9]+ W' table
	report --month 2026-10 --language nl >table
	[ "$(head -1 table)" = "Oktober 2026" ]
	grep -x "afname: dal ${total% *}, normaal ${total#* } kWh" <(tr , . <table | sed 's/dal\(.*\)\. /dal\1, /')
}

@test "a period that goes on says how far it has come; what is in a gap is marked" {
	run -0 report
	[[ ${lines[0]} == "Sunday 8 November 2026"*" until Sun  8 Nov 22:55" ]]
	report --day 2026-10-22 >table
	[ "$(grep -c '^.*~' table)" -gt 4 ]
	grep '^~ estimated' table
	report --day 2026-10-21 >table
	run grep '~' table
	[ "$status" -eq 1 ]
}

@test "the hour that comes twice has two rows, the one left out has none" {
	report --day 2026-10-25 --csv | cut -d, -f1 >hours
	[ "$(wc -l <hours)" -eq 26 ]
	[ "$(sed -n '4,5p' hours | paste -sd' ')" = "2026-10-25 02:00 2026-10-25 02:00+01:00" ]
}

@test "a comparison is of the same part of the calendar" {
	report --month --compare=before --json >document
	python3 - <<-'END'
		import json
		d = json.load(open("document"))
		row = {r["series"]: r for r in d["comparison"]}["import"]
		assert (row["from"], row["before_from"]) == (
			"2026-10-31T23:00:00Z", "2026-09-30T22:00:00Z"), row
		assert (row["to"], row["before_to"]) == (
			"2026-11-07T23:00:00Z", "2026-10-07T22:00:00Z"), row
		assert abs(row["now"] - row["before"] - row["difference"]) < 1e-9
	END
	run -0 report --year --compare
	[[ $output == *"Nothing is known about the earlier period."* ]]
}

@test "the highest rows come first, and are those of the view" {
	report --total --by day --top 4 --of gas --csv | sed 1d | cut -d, -f1 >told
	sqlite3 p1.db "SELECT day FROM daily WHERE gas_m3 IS NOT NULL
		ORDER BY gas_m3 DESC, day LIMIT 4" | diff - told
}

@test "nothing to report is status 65, and says so" {
	while IFS='|' read -r options want; do
		eval "run --separate-stderr report $options"
		echo "$options: $stderr"
		[ "$status" -eq 65 ]
		[ -z "$output" ]
		[ "$stderr" = "p1report: $want" ]
	done <<-END
		--month 2025-01|there are no readings in this period: January 2025
		--day 2027-01-01|there are no readings in this period: Friday 1 January 2027
		--standby --year 2025|there are no readings in this period: 2025
		--peaks --month 2025-01|there are no readings in this period: January 2025
		--at 2020-01-01|no meter has a reading at or before that time
		--month --of heat|--of: no readings of this kind in this period
	END
	ini=none.ini
	run --separate-stderr report
	[ "$status" -eq 69 ]
	[[ $stderr == "p1report: nothing to report: database "* ]]
}

@test "a full disk is not a report" {
	[ -e /dev/full ] || skip "no /dev/full"
	run ! eval "report --total --csv >/dev/full 2>said"
	grep 'writing standard output' said
}

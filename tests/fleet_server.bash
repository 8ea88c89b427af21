# For tests of fleet/*.sql: homes with databases of their own. tests/fleet_send.py
# speaks for p1pg. Load helper and postgres first.
# shellcheck disable=SC2154 # their variables

# A home's own database. Its streams are files of telegrams.
home_database() { # NAME STREAM...
	printf '%s\n' "[storage]" "database = $PWD/$1.db" "rrd =" \
		"timezone = Europe/Amsterdam" "interval = 60" >"$1.ini"
	p1logger --import -c "$1.ini" "${@:2}"
}

send() { # ROLE DATABASE ARGUMENT... of fleet_send.py
	"$BATS_TEST_DIRNAME/fleet_send.py" "${@:2}" >send.sql
	psql -qAtX -v ON_ERROR_STOP=1 -v VERBOSITY=verbose -U "$1" -f send.sql
}

# Each view of the home has the same cells as in its own database. Whole numbers of
# kWh are 1.0 for sqlite3, and 1 for psql.
same_views() { # ROLE DATABASE
	local columns period view

	for view in hourly daily monthly yearly quarter {hour,dai,month,year}ly_wh; do
		period=start_ts
		columns=$(sqlite3 "$2" "SELECT group_concat('\"' || name || '\"')
			FROM pragma_table_info('$view')")
		sqlite3 -csv "$2" "SELECT * FROM $view ORDER BY $period" |
			sed -E 's/\.0(,|\r?$)/\1/g; s/"//g; s/\r//' >theirs
		psql -X --csv -t -U "$1" -c "SELECT $columns FROM fleet.$view ORDER BY $period" >ours
		[ -s theirs ]
		diff theirs ours
	done
}

rows() { # TABLE [CONDITION]: how many
	sql "SELECT count(*) FROM fleet.$1 WHERE ${2-true}"
}

# Call store() with one row at TS.
one_row() { # ROLE BEFORE AFTER TS [WH]
	sql -v VERBOSITY=verbose -U "$1" "SELECT fleet.store('j', $2, $2, $3, $3, $4, $4,
		'$4,${5-5}$(printf ',%.0s' {1..19})', '$4,5$(printf ',%.0s' {1..22})', '',
		last_ts => $4)"
}

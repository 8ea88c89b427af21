# For tests of p1pg beside a real PostgreSQL: `load fleet_helper` after postgres.
# shellcheck disable=SC2154 # bats sets some variables

# Install the schema with p1pg as the server's administrator: admin.ini.
fleet_admin() {
	printf '%s\n' "[fleet]" "server = host=$PGHOST dbname=fleet user=postgres" >admin.ini
	p1pg -c admin.ini --init
}

# Add a home on the server, and make the settings NAME.ini for its database NAME.db.
new_home() { # NAME [LINE...]: more lines of [storage]
	p1pg -c admin.ini --add-home "$1" >"$1.added"
	home_settings "$@"
}

home_settings() { # NAME [LINE...]
	local role

	role=$(sed -n 's/^home = //p' "$1.added")
	sed -n '$s/^# //p' "$1.added" >"$1.password"
	chmod 600 "$1.password"
	{
		printf '%s\n' "[storage]" "database = $PWD/$1.db" "rrd =" \
			"timezone = Europe/Amsterdam" "interval = 60" "${@:2}"
		printf '%s\n' "[fleet]" "server = host=$PGHOST dbname=fleet" \
			"home = $role" "password_file = $PWD/$1.password"
	} >"$1.ini"
}

# Store telegrams, without p1pg, which the test starts itself.
import() { # NAME STREAM...
	sed 's/^server = .*/server =/' "$1.ini" >"$1.alone.ini"
	p1logger --import -c "$1.alone.ini" "${@:2}"
}

# Cut a stream into NUMBER files FILE.00, FILE.01, ... between telegrams.
split_telegrams() { # FILE NUMBER
	local n

	n=$(grep -c '^/' "$1")
	awk -v file="$1" -v most=$((n / $2 + 1)) '
		substr($0, 1, 1) == "/" { out = sprintf("%s.%02d", file, int(i / most)); i += 1 }
		{ print >out }' "$1"
}

# Each view of the home has the same cells as in its own database. Whole numbers of
# kWh are 1.0 for sqlite3, and 1 for psql.
same_views() { # NAME
	local columns role view

	role=$(sed -n 's/^home = //p' "$1.ini")
	for view in hourly daily monthly yearly quarter {hour,dai,month,year}ly_wh; do
		columns=$(sqlite3 "$1.db" "SELECT group_concat('\"' || name || '\"')
			FROM pragma_table_info('$view')")
		sqlite3 -csv "$1.db" "SELECT * FROM $view ORDER BY start_ts" |
			sed -E 's/\.0(,|\r?$)/\1/g; s/"//g; s/\r//' >theirs
		psql -X --csv -t -U "$role" \
			-c "SELECT $columns FROM fleet.$view ORDER BY start_ts" >ours
		[ -s theirs ]
		diff theirs ours || { echo "$1: $view differs"; return 1; }
	done
}

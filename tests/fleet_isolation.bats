#!/usr/bin/env bats
# bats file_tags=plain
# What a home's role and an analyst's can learn or do in a real PostgreSQL: home 1
# is nosy, home 2 is the other one.
# shellcheck disable=SC2154,SC2030,SC2031 # the helpers' variables
bats_require_minimum_version 1.5.0
load helper
load postgres
load fleet_server

setup() {
	postgres_setup
	cd "$BATS_TEST_TMPDIR" || return
	postgres_new one
	fleet_schema
	p1sim --start 2026-03-10T11:00:00Z --interval 60 -n 200 -o mine
	p1sim --seed 2 --start 2026-03-10T11:00:00Z --interval 60 -n 300 \
		--initial import_t1=77123.456 --water -o theirs
	home_database mine mine
	home_database theirs theirs
	sql "SELECT fleet.add_home('Nosy Lane 1'), fleet.add_home('Quiet Street 2')"
	send fleet_home_1 mine.db j NULL 1
	send fleet_home_2 theirs.db k NULL 8
	psql -qX -c "VACUUM ANALYZE"
	dump >was
	secret=$(sqlite3 theirs.db "SELECT identifier FROM meter LIMIT 1")
}

teardown() {
	postgres_teardown
}

# Everything of home 2.
dump() {
	local name

	for name in $(tables) cursors homes; do
		sql "SELECT '$name', t.* FROM fleet.$name AS t WHERE home = 2 ORDER BY t"
	done
}

tables() { # [CONDITION]
	sql "SELECT name FROM fleet.tables_of_homes WHERE ${1-true}"
}

views() {
	sql "SELECT viewname FROM pg_views WHERE schemaname = 'fleet'
		AND viewname <> 'tables_of_homes'"
}

partitions() {
	sql "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'"
}

nosy() { # [PSQL-OPTION...] QUERY
	sql -U fleet_home_1 "$@"
}

# All statements of standard input, a line each.
are_denied() {
	local denied

	cat >statements
	[ -s statements ]
	psql -qAtX -v VERBOSITY=terse -U fleet_home_1 -f statements >said 2>&1 || true
	denied=$(grep -cE 'ERROR:  (permission denied|must be owner)' said)
	[ "$denied" -eq "$(wc -l <statements)" ] || { paste statements said; return 1; }
}

is_denied() { # STATEMENT
	are_denied <<<"$1"
}

unharmed() {
	dump | diff was -
}

# It may have temporary objects in this test, though access.sql takes that right away.
grant_temporary() {
	is_denied "CREATE TEMP TABLE x (y int)"
	sql "GRANT TEMPORARY ON DATABASE fleet TO fleet_home_1"
}

@test "a home reads its own rows of each table and view, and no others" {
	local name

	for name in $(tables) $(views); do
		[ "$(nosy "SELECT count(*) FROM fleet.$name WHERE home <> 1")" = 0 ]
		[ "$(nosy "SELECT count(*) FROM fleet.$name WHERE home = 2")" = 0 ]
		[ "$(nosy "SELECT count(*) FROM fleet.$name")" = \
			"$(sql "SELECT count(*) FROM fleet.$name WHERE home = 1")" ]
	done
	[ "$(nosy "SELECT count(*) FROM fleet.readings")" -gt 10 ]
	[ "$(nosy "SELECT home FROM fleet.cursor()")" = 1 ]
	# As the group it is in, it still is itself.
	[ "$(nosy "SET ROLE fleet_home; SELECT DISTINCT home FROM fleet.readings")" = 1 ]
	run ! nosy "SET row_security = off; SELECT * FROM fleet.readings"
	[[ $output = *"would be affected by row-level security"* ]]
	for name in homes cursors settings tables_of_homes; do
		is_denied "SELECT * FROM fleet.$name"
	done
	is_denied "SELECT * FROM analysis.homes"
}

@test "a home writes to no table, and calls nothing but store() and cursor()" {
	local name call

	for name in $(tables) homes cursors settings $(partitions); do
		printf '%s;\n' "INSERT INTO fleet.$name DEFAULT VALUES" "DELETE FROM fleet.$name" \
			"TRUNCATE fleet.$name" "DROP TABLE fleet.$name" \
			"ALTER TABLE fleet.$name DISABLE ROW LEVEL SECURITY"
	done | are_denied
	is_denied "COPY fleet.readings FROM STDIN"
	is_denied "BEGIN; LOCK fleet.readings IN SHARE MODE"
	is_denied "UPDATE fleet.cursors SET id = 0"
	for call in "delete_rows(2)" "remove_home('Quiet Street 2')" "add_home('x')" \
		"store_house(2, '{}')" "store_detail(2, 0, 9, '', '', '')" "make_partitions()" \
		"make_partition('readings', 'month', 0)" "hide_statistics('readings')" \
		"make_partitions_for('readings', '')"; do
		echo "SELECT fleet.$call;"
	done | are_denied
	is_denied "CREATE TABLE fleet.x (y int)"
	is_denied "CREATE TABLE public.x (y int)"
	is_denied "CREATE SCHEMA x"
	unharmed
}

@test "a partition cannot be used directly" {
	local name

	for name in $(partitions); do
		echo "SELECT * FROM fleet.$name;"
	done | are_denied
	# Not even one that default privileges would open.
	sql "ALTER DEFAULT PRIVILEGES IN SCHEMA fleet GRANT SELECT ON TABLES TO PUBLIC"
	one_row fleet_home_1 NULL 2 1400000000
	is_denied "SELECT * FROM fleet.readings_2014_05"
}

@test "a home cannot become somebody else" {
	local name

	for name in fleet_home_2 fleet_reader fleet_analyst postgres pg_read_all_data; do
		printf '%s;\n' "SET ROLE $name" "SET SESSION AUTHORIZATION $name"
		run ! nosy "GRANT $name TO fleet_home_1"
	done | are_denied
	is_denied "ALTER ROLE fleet_home_2 PASSWORD 'x'"
	run ! nosy "CREATE ROLE x"
}

@test "store() writes the caller's rows, whatever it is told" {
	local other tail

	# Home 2's cursor is at change 8 of journal k.
	run ! nosy -v VERBOSITY=verbose \
		"SELECT fleet.store('k', 8, 1008, 9, 1009, 0, 9e18::bigint, '', '', '')"
	[[ $output = *P1001*"It is at 1, written at 1001."* ]]
	# A line that pretends to be home 2's, at a time that it has and one that it has not.
	tail=$(printf ',%.0s' {1..20})
	for other in 1773140400 1773000000; do
		nosy "SELECT fleet.store('j', 1, 1001, 1, 1001, 1, 2,
			'$((other + 1))$tail)\",\"(2,$other$tail', '', '')"
	done
	nosy "SELECT fleet.store('j', 1, 1001, 1, 1001, 1, 2, '', '', '', electricity =>
		'1773000100$(printf ',%.0s' {1..22})',
		mbus => '1,1773000100,1,1,1,1)\",\"(2,9,1773000100,9,9,9,9', phases => '')"
	nosy "SELECT fleet.store('j', 1, 1001, 1, 1001, 1, 2, '', '', '', house => '{\"meters\":
		[{\"home\": 2, \"id\": 77, \"medium\": \"m\", \"unit\": \"u\", \"identifier\": \"i\",
		\"channel\": 1}]}')"
	[ "$(sql "SELECT home FROM fleet.meters WHERE id = 77")" = 1 ]
	# At any time, and from the beginning.
	nosy "SELECT fleet.store('j', 1, 1001, 2, 1002, -9e18::bigint, 9e18::bigint, '', '', '')"
	nosy "SELECT fleet.store('new', NULL, NULL, 1, 1, -9e18::bigint, 9e18::bigint, '', '', '')"
	unharmed
}

@test "errors and leaky functions show nothing of another home" {
	local query

	grant_temporary
	nosy "CREATE FUNCTION pg_temp.leak(t text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001
		AS 'BEGIN RAISE NOTICE ''leak: %'', t; RETURN true; END';
		SELECT identifier FROM fleet.meters WHERE pg_temp.leak(identifier);
		SELECT import_wh FROM fleet.daily_wh WHERE pg_temp.leak(import_wh::text || '/' || home);
		SELECT 1 FROM fleet.readings WHERE pg_temp.leak(home::text || ';')" >said 2>&1
	grep -q "leak: $(sqlite3 mine.db "SELECT identifier FROM meter LIMIT 1")" said
	run ! grep -E "$secret|leak: (2;|.*/2$)" said
	for query in "identifier::int = 1 FROM fleet.meters" \
		"1 / (home - 2) = 1 FROM fleet.readings" \
		"1 / (id - 77) = 1 FROM fleet.meters WHERE identifier = '$secret'" \
		"(import_wh || 'x')::int = 1 FROM fleet.readings WHERE import_wh > 77000000" \
		"import_wh * 9e18::bigint = 1 FROM fleet.counter_to WHERE home = 2"; do
		run nosy "SELECT $query"
		[[ ! $output =~ $secret|77[0-9]{6}|division\ by\ zero ]]
	done
}

@test "a search path of its own does not mislead the functions" {
	grant_temporary
	nosy "CREATE TEMP TABLE homes (home int, name text, role name);
		INSERT INTO pg_temp.homes VALUES (2, 'x', session_user);
		CREATE TEMP TABLE cursors AS SELECT 2 AS home, 'k' AS journal, 8 AS id;
		CREATE FUNCTION pg_temp.own_home() RETURNS int LANGUAGE sql AS 'SELECT 2';
		CREATE FUNCTION pg_temp.least(bigint, bigint) RETURNS bigint LANGUAGE sql
			AS 'SELECT 1::bigint';
		CREATE FUNCTION pg_temp.replace(text, text, text) RETURNS text LANGUAGE sql
			AS 'SELECT ''{}''';
		CREATE FUNCTION pg_temp.is_two(int, int) RETURNS boolean LANGUAGE sql
			AS 'SELECT \$1 = 2';
		CREATE OPERATOR pg_temp.= (LEFTARG = int, RIGHTARG = int, FUNCTION = pg_temp.is_two);
		SET search_path = pg_temp, fleet, pg_catalog;
		SELECT home FROM fleet.cursor();
		SELECT DISTINCT home FROM fleet.readings;
		SELECT fleet.store('j', 1, 1001, 2, 1002, 0, 9e18::bigint, '', '', '');
		SELECT journal || id FROM fleet.cursor()" >said
	[ "$(tr -s '\n' ' ' <said)" = "1 1 j2 " ]
	unharmed
}

# The plan is the same for a value that home 2 has and for another one.
same_estimates() { # TABLE COLUMN OPERATOR VALUE OTHER
	local value

	for value in "$4" "$5"; do
		nosy "EXPLAIN SELECT * FROM fleet.$1 WHERE $2 $3 $value" >"plan$value"
		sed -i -E "s/= $value\)/= N)/; s/$3 $value\b/$3 N/; s/'.*'::/'x'::/" "plan$value"
	done
	diff "plan$4" "plan$5"
}

@test "estimates and statistics say nothing of another home" {
	local table value

	[ "$(nosy "SELECT count(*) FROM pg_stats WHERE schemaname = 'fleet'")" = 0 ]
	is_denied "SELECT * FROM pg_statistic"
	for table in readings counter_from counter_to meters runs mbus; do
		same_estimates "$table" home = 2 99
	done
	value=$(sql "SELECT max(import_wh) FROM fleet.readings WHERE home = 2")
	same_estimates readings import_wh = "$value" 12345678
	same_estimates readings import_wh ">" $((value - 1000)) 999999999
	same_estimates meters identifier = "'$secret'" "'nobody'"
	# What another session runs.
	[ "$(nosy "SELECT count(*) FROM pg_stat_activity WHERE usename <> current_user
		AND query <> '<insufficient privilege>'")" = 0 ]
}

@test "an analyst sees pseudonyms, and neither names nor identifiers" {
	local view columns pseudonym

	sql "CREATE ROLE ann LOGIN IN ROLE fleet_analyst"
	pseudonym=$(sql "SELECT pseudonym FROM fleet.homes WHERE home = 2")
	for view in $(sql "SELECT viewname FROM pg_views WHERE schemaname = 'analysis'"); do
		sql -U ann "SELECT * FROM analysis.$view" >seen
		grep -q "$pseudonym" seen
		! grep -iE "Quiet|fleet_home|$secret" seen
		columns=$(head -1 seen | cut -d '|' -f 1)
		[ "${#columns}" = 36 ]
	done
	[ "$(sql -U ann "SELECT sum(import_wh) FROM analysis.daily_wh WHERE home = '$pseudonym'")" = \
		"$(sqlite3 theirs.db "SELECT sum(import_wh) FROM daily_wh")" ]
	[ "$(sql -U ann "SELECT sum(import_wh) FROM analysis.quarter WHERE home = '$pseudonym'")" = \
		"$(sqlite3 theirs.db "SELECT sum(import_wh) FROM quarter")" ]
	for view in $(tables) homes cursors daily; do
		run ! sql -U ann "SELECT * FROM fleet.$view"
		[[ $output = *"permission denied"* ]]
	done
	run ! sql -U ann "SELECT fleet.cursor()"
	run ! sql -U ann "DELETE FROM analysis.homes"
	# A pseudonym that somebody has come to know is replaced by another one.
	sql "UPDATE fleet.homes SET pseudonym = gen_random_uuid()"
	[ "$(sql -U ann "SELECT count(*) FROM analysis.daily WHERE home = '$pseudonym'")" = 0 ]
}

@test "a reader reads all homes, and writes nothing" {
	sql "CREATE ROLE rita LOGIN IN ROLE fleet_reader"
	for name in $(tables) $(views) homes cursors; do
		[ "$(sql -U rita "SELECT count(*) FROM fleet.$name")" = \
			"$(sql "SELECT count(*) FROM fleet.$name")" ]
		run ! sql -U rita "DELETE FROM fleet.$name"
	done
	[ "$(sql -U rita "SELECT count(DISTINCT home) FROM fleet.daily")" = 2 ]
	run ! sql -U rita "SELECT fleet.remove_home('Quiet Street 2')"
	run ! sql -U rita "SELECT fleet.store('j', 1, 1, 1, 1, 1, 1, '', '', '')"
	unharmed
}

@test "a stranger with a role of the server does not get in" {
	sql "CREATE ROLE stranger LOGIN"
	run ! sql -U stranger "SELECT 1"
	[[ $output = *"permission denied for database"* ]]
}

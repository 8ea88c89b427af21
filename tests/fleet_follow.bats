#!/usr/bin/env bats
# bats file_tags=plain
# p1pg brings a copy in a real PostgreSQL up to date: its views are those of the home's
# own database, cell by cell, whatever happens in between.
# shellcheck disable=SC2154,SC2030,SC2031 # the helpers' variables
bats_require_minimum_version 1.5.0
load helper
load postgres
load fleet_helper

setup() {
	postgres_setup
	cd "$BATS_TEST_TMPDIR" || return
	postgres_new one
	fleet_admin
}

teardown() {
	local pid

	touch stop
	for pid in ${children-}; do
		kill -KILL "$pid" 2>/dev/null || true
	done
	postgres_teardown
}

@test "an import appears in the views, and each later one" {
	new_home casa
	p1sim --start 2026-10-23T11:02:00Z --interval 60 -n 5000 --water --heat \
		--meter-swap 2026-10-24T15:07:00Z --gap 2026-10-25T09:50:00Z+5h -o all
	split_telegrams all 9
	for part in all.*; do
		import casa "$part"
		p1pg -c casa.ini
		same_views casa
	done
	p1pg -c casa.ini --verify >said
	grep -q 'totals are the same' said
}

send() { # NAME [OPTION...]
	p1pg -c "$1.ini" "${@:2}"
}

# How far p1pg came, and how often it called store(): rows written by each.
stored() { # NAME: print the lines of p1pg -v
	send "$1" -v 2>&1 | grep stored
}

@test "older readings that come late replace what was between others" {
	new_home casa
	p1sim --start 2026-03-10T00:00:00Z --interval 60 -n 3000 --water -o all
	split_telegrams all 5
	import casa all.00 all.03
	send casa
	same_views casa
	import casa all.01
	stored casa >said
	cat said
	grep -q 'to 2026-03-11T06:' said # not to the end
	[ "$(wc -l <said)" = 1 ]
	same_views casa
	import casa all.02 all.04
	send casa
	same_views casa
	run -0 send casa --verify
}

@test "a reading that is rejected, accepted again, and held" {
	new_home casa
	p1sim --start 2026-03-10T00:00:00Z --interval 60 -n 600 --no-gas -o all
	import casa all
	send casa
	p1logger -c casa.alone.ini --quarantine reject 2026-03-10T03:00:00Z --yes
	send casa
	same_views casa
	p1logger -c casa.alone.ini --quarantine clear 2026-03-10T03:00:00Z --yes
	send casa
	same_views casa
	# Another meter's counters jump; what follows says that they were false.
	p1sim --start 2026-03-10T10:05:00Z -n 1 --no-gas --initial import_t1=9000 -o false
	import casa false
	send casa
	same_views casa
	p1sim --start 2026-03-10T10:06:00Z --interval 60 -n 60 --no-gas --seed 1 -o right
	import casa right
	send casa
	same_views casa
}

@test "a meter whose last reading was entered moves all later counters" {
	new_home casa
	p1sim --start 2026-03-10T00:00:00Z --interval 60 -n 1200 \
		--gas-swap 2026-03-10T07:00:00Z --meter-swap 2026-03-10T10:00:00Z -o all
	import casa all
	send casa
	old=$(sqlite3 casa.db "SELECT identifier FROM meter WHERE medium = 'electricity' ORDER BY id LIMIT 1")
	last=$(sqlite3 casa.db "SELECT printf('%.3f', (import_t1_wh + 1500) / 1000.0) FROM electricity
		JOIN meter AS m ON m.id = meter WHERE identifier = '$old' ORDER BY ts DESC LIMIT 1")
	p1logger -c casa.alone.ini --closing "$old" "import_t1=$last"
	send casa
	same_views casa
}

@test "thinning changes nothing, here or there" {
	new_home casa
	printf '%s\n' "[keep]" "rows = 1d" "[limits]" "import = 0" "export = 0" "gas = 0" \
		"water = 0" "[meter]" "port = $PWD/next" >>casa.ini
	sed -i 's/^interval = .*/interval = 10/' casa.ini
	p1sim --start 2025-01-01T00:00:00Z -n 25920 --interval 10 --water -o old
	import casa old
	send casa
	rows=$(sqlite3 casa.db "SELECT count(*) FROM electricity")
	p1sim --start 2025-01-04T00:00:00Z -n 1 --water --initial import_t1=9000 \
		--initial import_t2=9000 --initial export_t1=9000 --initial export_t2=9000 \
		--initial gas=9000 --initial water=9000 -o next
	for _ in {1..20}; do
		p1logger --once -c casa.alone.ini
	done
	[ "$(sqlite3 casa.db "SELECT count(*) FROM electricity")" -lt $((rows / 2)) ]
	send casa
	same_views casa
	send casa --again
	same_views casa
}

@test "a restored database and a copied file are another journal" {
	new_home casa
	p1sim --start 2026-03-10T00:00:00Z --interval 60 -n 1000 -o one
	p1sim --start 2026-03-11T00:00:00Z --interval 60 -n 1000 --seed 5 -o two
	p1sim --start 2026-03-12T00:00:00Z --interval 60 -n 1000 --seed 6 -o three
	mkdir to
	import casa one
	p1logger -c casa.alone.ini --backup to
	import casa two
	cp casa.db older.db
	send casa
	p1logger -c casa.alone.ini --restore to/*.db --force
	stored casa >said
	grep -q 'beginning again' said
	same_views casa
	# The change list of the older file goes on beyond the newer one's.
	import casa three
	send casa
	same_views casa
	rm -f casa.db-wal casa.db-shm
	cp older.db casa.db
	for part in three one; do
		import casa "$part"
	done
	stored casa >said
	grep -q 'beginning again' said
	same_views casa
	[ "$(stored casa)" = "" ]
}

@test "a year of absence is caught up in slices, and a longer list is not needed" {
	new_home casa
	p1sim --start 2025-01-01T00:00:00Z --interval 3600 -n 200 --no-gas -o one
	p1sim --start 2025-02-01T00:00:00Z --interval 3600 -n 8000 --no-gas --seed 4 -o two
	import casa one
	send casa
	send casa # knows now that the server is here
	# What a year of commits leaves of the change list.
	import casa two
	send_nothing casa
	sqlite3 casa.db "DELETE FROM change_list WHERE id NOT IN (
		SELECT max(id) FROM change_list GROUP BY medium)"
	stored casa >said
	run ! grep -q 'beginning again' said
	[ "$(wc -l <said)" -gt 10 ]
	same_views casa
	run -0 send casa --verify
}

# A run while the server is away: it notes what the journal is now.
send_nothing() { # NAME
	sed 's/^server = .*/server = host=\/nowhere dbname=fleet/' "$1.ini" >"$1.away.ini"
	run ! p1pg -c "$1.away.ini"
}

@test "with detail = rows the server has each reading" {
	new_home casa
	p1sim --start 2026-03-10T00:00:00Z --interval 60 -n 2000 -o all
	split_telegrams all 3
	import casa all.00 all.02
	send casa
	echo "detail = rows" >>casa.ini
	send casa --again
	import casa all.01
	send casa
	role=$(sed -n 's/^home = //p' casa.ini)
	for table in electricity mbus phases; do
		columns=$(sqlite3 casa.db "SELECT group_concat(name) FROM pragma_table_info('$table')")
		sqlite3 -csv casa.db "SELECT $columns FROM $table ORDER BY 1, 2" >theirs
		psql -X --csv -t -U "$role" -c "SELECT $columns FROM fleet.$table ORDER BY 1, 2" >ours
		[ -s theirs ]
		diff <(tr -d '\r' <theirs) ours
	done
	same_views casa
}

@test "a server that is away costs two lines, and longer pauses" {
	new_home casa
	p1sim --start 2026-03-10T00:00:00Z --interval 60 -n 300 -o all
	import casa all
	postgres_stop one
	sed -i 's/^home = /interval = 60\nhome = /' casa.ini
	run -69 send casa
	[[ $output == "p1pg: connection to server"* ]]
	rm casa.db.fleet
	clock=$P1_BIN/tests/wrong_clock.so
	for ahead in 0 10 100 1000 2000 5000 10000; do
		P1_CLOCK_AHEAD=$ahead in_background casa
	done
	[ "$(wc -l <log)" = 1 ]
	grep -q 'failed, trying again: connection to server' log
	tries=$(sed -n 's/^failures \([0-9]*\) .*/\1/p' casa.db.fleet)
	[ "$tries" -ge 4 ] && [ "$tries" -le 6 ]
	postgres_start one
	P1_CLOCK_AHEAD=10001 in_background casa # too early
	[ "$(wc -l <log)" = 1 ]
	P1_CLOCK_AHEAD=20000 in_background casa
	[ "$(wc -l <log)" = 2 ]
	grep -q 'works again after 20[0-9]* s' log
	same_views casa
}

# As p1logger starts it, without its first pause.
in_background() { # NAME
	LD_PRELOAD=$clock:$P1_BIN/tests/no_sleep.so ASAN_OPTIONS=verify_asan_link_order=0 \
		p1pg -c "$1.ini" --background 2>>log
}

@test "the service starts it after commits, and never waits for it" {
	new_home casa
	port=$("$BATS_TEST_DIRNAME/free_port.py")
	p1sim --tcp "$port" --interval 1 3>&- &
	children=$!
	sed -i "s|^\[storage\]|[meter]\nport = tcp://127.0.0.1:$port\n[storage]\ncommit = 1|
		s|^interval = .*|interval = 1|; s|^home = |interval = 60\nhome = |" casa.ini
	the_service
	wait_for server_has_today
	kill "$service"
	wait "$service"
	postgres_stop one
	the_service
	wait_for grep -q "p1pg: .* failed, trying again" log
	rows=$(rows_at_home)
	wait_for more_rows_than "$rows"
	kill "$service"
	wait "$service"
	[ "$(grep -c p1pg log)" = 1 ]
}

the_service() {
	env LD_PRELOAD="$P1_BIN/tests/no_sleep.so" ASAN_OPTIONS=verify_asan_link_order=0 \
		p1logger -c casa.ini 2>log 3>&- &
	service=$!
	children+=" $service"
}

server_has_today() {
	[ "$(sql "SELECT count(*) > 0 FROM fleet.cursors WHERE now() - to_timestamp(last_ts) < '5 min'")" = t ]
}

rows_at_home() {
	sqlite3 -readonly casa.db "SELECT count(*) FROM electricity"
}

more_rows_than() { # NUMBER
	[ "$(rows_at_home)" -gt "$1" ]
}

# Record the command lines of all processes of this machine until the file stop exists.
watch_processes() {
	while [ ! -e stop ]; do
		cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' >>seen || true
	done
}

@test "the password is in no list of processes, and in no log" {
	postgres_stop one
	printf '%s\n' "host all postgres all trust" "local all postgres trust" "local all all scram-sha-256" |
		as_postgres tee "$pg_root/one/data/pg_hba.conf" >/dev/null
	echo "log_statement = all" | as_postgres tee -a "$pg_root/one/data/postgresql.conf" >/dev/null
	postgres_start one
	watch_processes 3>&- &
	children=$!
	new_home casa
	secret=$(cat casa.password)
	[ "${#secret}" = 32 ]
	p1sim --start 2026-03-10T00:00:00Z --interval 60 -n 300 -o all
	import casa all
	send casa -v 2>>said
	send casa --verify >>said
	echo wrong >casa.password
	run ! send casa -v
	[[ $output == *"password authentication failed"* ]]
	echo "$output" >>said
	touch stop
	wait "$children"
	grep -q p1pg seen
	run ! grep -F "$secret" seen said "$pg_root/one/log"
}

@test "settings that cannot work are named" {
	new_home casa
	wrong() { # STATUS TEXT SED-SCRIPT
		sed "$3" casa.ini >wrong.ini
		run "-$1" p1pg -c wrong.ini
		echo "$output"
		[[ $output == *"$2"* ]]
	}
	import casa <(p1sim --start 2026-03-10T00:00:00Z -n 3)
	wrong 78 "[fleet] server contains a password" "s/dbname=fleet/password=secret/"
	[[ $output != *secret* ]]
	rm casa.db.fleet
	for _ in 1 2 3; do
		clock='' in_background wrong
	done
	[ "$(grep -c 'trying again: \[fleet\] server contains a password' log)" = 1 ]
	wrong 78 "[fleet] server is empty" "s/^server = .*/server =/"
	wrong 78 "[fleet] server: " "s/^server = .*/server = hots=db/"
	wrong 78 "[fleet] interval must divide an hour" "s/^home = /interval = 700\nhome = /"
	wrong 78 "[fleet] password_file" "s/^password_file = .*/password_file = \/nowhere/"
	wrong 77 "is not a home's: add it with p1pg --add-home" "s/^home = .*/home = postgres/"
	wrong 69 "role \"nobody\" does not exist" "s/^home = .*/home = nobody/"
	wrong 78 "run p1pg --init on the server" "s/dbname=fleet/dbname=postgres/"
	chmod 644 casa.password
	run -78 p1pg -c casa.ini
	[[ $output == *"everybody can read it"* ]]
	chmod 600 casa.password
	sed "s/dbname=fleet/password=secret/" casa.ini >wrong.ini
	run -78 p1logger --check-config -c wrong.ini
	[[ $output == *"[fleet] server contains a password"* ]]
	p1pg -c admin.ini --remove-home casa >said
	grep -q "Removed the home 'casa'" said
	run -69 p1pg -c casa.ini
}

@test "an administrator's mistakes are named, and change nothing" {
	local name

	new_home casa
	for name in '' ' ' 'casa ' $'ca\nsa' casa; do
		run -2 p1pg -c admin.ini --add-home "$name"
		[[ $output == *"p1pg: home '"*"'"* ]]
	done
	run -2 p1pg -c admin.ini --remove-home castle
	[[ $output == *"home 'castle': it does not exist"* ]]
	run -2 p1pg -c admin.ini --init --add-home house
	[ "$(sql "SELECT string_agg(name, ',') FROM fleet.homes")" = casa ]
	run -69 p1pg -c <(printf '[fleet]\nserver = host=/nowhere dbname=fleet\n') --init
	[[ $output == *"failed: No such file or directory Is the server"* ]]
}

@test "the settings of a new home have the server's options, but the administrator" {
	local n role strings=("host=$PGHOST dbname=fleet user=postgres application_name='it\\'s a test'"
		"postgresql://postgres@/fleet?host=$PGHOST&application_name=it%27s%20a%20test")

	for n in 0 1; do
		printf '%s\n' "[fleet]" "server = ${strings[n]}" >admin.ini
		p1pg -c admin.ini --add-home "home $n" >"$n"
		grep '^server = ' "$n" | tee server
		run ! grep postgres "$n"
		grep -q 'Replace the host' "$n"
		role=$(sed -n 's/^home = //p' "$n")
		[ "$(psql -X "$(sed 's/^server = //' server) user=$role" -At \
			-c 'SHOW application_name')" = "it's a test" ]
	done
}

# A certificate for NAME, signed by itself: NAME.crt and NAME.key.
certificate() { # NAME FILE
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$1" \
		-addext "subjectAltName = DNS:$1" -keyout "$2.key" -out "$2.crt" 2>/dev/null
}

@test "a server on another machine must prove its name" {
	local other=fleet.example.org

	new_home casa
	import casa <(p1sim --start 2026-03-10T00:00:00Z -n 3)
	certificate "$other" right
	certificate other.example.org wrong
	postgres_stop one
	printf '%s\n' "listen_addresses = '127.0.0.1'" "ssl = on" \
		"port = $("$BATS_TEST_DIRNAME/free_port.py")" |
		as_postgres tee -a "$pg_root/one/data/postgresql.conf" >/dev/null
	printf '%s\n' "local all all trust" "hostssl all all all trust" |
		as_postgres tee "$pg_root/one/data/pg_hba.conf" >/dev/null
	port=$(sed -n '$s/port = //p' "$pg_root/one/data/postgresql.conf")
	sed -i "s/^server = .*/server = host=$other hostaddr=127.0.0.1 port=$port dbname=fleet/" casa.ini
	with_certificate wrong
	run -69 send casa # nobody known signed it
	[[ $output == *certificate* ]]
	echo "ca_file = $PWD/wrong.crt" >>casa.ini
	run -69 send casa
	[[ $output == *"does not match host name"* ]]
	sed -i "s/wrong.crt/right.crt/" casa.ini
	with_certificate right
	send casa
	sed -i "/ca_file/d; s/dbname=fleet/dbname=fleet sslmode=disable/" casa.ini
	run -69 send casa
	[[ $output == *"no encryption"* ]]
}

with_certificate() { # FILE
	local part

	for part in crt key; do
		as_postgres tee "$pg_root/one/data/server.$part" <"$1.$part" >/dev/null
		as_postgres chmod 600 "$pg_root/one/data/server.$part"
	done
	postgres_stop one 2>/dev/null || true
	postgres_start one
}

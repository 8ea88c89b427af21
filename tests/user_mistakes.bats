#!/usr/bin/env bats
# Mistakes of an ordinary person: what each program says, and its exit status. The
# text names the thing, what is wrong with it, and the next step.
# shellcheck disable=SC2154 # the helper's variables
load logger_helper

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	PATH=${P1_BIN:-$BATS_TEST_DIRNAME/../build}:$PATH
	mkdir data to rrd
	printf '%s\n' "[meter]" "port = $PWD/absent" "[storage]" \
		"database = $PWD/data/p1.db" "rrd = $PWD/rrd" \
		"timezone = Europe/Amsterdam" "[graphs]" "folder = $PWD/graphs" >p1.ini
	sed 's|/data/|/none/|' p1.ini >new.ini
	p1sim --start 2026-01-05 -n 20 --interval 600 -o telegrams.txt
	p1logger -c p1.ini --import telegrams.txt
	p1logger -c p1.ini --backup to
	mv to/*.db to/p1-2026-01-05T1200Z.db
}

setup() {
	cd "$BATS_FILE_TMPDIR" || return
}

is_like() { # SAID TEXT: "..." in the text stands for anything
	local pattern

	printf -v pattern %q "$2"
	# shellcheck disable=SC2053 # a pattern
	[[ $1 == ${pattern//.../*} ]]
}

# Read rows "COMMAND | STATUS | TEXT". The output must be one line, "PROGRAM: " and
# the text. Report all rows that are wrong.
check_mistakes() { # a table on stdin
	local row command rest text wrong=0

	while read -r row; do
		command=${row%% | *} rest=${row#* | }
		command=${command%"${command##*[! ]}"}
		text=${rest#* | }
		# shellcheck disable=SC2086 # words
		run $command </dev/null
		[ "$status" -eq "${rest%% | *}" ] && [ "${#lines[@]}" -eq 1 ] &&
			is_like "$output" "${command%% *}: $text" && continue
		echo "$row"
		echo "  gave $status: $output"
		wrong=1
	done
	return $wrong
}

# Read rows "SECTION KEY = VALUE | TEXT" of a settings file; the status is 78.
check_settings() { # a table on stdin
	local row section line key text wrong=0

	while read -r row; do
		line=${row%% | *} text=${row#* | }
		section=${line%% *}
		key=${line#* } key=${key%% *}
		{ sed "/^port/d; /^$key /d" p1.ini; printf '%s\n' "$section" "${line#* }"; } >bad.ini
		run p1logger --check-config -c bad.ini
		[ "$status" -eq 78 ] && [ "${#lines[@]}" -eq 1 ] &&
			is_like "$output" "p1logger: bad.ini: $text" && continue
		echo "$row"
		echo "  gave $status: $output"
		wrong=1
	done
	return $wrong
}

@test "p1logger: options and words" {
	check_mistakes <<-'END'
		p1logger once                     | 2 | 'once': did you mean --once?
		p1logger discover                 | 2 | 'discover': did you mean --discover?
		p1logger --oncee                  | 2 | --oncee: no such option; did you mean --once?
		p1logger -once                    | 2 | -once: no such option; did you mean --once?
		p1logger --check_config           | 2 | --check_config: no such option; did you mean --check-config?
		p1logger --Verify                 | 2 | --Verify: no such option; did you mean --verify?
		p1logger -x                       | 2 | -x: no such option; see p1logger --help
		p1logger --re                     | 2 | --re: this may be --restore or --repair; write it in full
		p1logger --once --decode          | 2 | --decode: one mode at a time; see p1logger --help
		p1logger --once --wait 0          | 2 | --wait: '0' is not a whole number from 1 to 3600
		p1logger --once --wait half       | 2 | --wait: 'half' is not a whole number from 1 to 3600
		p1logger --verbose=yes            | 2 | --verbose=yes: takes no value; see p1logger --help
		p1logger --config                 | 2 | --config: needs a value (FILE); see p1logger --help
		p1logger --config --once          | 2 | --config: write its FILE before '--once'; see p1logger --help
		p1logger telegrams.txt            | 2 | 'telegrams.txt': a file needs --decode, --import or --verify; see p1logger --help
		p1logger --redact                 | 2 | --capture and --redact need --discover
		p1logger --discover a b           | 2 | --discover takes one port, --verify one backup
		p1logger -c nothing.ini --once    | 78 | the settings file nothing.ini does not exist
		p1logger -c to --once             | 78 | to is a folder, not a settings file
		p1logger -c telegrams.txt --once  | 78 | telegrams.txt: line 1 is neither [section] nor key = value
		p1logger -c p1.ini --once         | 69 | .../absent does not exist; plug in the cable, or set [meter] port; p1logger --discover finds it
		p1logger --discover 192.168.1.20:23 | 2 | 192.168.1.20:23: not a path; did you mean tcp://192.168.1.20:23?
		p1logger --decode tcp:meter:23    | 69 | tcp:meter:23 does not exist; did you mean tcp://meter:23?
	END
}

@test "p1logger: files" {
	check_mistakes <<-'END'
		p1logger -c p1.ini --backup               | 2 | --backup: needs a value (FOLDER); see p1logger --help
		p1logger --backup -c p1.ini               | 2 | --backup: write its FOLDER before '-c'; see p1logger --help
		p1logger -c p1.ini --backup nowhere       | 73 | no backup: the folder nowhere does not exist: create it first (mkdir -p), for the user who makes the backups
		p1logger -c p1.ini --backup p1.ini        | 73 | no backup: p1.ini is not a folder: name the folder for the backups
		p1logger -c new.ini --backup to           | 69 | no backup: database .../none/p1.db: it does not exist
		p1logger -c p1.ini --backup to --keep 7d  | 2 | --keep: '7d' is not a whole number from 1 to 3650
		p1logger -c p1.ini --keep 3               | 2 | --keep needs --backup
		p1logger -c p1.ini --restore to           | 2 | nothing restored: to is a folder: name the backup, such as the newest one in it, to/p1-2026-01-05T1200Z.db
		p1logger -c p1.ini --restore data         | 2 | nothing restored: data is a folder without a backup of .../data/p1.db: name the backup
		p1logger -c p1.ini --restore nothing.db   | 69 | nothing restored: nothing.db does not exist; p1logger --verify names the last backup
		p1logger -c p1.ini --restore p1.ini       | 65 | nothing restored: p1.ini is not a database: name a file that p1logger --backup made
		p1logger -c p1.ini --verify p1.ini        | 65 | p1.ini is not a database: name a file that p1logger --backup made
		p1logger --restore --force x.db           | 2 | --restore: write its FILE before '--force'; see p1logger --help
		p1logger -c p1.ini --restore x.db y.db    | 2 | unexpected argument 'y.db': --restore takes one FILE, which is x.db
		p1logger -c p1.ini --backup to too        | 2 | unexpected argument 'too': --backup takes one FOLDER, which is to
		p1logger -c p1.ini --restore data/p1.db   | 2 | nothing restored: data/p1.db is the database itself
		p1logger -c p1.ini --force                | 2 | --force needs --restore
		p1logger -c p1.ini --verify to            | 2 | to is a folder: name the backup, such as the newest one in it, to/p1-2026-01-05T1200Z.db
		p1logger -c p1.ini --verify --json        | 2 | --json needs --backup, or --verify of a backup
		p1logger -c new.ini --verify              | 69 | database .../none/p1.db: it does not exist; p1logger creates it with its first reading
		p1logger -c p1.ini --import               | 2 | --import needs a FILE
		p1logger -c p1.ini --import nothing.txt   | 69 | nothing.txt does not exist
		p1logger -c p1.ini --import to            | 69 | to is a folder, not a file
		p1logger -c p1.ini --import p1.ini        | 65 | no valid telegram in p1.ini; p1logger --discover p1.ini says what is in it
		p1logger -c p1.ini --import telegrams.txt --time-from yesterday | 2 | --time-from: 'yesterday' is not of the form 2013-01-05T10:00:00Z+10 or mtime+10
		p1logger -c p1.ini --decode nothing.txt   | 69 | nothing.txt does not exist
	END
}

@test "p1logger: decisions and counters" {
	check_mistakes <<-'END'
		p1logger -c p1.ini --quarantine acept 1           | 2 | --quarantine: 'acept' is not accept, reject or clear
		p1logger -c p1.ini --quarantine accept            | 2 | --quarantine accept needs one ID or FROM[..TO]
		p1logger -c p1.ini --quarantine accept 99         | 2 | there is no held reading 99; p1logger --quarantine lists them
		p1logger -c p1.ini --quarantine reject 2026-01-05 | 2 | --quarantine: '2026-01-05' is neither an ID nor a time such as 2025-05-20T11:37:12Z
		p1logger -c p1.ini --closing electricity          | 2 | give at least one counter, such as import_t1=1234.567
		p1logger -c p1.ini --closing electricity import_t1=1 | 2 | there is no meter electricity with such counters; p1logger --discover names the meters
		p1logger -c p1.ini --opening E001 gas=lots        | 2 | 'gas=lots' is not a counter, such as import_t1=1234.567 or gas=1234.567
		p1logger -c p1.ini --opening E001 gas=1,5 | 2 | 'gas=1,5' has a comma: write the decimal point, gas=1.5
		p1logger -c p1.ini --closing 1 import_t1=9999 | 2 | add --at TIME: when did meter 1 show this, between 2026-01-05T03:10:00Z and ...? Its consumption will be spread evenly over that time
		p1logger -c p1.ini --opening E001 gas=1 --at now  | 2 | --at: 'now' is not a time such as 2025-05-20T11:37:12Z
		p1logger -c p1.ini --at now                       | 2 | --at needs --closing or --opening
	END
}

@test "p1report" {
	check_mistakes <<-'END'
		p1report -c p1.ini month               | 2 | 'month': did you mean --month?
		p1report -c p1.ini --jsno              | 2 | --jsno: no such option; did you mean --json?
		p1report -c p1.ini --month 03-2026     | 2 | '03-2026' is not a date (YYYY-MM-DD, YYYY-MM, YYYY, today, yesterday or last)
		p1report -c p1.ini --day --week        | 2 | --week: only one period is allowed; remove --day
		p1report -c p1.ini --total 2026        | 2 | 2026: --total takes no period, since it reports everything
		p1report -c p1.ini --csv --json        | 2 | --json: only one of --csv and --json is allowed
		p1report -c p1.ini --by minute         | 2 | --by: 'minute' is not quarter, hour, day, week, month or year
		p1report -c p1.ini --of power          | 2 | --of: 'power' is not import, export, gas, water, warm_water, heat, cold or cost
		p1report -c p1.ini --compare=week      | 2 | --compare: 'week' is not before or year
		p1report -c p1.ini --total --compare   | 2 | --compare needs --day, --week, --month or --year
		p1report -c p1.ini --peaks --standby   | 2 | --standby: only one of --peaks, --standby and --at is allowed
		p1report -c p1.ini --peaks --tariffs   | 2 | --tariffs cannot be combined with --peaks, --standby or --at
		p1report -c p1.ini --standby --by hour | 2 | --standby has one value a day: --by day, week, month or year
		p1report -c p1.ini --peaks=day         | 2 | --peaks: 'day' is not quarter or hour
		p1report -c p1.ini --at noon           | 2 | 'noon' is not a time (YYYY-MM-DD HH:MM, YYYY-MM-DD, YYYY-MM, YYYY, now, today, yesterday or YYYY-MM-DDTHH:MM:SSZ)
		p1report -c p1.ini --at now --month    | 2 | --at cannot be combined with a period or --top
		p1report -c p1.ini --to 2026           | 2 | --to needs --from
		p1report -c p1.ini --from 2026-02 --to 2026-01 | 2 | --from 2026-02 is not before --to 2026-01
		p1report -c p1.ini --language de       | 2 | --language: 'de' is not en or nl
		p1report -c p1.ini --top 0             | 2 | --top: '0' is not a whole number from 1 to 100000
		p1report -c p1.ini --month 2020-01     | 65 | there are no readings in this period: January 2020
		p1report -c new.ini                    | 69 | nothing to report: database .../none/p1.db: it does not exist; p1logger creates it with its first reading
	END
}

@test "p1graph" {
	check_mistakes <<-'END'
		p1graph -c p1.ini month              | 2 | 'month': did you mean --month?
		p1graph -c p1.ini --electricty       | 2 | --electricty: no such option; did you mean --electricity?
		p1graph -c p1.ini -gas               | 2 | -gas: no such option; did you mean --gas?
		p1graph -c p1.ini -o x.jpg           | 2 | --output: 'x.jpg': only PNG can be written; name it x.png
		p1graph -c p1.ini -o nowhere/x.png   | 73 | writing nowhere/x.png: the folder nowhere does not exist; create it with mkdir -p
		p1graph -c p1.ini -d 2026-01-05      | 73 | writing .../graphs/day-2026-01-05.png: the folder .../graphs does not exist; create it with mkdir -p; or choose a file with -o
		p1graph -c p1.ini --day 05-01-2026   | 2 | '05-01-2026' is not a date (YYYY-MM-DD, YYYY-MM, YYYY, today, yesterday or last)
		p1graph -c p1.ini --day 2026-01      | 2 | 2026-01 does not say which day: write it as YYYY-MM-DD
		p1graph -c p1.ini --day --week       | 2 | --week: only one range is allowed; remove --day
		p1graph -c p1.ini --gas --water      | 2 | --water: only one meter is allowed; remove --gas
		p1graph -c p1.ini --size 900         | 2 | --size: '900' is not WxH from 360x150 to 4000x3000
		p1graph -c p1.ini --scale 3          | 2 | --scale: '3' is not 1 or 2
		p1graph -c p1.ini --theme black      | 2 | --theme: 'black' is not light or dark
		p1graph -c p1.ini --all              | 2 | --all: needs a value (FOLDER); see p1graph --help
		p1graph -c p1.ini -d 2020-01-01 -o x | 65 | there are no electricity readings on Wednesday 1 January 2020
		p1graph -c p1.ini --heat -o x        | 65 | the database has no readings from a heat meter
		p1graph -c new.ini -o x              | 69 | nothing to draw: database .../none/p1.db: it does not exist; p1logger creates it with its first reading
	END
}

@test "p1rrd, p1sim" {
	check_mistakes <<-'END'
		p1rrd rebuild           | 2 | unexpected argument 'rebuild'; did you mean --rebuild?
		p1rrd --rebuidl         | 2 | --rebuidl: no such option; did you mean --rebuild?
		p1rrd -c nothing.ini    | 78 | the settings file nothing.ini does not exist
		p1rrd -c new.ini        | 69 | database .../none/p1.db: it does not exist; p1logger creates it with its first reading
		p1sim nl50              | 2 | unexpected argument 'nl50'; see p1sim --help
		p1sim --dialect nl55    | 2 | --dialect: unknown dialect 'nl55'; did you mean nl50?
		p1sim --start yesterday | 2 | --start: 'yesterday' is not a time such as 2025-01-31T12:00:00Z
		p1sim --phases 2        | 2 | --phases: a meter has 1 or 3 phases
		p1sim --tcp meter       | 2 | 'meter' is not [ADDRESS:]PORT
		p1sim -o a --tcp 0      | 2 | only one of -o, --pty and --tcp is allowed
	END
}

@test "p1web" {
	[ -x "$P1_BIN/p1web" ] || skip "built without p1web"
	sed '$a [web]\nlisten = 5002x' p1.ini >web.ini
	check_mistakes <<-'END'
		p1web start          | 2 | unexpected argument 'start'; see p1web --help
		p1web --port 80      | 2 | --port: no such option; see p1web --help
		p1web -c nothing.ini | 78 | the settings file nothing.ini does not exist
		p1web -c web.ini     | 78 | [web] listen: '5002x' is not an address with a port from 1 to 65535, such as 127.0.0.1:5005
	END
}

@test "the settings" {
	check_settings <<-'END'
		[meter] prot = /dev/ttyUSB0         | [meter] prot: unknown key; did you mean 'port'?
		[metre] port = /dev/ttyUSB0         | unknown section [metre]; did you mean [meter]?
		[storage] port = /dev/ttyUSB0       | [storage] port: unknown key; did you mean [meter] port?; the keys of [storage] are database, rrd, rrd_interval, interval, phases_interval, commit and timezone
		[meter] interval = 10               | [meter] interval: unknown key; did you mean [storage] interval, [mqtt] interval, [files] interval or [fleet] interval?...
		[mqtt] password = secret            | [mqtt] password: unknown key; the keys of [mqtt] are broker, topic, ...
		[meter] port = http://meter         | [meter] port: http://meter: neither a path nor of the form tcp://host:port
		[meter] key_file = nothing          | [meter] key_file nothing: No such file or directory
		[meter] utc_offset = CET            | [meter] utc_offset: 'CET' is not a number of hours from -14 to 14
		[storage] interval = 10s            | [storage] interval: '10s' is not a whole number from 1 to 3600
		[storage] timezone = Amsterdam      | [storage] timezone: the time zone 'Amsterdam' is not in ...: use a name such as Europe/Amsterdam
		[storage] database = to             | [storage] database: to is a folder
		[log] target = stdout               | [log] target: 'stdout' is not one of: stderr syslog
		[log] extra = gas                   | [log] extra: 'gas' is not an OBIS reference, such as 1-0:14.7.0
		[mqtt] tls = perhaps                | [mqtt] tls: 'perhaps' is neither yes nor no
		[tcp] listen = 2001                 | [tcp] listen: '2001' has no address: write 127.0.0.1:2001 for port 2001 of this machine
		[udp_json] target = 192.168.1.255   | [udp_json] target: '192.168.1.255' has no port: write 192.168.1.255:PORT, with a number from 1 to 65535
		[mqtt] broker = mqtt://house:1883   | [mqtt] broker: 'mqtt://house:1883': write only host and port: house:1883
		[mqtt] client_id = one#two          | [mqtt] client_id: '#' starts a comment in line 9: put a blank before it, or the whole value in double quotes
		[files] json = today.json           | [files] json: 'today.json' is not a full path that starts with /
		[prices] import = 0,25              | [prices] import: '0,25' has a comma: write the decimal point as 0.25
		[prices] currency = EURO            | [prices] currency: 'EURO' is not a currency code of three capital letters, such as EUR
		[web] listen = 0.0.0.0              | [web] listen: '0.0.0.0' has no port: write 0.0.0.0:PORT, with a number from 1 to 65535
		[web] listen = 5002                 | [web] listen: '5002' has no address: write 127.0.0.1:5002 for port 5002 of this machine
		[web] token_for_reading = yes       | [web] token_for_reading needs a token_file
		[storage nonsense                   | line 8 is neither [section] nor key = value
	END
}

# Read rows "SECTION KEY = VALUE, KEY = VALUE | TEXT" of a settings file that is
# allowed; the text is the only line besides what the file's own port gives.
check_advice() { # a table on stdin
	local row lines_of text wrong=0

	while read -r row; do
		lines_of=${row%% | *} text=${row#* | }
		{ sed '/^port/d' p1.ini; sed 's/ /\n/; s/, /\n/g' <<<"$lines_of"; } >odd.ini
		run p1logger --check-config -c odd.ini
		[ "$status" -eq 0 ] && [ "${#lines[@]}" -eq 1 ] &&
			is_like "$output" "p1logger: $text" && continue
		echo "$row"
		echo "  gave $status: $output"
		wrong=1
	done
	return $wrong
}

@test "settings that are allowed, but probably a mistake" {
	mkdir -p graphs
	check_advice <<-'END'
		[meter] port = ttyUSB0                     | [meter] port: ttyUSB0 is not a full path; did you mean /dev/ttyUSB0?
		[meter] port = /dev/ttyUSB99               | [meter] port: /dev/ttyUSB99 does not exist; p1logger --discover finds the meter's port
		[mqtt] homeassistant = homeassistant       | [mqtt] homeassistant has no effect: set [mqtt] broker as well
		[mqtt] broker = a, homeassistant = a, values = no | [mqtt] homeassistant has no effect with values = no: set values = yes
		[mqtt] broker = a, reading = no, values = no | [mqtt] reading and values are both off, and smart_meter is empty: nothing is sent
		[mqtt] broker = a, ca_file = /a            | [mqtt] ca_file, cert_file and key_file have no effect: set tls = yes as well
		[udp_json] interface = lo                  | [udp_json] interface has no effect: set [udp_json] target as well
		[udp_values] 1-0:1.8.1 = 7111              | [udp_values] 1-0:1.8.1 has no effect: set [udp_values] host as well
		[files] gzip = no                          | [files] gzip has no effect: set [files] telegrams, json or csv as well
		[files] csv = /tmp/a.csv                   | [files]: a name without a date is a single file that grows without end: add %Y-%m-%d
		[prices] currency = CHF                    | [prices] currency has no effect: set a price as well
		[prices] import = 25                       | [prices] are in euros: write 25 cents as 0.25
		[prices] import_t1 = 0.25                  | [prices] only one of import_t1 and import_t2 has a price: consumption in the other tariff is left out of the costs
		[limits] import = 17                       | [limits] import is in W, not kW: with less than 1000, most readings will be held
		[limits] export = 5                        | [limits] export is in W, not kW: with less than 1000, most readings will be held
		[storage] phases_interval = 5              | [storage] phases_interval is less than interval, which is used instead
		[backup] folder = /nowhere/at/all          | [backup] folder: the folder /nowhere/at/all does not exist: create it
		[backup] folder = backups                  | [backup] folder: backups is relative to the folder in which a program is started: write the full path
		[tcp] listen = 127.0.0.1:5002              | [tcp] listen and [web] listen have the same port: change one of them
		[web] hosts = http://meter.example.org     | [web] hosts takes only names: leave out http://, port and path
	END
	sed 's|^database.*|database = /nowhere/at/all/p1.db|; /^port/d' p1.ini >odd.ini
	run p1logger --check-config -c odd.ini
	[ "$output" = "p1logger: [storage] database: neither the folder /nowhere/at/all nor the one above it exists: create it, or correct the name" ]
}

#!/usr/bin/env bats
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr
# p1graph as a program: real charts of a simulated household's journal.

bats_require_minimum_version 1.5.0
load helper

setup_file() {
	local P1_BIN=${P1_BIN:-$BATS_TEST_DIRNAME/../build}

	cd "$BATS_FILE_TMPDIR" || return
	mkdir out
	ini . >p1.ini
	"$P1_BIN"/p1sim --start 2026-10-20 --duration 7d --interval 120 --water \
		--gap 2026-10-22T09:13:00Z+5h --gap 2026-10-25T00:30:00Z+1h \
		--meter-swap 2026-10-23T09:30:00Z -o autumn.txt
	"$P1_BIN"/p1sim --start 2026-03-28T20:00:00Z --seed 2 --duration 30h \
		--interval 60 --gap 2026-03-29T00:50:00Z+1h -o spring.txt
	"$P1_BIN"/p1logger --config p1.ini --import spring.txt autumn.txt
	rm ./*.txt
}

ini() {
	printf '[storage]\ndatabase = %s/p1.db\nrrd =\n' "$BATS_FILE_TMPDIR"
	printf 'timezone = Europe/Amsterdam\n'
	printf '[graphs]\nfolder = %s/out\n' "$BATS_FILE_TMPDIR"
}

setup() {
	config=$BATS_FILE_TMPDIR/p1.ini
	cd "$BATS_TEST_TMPDIR" || return
}

draw() {
	LD_PRELOAD=$clock ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0 \
		p1graph --config "$config" "$@"
}

# p1graph's clock does not go on, so that two pictures of today are the same.
clock_stands_at() { # STAMP
	clock_is "$1"
	export P1_CLOCK_RATE=0 P1_CLOCK_FROM
	P1_CLOCK_FROM=$(($(date -d "$1" +%s) - P1_CLOCK_AHEAD))
}

# Is it a PNG of this width and height?
check_png() {
	local size

	[ "$(head -c 8 "$1" | od -An -tx1 | tr -d ' \n')" = 89504e470d0a1a0a ]
	size=$(od -An -tu1 -j16 -N8 "$1" | tr -s ' ')
	[ "$size" = " $(($2 >> 24)) $(($2 >> 16 & 255)) $(($2 >> 8 & 255)) \
$(($2 & 255)) $(($3 >> 24)) $(($3 >> 16 & 255)) $(($3 >> 8 & 255)) \
$(($3 & 255))" ]
}

@test "every range of every medium is a PNG under its default name" {
	clock_stands_at 2026-10-24T12:00:00Z
	for range in day week month year; do
		for medium in electricity gas water heat; do
			name=$range.png
			[ $medium = electricity ] || name=$medium-$range.png
			draw --$range --$medium || [ $medium = heat ]
			check_png "$BATS_FILE_TMPDIR/out/$name" 900 300
			rm "$BATS_FILE_TMPDIR/out/$name"
		done
	done
	[ -z "$(ls -A "$BATS_FILE_TMPDIR/out")" ]
}

@test "a picture of the past has its date in its name, and replaces none of today" {
	clock_stands_at 2026-10-24T12:00:00Z
	while read -r range date name; do
		draw --$range $date
		check_png "$BATS_FILE_TMPDIR/out/$name" 900 300
		rm "$BATS_FILE_TMPDIR/out/$name"
	done <<-END
		day 2026-10-22 day-2026-10-22.png
		day yesterday day-2026-10-23.png
		day 2026-10-24 day.png
		week 2026-10-21 week.png
		month 2026-10-01 month.png
		month 2026-03 month-2026-03.png
	END
	[ -z "$(ls -A "$BATS_FILE_TMPDIR/out")" ]
}

@test "a date is the next word or follows =, anywhere" {
	draw --day 2026-10-21 -o a.png
	draw --day=2026-10-21 -o b.png
	draw 2026-10-21 -o c.png
	draw -o d.png --day --electricity -- 2026-10-21
	draw --day 2026-10-22 -o e.png
	cmp a.png b.png
	cmp a.png c.png
	cmp a.png d.png
	run ! cmp -s a.png e.png
}

@test "a month and a year need no day" {
	draw --month 2026-10 -o a.png
	draw --month 2026-10-31 -o b.png
	cmp a.png b.png
	draw --year 2026 -o a.png
	draw --year 2026-02 -o b.png
	cmp a.png b.png
}

@test "the default range is a day, the default date today" {
	draw --gas 2026-10-21 -o a.png
	draw --gas --day 2026-10-21 -o b.png
	cmp a.png b.png
	# A second before midnight, and midnight.
	for now in 2026-10-21T21:59:59Z=2026-10-21 2026-10-21T22:00:00Z=2026-10-22; do
		clock_stands_at "${now%=*}"
		draw -o a.png
		draw today -o b.png
		draw --day "${now#*=}" -o c.png
		cmp a.png b.png
		cmp a.png c.png
	done
}

@test "days of 23 and 25 hours, a gap and a meter swap look different and are drawn" {
	for day in 03-29 10-25 10-22 10-23; do
		draw 2026-$day -o $day.png
		check_png $day.png 900 300
		for other in *.png; do
			[ $other = $day.png ] || run ! cmp -s $other $day.png
		done
	done
}

# Is the curve missing only here, as fractions of the day? ("": nowhere)
check_missing() {
	draw "$1" -o a.png
	python3 "$BATS_TEST_DIRNAME/graph_columns.py" a.png >columns
	cat columns
	if [ -z "$2" ]; then
		[ ! -s columns ]
		return
	fi
	awk -F- -v from="$2" -v to="$3" 'function off(a, b) {
		return a - b > 0.005 || b - a > 0.005
	}
	off($1, from) || off($2, to) { exit 1 }
	END { exit NR != 1 }' columns
}

@test "a gap is in the right place, also on days of 23 and 25 hours" {
	check_missing 2026-10-21 ""
	check_missing 2026-10-22 0.4674 0.6757 # 11:13 to 16:13 of 24 hours
	check_missing 2026-10-23 "" # the new meter
	check_missing 2026-10-25 0.1000 0.1400 # 2:30 to 3:30 of 25 hours
	check_missing 2026-03-29 0.0797 0.1232 # 1:50 to 2:50 of 23 hours
}

@test "the picture does not depend on the user's zone and language" {
	look_for_leaks
	draw --week 2026-10-22 -o a.png
	TZ=UTC draw --week 2026-10-22 -o b.png
	env TZ=Asia/Tokyo LC_ALL=nl_NL.UTF-8 \
		p1graph --config "$config" --week 2026-10-22 -o c.png
	env -i PATH="$PATH" LSAN_OPTIONS="${LSAN_OPTIONS:-}" \
		ASAN_OPTIONS="$ASAN_OPTIONS" \
		p1graph --config "$config" --week 2026-10-22 -o d.png
	RRD_DEFAULT_FONT=Monospace RRDCACHED_ADDRESS=localhost:1 \
		draw --week 2026-10-22 -o e.png
	for other in b c d e; do
		cmp a.png $other.png
	done
}

@test "-o - writes the picture to standard output, and nothing else" {
	draw 2026-10-22 -o - >a.png 2>errors
	draw 2026-10-22 -o b.png >words 2>>errors
	cmp a.png b.png
	[ ! -s words ]
	[ ! -s errors ]
}

@test "sizes and themes" {
	for size in 360x150 480x200 1600x600; do
		draw 2026-10-22 --size $size -o a.png
		check_png a.png ${size%x*} ${size#*x}
		draw --month 2026-10 --size $size --theme dark -o a.png
		check_png a.png ${size%x*} ${size#*x}
	done
	draw 2026-10-22 -o a.png
	draw 2026-10-22 --theme light -o b.png
	draw 2026-10-22 --theme dark -o c.png
	cmp a.png b.png
	run ! cmp -s a.png c.png
}

@test "words in the language of the settings, or of the option" {
	draw 2026-10-22 -o a.png
	draw 2026-10-22 --language en -o b.png
	draw 2026-10-22 --language nl -o c.png
	sed 's/^folder.*/&\nlanguage = nl/' "$config" >nl.ini
	p1graph -c nl.ini 2026-10-22 -o d.png
	p1graph -c nl.ini 2026-10-22 --language en -o e.png
	cmp a.png b.png
	cmp c.png d.png
	cmp a.png e.png
	run ! cmp -s a.png c.png
	run --separate-stderr draw --language fr
	[ "$status" = 2 ]
	[ "$stderr" = "p1graph: --language: 'fr' is not en or nl" ] ||
		[[ $stderr = *"'fr' is not en or nl" ]]
	sed 's/^folder.*/&\nlanguage = fr/' "$config" >fr.ini
	run --separate-stderr p1graph -c fr.ini 2026-10-22 -o f.png
	[ "$status" = 78 ]
}

@test "prices show what it costs" {
	draw --month 2026-10 -o a.png
	draw --gas --month 2026-10 -o gas.png
	{ cat "$config"; printf '[prices]\nimport = 0.3\n'; } >prices.ini
	p1graph -c prices.ini --month 2026-10 -o b.png
	p1graph -c prices.ini --gas --month 2026-10 -o c.png
	run ! cmp -s a.png b.png
	cmp gas.png c.png # gas has no price
}

@test "a picture of a range without readings says so" {
	for range in day week month year; do
		run draw --$range=2020-02-02 -o $range.png
		[ "$status" = 65 ]
		[[ $output = "p1graph: there are no electricity readings "*" 2020" ]]
		check_png $range.png 900 300
	done
	run draw --heat 2026-10-22 -o heat.png
	[ "$status" = 65 ]
	check_png heat.png 900 300
	run ! cmp -s day.png heat.png
}

@test "a database without readings is an empty picture, 65 and a sentence" {
	sed "s|^database.*|database = $PWD/new.db|" "$config" >new.ini
	echo >nothing
	run p1logger --config new.ini --import nothing
	for words in "--day -o day.png" "--gas -o day.png" "--all ."; do
		# shellcheck disable=SC2086
		run p1graph --config new.ini $words
		[ "$status" = 65 ]
		[[ $output = "p1graph: there are no readings yet; "* ]]
	done
	check_png day.png 900 300
	run --separate-stderr p1graph --config new.ini -o -
	[ "$status" = 65 ]
	[ -z "$stderr" ]
}

@test "short options and last, for a crontab" {
	clock_stands_at 2026-10-27T12:00:00Z
	for range in day week month year; do
		draw --$range last -o long.png || [ $? = 65 ]
		draw -${range:0:1} last -o short.png || [ $? = 65 ]
		cmp long.png short.png
	done
	draw --week last -o a.png
	draw --week 2026-10-19 -o b.png
	cmp a.png b.png
	draw -d2026-10-21 -o a.png
	draw -d 2026-10-21 -o b.png
	cmp a.png b.png
}

@test "only PNG is written: another suffix is refused" {
	for name in x.jpg x.JPEG pictures/x.svg x.y.gif; do
		run draw 2026-10-22 -o $name
		[ "$status" = 2 ]
		[ "$output" = "p1graph: --output: '$name': only PNG can be written; \
name it ${name%.*}.png" ]
		[ ! -e $name ]
	done
	draw 2026-10-22 -o x
	draw 2026-10-22 -o x.PNG
	cmp x x.PNG
}

@test "--all draws all charts, identical to single ones" {
	mkdir all
	draw --all all 2026-10-22
	[ "$(ls all | tr '\n' ' ')" = "day.png gas-day.png gas-month.png \
gas-week.png gas-year.png month.png water-day.png water-month.png \
water-week.png water-year.png week.png year.png " ]
	while read -r name range medium; do
		draw "--$range=2026-10-22" "--$medium" -o one.png
		cmp one.png "all/$name.png"
	done <<-END
		day day electricity
		gas-week week gas
		water-month month water
		year year electricity
	END
	mkdir now
	draw --all now
	check_png now/gas-year.png 900 300
}

@test "a picture is replaced atomically, through links, with the same permissions" {
	umask 022
	echo old >real.png
	ln -s real.png link.png
	draw 2026-10-22 -o link.png
	[ -L link.png ]
	check_png real.png 900 300
	[ "$(stat -c %a real.png)" = 644 ]
	[ "$(ls -A | wc -l)" = 2 ]
}

@test "an unwritable file is named, and nothing is left behind" {
	mkdir here && cd here # bats keeps its own files beside it
	run --separate-stderr draw 2026-10-22 -o nowhere/a.png
	[ "$status" = 73 ]
	[ "$stderr" = "p1graph: writing nowhere/a.png: the folder nowhere \
does not exist; create it with mkdir -p" ]
	sed "s|^folder.*|folder = $PWD/absent|" "$config" >absent.ini
	run --separate-stderr p1graph -c absent.ini --day 2026-10-22
	[ "$status" = 73 ]
	[ "$stderr" = "p1graph: writing $PWD/absent/day-2026-10-22.png: the \
folder $PWD/absent does not exist; create it with mkdir -p; or choose a file with -o" ]
	rm absent.ini
	mkdir folder
	run --separate-stderr draw 2026-10-22 -o folder
	[ "$status" = 73 ]
	[[ $stderr = *"writing "*"folder: Is a directory" ]]
	run --separate-stderr draw --all nowhere 2026-10-22
	[ "$status" = 73 ]
	[[ $stderr = *nowhere/day.png* ]]
	[ "$(ls -A)" = folder ]
}

@test "a full disk loses the new picture, not the old one" {
	[ -e /dev/full ] || skip "no /dev/full"
	run --separate-stderr draw 2026-10-22 -o /dev/full
	[ "$status" = 74 ]
	[ "$stderr" = "p1graph: writing /dev/full: No space left on device" ]
	[ -c /dev/full ]
}

@test "an invalid date is a usage error" {
	for date in 2026-02-30 2026-13-01 2026-11 tomorrow '' 20261021; do
		run --separate-stderr draw "--day=$date" -o a.png
		[ "$status" = 2 ]
		[ -z "$output" ]
		[ "${#stderr_lines[@]}" = 1 ]
		[[ $stderr = *"$date"* ]]
	done
	run --separate-stderr draw --day 2026-02-30
	[[ $stderr = *2026-02-30*" is not a date"* ]]
	[ ! -e a.png ]
}

@test "other usage errors" {
	while read -r words; do
		# shellcheck disable=SC2086
		run --separate-stderr draw $words
		[ "$status" = 2 ]
		[ -z "$output" ]
		[ "${#stderr_lines[@]}" = 1 ]
	done <<-END
		--day --week
		--gas --water
		--fortnight
		--size
		--size 10x10
		--size 900
		--size 900x300x2
		--theme pink
		--all . --gas
		--all . --day
		--all . -o a.png
		2026-10-21 2026-10-22
		--day=2026-10-21 2026-10-21
	END
}

@test "a missing database is reported, with a remedy" {
	printf '[storage]\ndatabase = %s/none.db\n' "$PWD" >none.ini
	run --separate-stderr p1graph --config none.ini --day
	[ "$status" = 69 ]
	[ "${#stderr_lines[@]}" = 1 ]
	[[ $stderr = *none.db*p1logger* ]]
	[ ! -e none.db ]
}

@test "a file that is not a database is a wrong configuration" {
	head -c 5000 /dev/urandom >junk.db
	printf '[storage]\ndatabase = %s/junk.db\n' "$PWD" >junk.ini
	run --separate-stderr p1graph --config junk.ini --day
	[ "$status" = 78 ]
	[[ $stderr = *junk.db* ]]
}

@test "help and version need no database" {
	run p1graph --help
	[ "$status" = 0 ]
	[[ $output = Usage:* ]]
	run p1graph --version
	[ "$status" = 0 ]
	[[ $output = "p1graph "* ]]
}

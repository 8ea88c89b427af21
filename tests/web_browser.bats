#!/usr/bin/env bats
# The page as people see it: a real Chromium, with a live meter.
# bats file_tags=plain
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

now=2026-06-17T10:00:00Z # also for the browser

# A year until now, and a meter that continues its counters.
setup() {
	command -v p1web >/dev/null || skip "p1web is not built"
	command -v chromium >/dev/null || skip "no chromium: scripts/packages test"
	logger_setup
	touch log
	web_port=$(free_port) url=http://127.0.0.1:$web_port
	year_of_readings
	forward_to "[prices]" "import = 0.25" "gas = 1.4" "[web]" \
		"listen = 127.0.0.1:$web_port" "rate = 0" "work = 0"
	clock_is $now
}

teardown() {
	web_teardown
}

# Start the meter, and the service that reads it.
live() {
	local last

	last=$(sql "SELECT printf('--initial import_t1=%.3f --initial import_t2=%.3f
		--initial export_t1=%.3f --initial export_t2=%.3f', import_t1_wh / 1000.0,
		import_t2_wh / 1000.0, export_t1_wh / 1000.0, export_t2_wh / 1000.0)
		FROM electricity ORDER BY ts DESC LIMIT 1")
	last+=$(sql "SELECT printf(' --initial gas=%.3f', value / 1000.0)
		FROM mbus ORDER BY ts DESC LIMIT 1")
	# shellcheck disable=SC2086 # words
	meter --start $now --interval 1 $last
	service
}

look() { # WHAT [ARGUMENT...]: see web_browser.py
	timeout 100 python3 "$BATS_TEST_DIRNAME/web_browser.py" "$url" "$PWD/profile" "$@"
}

@test "live: the number and the line move with the meter" {
	live
	web
	look live
}

@test "a value that is late turns grey, and then there is none" {
	web
	look late
}

@test "held counters are shown until the user accepts one" {
	p1sim --start 2026-06-17T09:40:00Z --interval 300 -n 14 \
		--initial import_t1=0 --initial import_t2=0 --initial export_t1=0 \
		--initial export_t2=0 >reset
	p1logger -c "$ini" --import reset
	sqlite3 "$db" "DELETE FROM held WHERE channel > 0"
	web
	sentence=$(p1logger -c "$ini" --quarantine | grep '^Since ')
	look held "${sentence##*run: }" >seen 3>&- &
	receivers+=("$!")
	wait_for grep -q seen seen
	p1logger -c "$ini" --quarantine accept "${sentence##* }"
	wait "$!"
}

@test "charts: every period and medium, compared with an earlier one" {
	web
	look charts
}

@test "a stretch of the chart says what it was and cost: by mouse, times and keyboard" {
	web
	look selection
}

@test "the meters' readings at any time, and how sure they are" {
	web
	look readings
}

@test "today and the day's curve stand beside a usual day" {
	web
	look usual
}

@test "the keyboard reaches everything in the order it is seen, and shows where it is" {
	web
	look keyboard
}

@test "an earlier period is compared by the calendar, and to the same date" {
	web
	look calendar
}

@test "hours without readings are hatched and named, and what is not over is lighter" {
	web
	look gaps
}

@test "a mistake in the page is not called a lost connection" {
	web
	look mistakes
}

@test "English and Dutch, light and dark, phone and tablet; everything has a label" {
	web
	look looks
}

@test "the page draws without the chart library; if it cannot, p1graph's pictures are shown" {
	web
	look pictures
}

@test "only heat: nothing is said of power; a database that cannot be read: why" {
	rm -r data
	p1sim --dialect heat --heat --start 2026-06-10T10:00:00Z --interval 900 \
		--duration 167h --fast >heat
	p1logger -c "$ini" --import heat
	web
	look heat
	kill -TERM "$web_pid"
	wait "$web_pid"
	head -c 20000 /dev/urandom >data/p1.db
	web
	look unreadable
}

@test "without JavaScript: the power and pictures, in the right language and theme" {
	clock_is 2026-06-17T09:35:00Z # five minutes after the newest reading
	web
	look plain
}

@test "the first page takes few bytes and requests, the next visit hardly any; the curve says what it was" {
	web
	look light
}

@test "the page can be installed" {
	web
	look installed
}

# Serve a page with p1web's in a frame.
embedder() { # PORT
	receiver python3 -m http.server --bind 127.0.0.1 --directory embedder "$1"
	wait_for curl -sf -o page "http://127.0.0.1:$1/frame.html"
}

@test "[web] frame: a page of that origin shows it, another does not" {
	mine=$(free_port) other=$(free_port)
	mkdir embedder
	printf '%s\n' '<!DOCTYPE html><html lang="en"><title>frame</title>' \
		"<link rel=icon href=data:,><iframe src=$url/ ></iframe><script>loaded = false;" \
		"document.querySelector('iframe').onload = () => loaded = true</script>" \
		>embedder/frame.html
	embedder "$mine" 2>embedder.log
	embedder "$other" 2>embedder.log
	web "frame = http://127.0.0.1:$mine"
	look framed "http://127.0.0.1:$mine" "http://127.0.0.1:$other"
}

@test "with a token: the form, and then the page" {
	echo abcdefghijklmnop+/rstuvwxyz >token
	chmod 640 token
	live
	web "token_file = $PWD/token" "token_for_reading = yes"
	look token abcdefghijklmnop+/rstuvwxyz
}

#!/usr/bin/env bats
# The first command of building from source in the README, in a copy of the tree.
# bats file_tags=plain
load helper

setup() {
	cd "$BATS_TEST_DIRNAME/.." || return
	git ls-files -z | xargs -0 cp -a --parents -t "$BATS_TEST_TMPDIR"
	cp -a "$P1_BIN" "$BATS_TEST_TMPDIR/build"
	cd "$BATS_TEST_TMPDIR" || return
	ls /dev/serial/by-id/* /dev/ttyUSB* /dev/ttyACM* 2>/dev/null &&
		skip "there is a serial port here"
	return 0
}

quickstart() {
	# Other tests look for leaks; here librrd's own leaks would interfere.
	env -u MAKEFLAGS -u MFLAGS scripts/quickstart
}

rows() {
	sqlite3 -readonly demo/p1logger.db "SELECT count(*) FROM $1"
}

@test "quickstart leaves rows, RRD files and charts, and can be run again" {
	quickstart
	[ "$(rows electricity)" -gt 40000 ]
	[ "$(rows 'daily WHERE import_kwh > 0')" -ge 35 ]
	rrdtool fetch demo/rrd/electricity.rrd AVERAGE | grep -q ': [1-9]'
	for picture in day yesterday month gas-year; do
		[ "$(head -c 4 demo/$picture.png)" = $'\x89PNG' ]
	done
	before=$(rows electricity)
	quickstart
	[ "$(rows electricity)" -ge "$before" ]
	[ "$(rows 'daily WHERE import_kwh > 100')" = 0 ] # its counters continue
}

#!/usr/bin/env bats
# bats file_tags=plain
# What an exploit would need is missing: hardened programs, no shell, no
# external format strings, no files for everyone.
# shellcheck disable=SC2154 # the helper's variables
load logger_helper

setup() {
	cd "$BATS_TEST_DIRNAME/.." || return
	programs=()
	for name in p1logger p1graph p1pg p1report p1rrd p1sim p1web; do
		[ ! -x "$P1_BIN/$name" ] || programs+=("$P1_BIN/$name")
	done
}

@test "every program is position-independent, its tables read-only from the start" {
	[ "${#programs[@]}" -ge 4 ]
	for program in "${programs[@]}"; do
		echo "$program"
		readelf -hW "$program" | grep -q 'Type: *DYN'
		readelf -lW "$program" | grep -q GNU_RELRO
		readelf -dW "$program" | grep -q 'FLAGS_1.*NOW.*PIE'
		readelf -lW "$program" | grep -q 'GNU_STACK.* RW  *0x'
	done
}

@test "every program has stack protection and checked copies" {
	for program in "${programs[@]}"; do
		echo "$program"
		nm -D "$program" >"$BATS_TEST_TMPDIR/symbols"
		grep -q ' __stack_chk_fail' "$BATS_TEST_TMPDIR/symbols"
		grep -q '_chk@' "$BATS_TEST_TMPDIR/symbols"
	done
}

@test "no program can start a shell, or calls a function without bounds" {
	for program in "${programs[@]}"; do
		echo "$program"
		nm -D --undefined-only "$program" | sed 's/@.*//' |
			awk '{print $NF}' >"$BATS_TEST_TMPDIR/symbols"
		run grep -xE 'system|popen|wordexp|exec[lv]p?e?|gets|strcpy|strcat|sprintf|vsprintf|scanf|tmpnam|mktemp' "$BATS_TEST_TMPDIR/symbols"
		echo "$output"
		[ "$status" -eq 1 ]
	done
}

@test "a non-literal format does not compile" {
	# shellcheck disable=SC2046 # words
	set -- $(env -u MAKEFLAGS -u MFLAGS make -s flags)
	cat >"$BATS_TEST_TMPDIR/good.c" <<-'END'
		#include <stdio.h>
		int say(const char *text);
		int say(const char *text) { return printf("%s", text); }
	END
	sed 's/printf("%s", text)/printf(text)/' "$BATS_TEST_TMPDIR/good.c" \
		>"$BATS_TEST_TMPDIR/bad.c"
	cc "$@" -O2 -Werror -fsyntax-only "$BATS_TEST_TMPDIR/good.c"
	run ! cc "$@" -O2 -Werror -fsyntax-only "$BATS_TEST_TMPDIR/bad.c"
	[[ $output == *format* ]]
	# The only exception is the name of a daily file, for strftime.
	[ "$(grep -rlE 'diagnostic.*format' -- */*.c */*.h)" = forward/daily_file_names.c ]
}

@test "a meter's text is never a format" {
	logger_setup
	p1sim -n 1 -o telegram
	python3 - <<-'END'
		text = open('telegram', 'rb').read()
		body = text[:text.rindex(b'!')].replace(
		    b'0-0:96.13.0()', b'0-0:96.13.0(%n%s%n%d)\r\n0-9:99.9.9(%n%s)')
		head, rest = body.split(b'\r\n', 1)
		body = head + b'%n%s%x\r\n' + rest + b'!'
		crc = 0
		for byte in body:
		    crc ^= byte
		    for _ in range(8):
		        crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
		open('telegram', 'wb').write(body + b'%04X\r\n' % crc)
	END
	write_ini "$PWD/telegram"
	p1logger --once --verbose -c "$ini"
	[ "$(rows)" = 1 ]
	p1logger --decode telegram | grep -F '%n%s%n%d'
	sql "SELECT value FROM obis" | grep -F '%n%s'
	write_ini '%s%n%n%n'
	run p1logger --once -c "$ini"
	ends 69 '%s%n%n%n'
}

@test "files are for owner and group, the folder sets their group" {
	logger_setup
	umask 000
	p1sim -n 1 -o telegram
	write_ini "$PWD/telegram"
	p1logger --once -c "$ini"
	mkdir to
	p1logger -c "$ini" --backup to
	[ "$(stat -c %a data)" = 2750 ]
	run find data to -type f ! -perm 640
	[ -z "$output" ]
	[ "$(find data to -type f | wc -l)" -ge 5 ]
}

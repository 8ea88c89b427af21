#!/usr/bin/env bats
# bats file_tags=plain
# The documentation describes what the programs do.
load helper

setup() {
	cd "$BATS_TEST_DIRNAME/.." || return
	pages=docs/man
}

@test "p1logger.ini matches the defaults of --print-config" {
	p1logger --print-config --config /dev/null >"$BATS_TEST_TMPDIR/ini"
	sed 's/^#\([a-z0-9]\)/\1/' p1logger.ini |
		diff -u - "$BATS_TEST_TMPDIR/ini"
}

@test "p1logger.ini(5) describes every key and no other" {
	sed -n 's/^#\([a-z0-9_]*\) =.*/\1/p' p1logger.ini | sort >"$BATS_TEST_TMPDIR/keys"
	test -s "$BATS_TEST_TMPDIR/keys"
	sed -n '/^\.Ss Section/,/^\.Sh FILES/s/^\.It Cm //p' \
		"$pages/p1logger.ini.5" | sed 's/ , /\n/g' |
		sort >"$BATS_TEST_TMPDIR/described"
	diff -u "$BATS_TEST_TMPDIR/keys" "$BATS_TEST_TMPDIR/described"
}

@test "the manuals in Markdown are those that make manuals makes" {
	for page in "$pages"/*.[1-8]; do
		scripts/manual_markdown "$page" | diff -u "$page.md" -
	done
}

optional() { # print the programs that may be left out of a build, and are not
	local program

	for program in p1pg p1web; do
		! command -v "$program" >/dev/null || echo "$program"
	done
}

long_options() { # print the --options in a text, one per line
	grep -oE '(^|[^-a-z])--[a-z][-a-z]+' | grep -oE -- '--[a-z-]+' | sort -u
}

@test "each manual names every option of its program's --help" {
	for program in p1logger p1graph p1report p1rrd p1sim $(optional); do
		"$program" --help | long_options >"$BATS_TEST_TMPDIR/help"
		test -s "$BATS_TEST_TMPDIR/help"
		mandoc -T utf8 "$pages/$program.1" | sed 's/.\x08//g' | long_options \
			>"$BATS_TEST_TMPDIR/page"
		run comm -23 "$BATS_TEST_TMPDIR/help" "$BATS_TEST_TMPDIR/page"
		echo "$program: $output"
		[ -z "$output" ]
	done
}

@test "each script says with --help what it does, and does nothing" {
	for script in scripts/*; do
		[ -x "$script" ] || continue
		run timeout 10 "$script" --help
		[ "$status" -eq 0 ]
		echo "$script: $output"
		[[ $output == "${script##*/}"[\ :]* ]]
		[[ $output != *[#]* ]]
	done
	run scripts/packages
	[ "$status" -eq 2 ]
	[[ $output == "packages GROUP...: "* ]]
	run scripts/packages everything
	[ "$status" -eq 2 ]
	[[ $output == *"use build, demo or test"* ]]
}

@test "each program prints its version" {
	for program in p1logger p1graph p1report p1rrd p1sim $(optional); do
		run "$program" --version
		[ "$output" = "$program $(cat VERSION)" ]
	done
}

@test "every file that a document links to exists" {
	broken_links ./*.md docs/*.md >"$BATS_TEST_TMPDIR/broken"
	diff /dev/null "$BATS_TEST_TMPDIR/broken"
}

@test "no committed file names a folder of a developer's machine" {
	run git grep -nE '/work/|/root/|/home/[a-z]' -- ':!LICENSE' ':!tests/manual.bats'
	echo "$output"
	[ "$status" -eq 1 ]
}

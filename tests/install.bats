#!/usr/bin/env bats
# bats file_tags=plain
load helper

setup() {
	cd "$BATS_TEST_DIRNAME/.." || return
	dest=$BATS_TEST_TMPDIR/dest
}

make_into() { # TARGET: make it with the programs under test
	env -u MAKEFLAGS -u MFLAGS make -s B="$P1_BIN" DESTDIR="$dest" PREFIX=/usr "$1"
}

@test "install puts programs, manuals, units and settings in place" {
	make_into install
	for f in usr/bin/p1logger usr/share/man/man1/p1logger.1 \
		usr/lib/systemd/system/p1logger.service \
		usr/lib/systemd/system/p1logger.service.d/sandbox.conf \
		usr/lib/udev/rules.d/60-p1logger.rules \
		usr/lib/sysusers.d/p1logger.conf \
		usr/lib/tmpfiles.d/p1logger.conf \
		usr/share/p1logger/grafana-dashboard.json \
		usr/share/doc/p1logger/p1logger.cron etc/p1logger.ini; do
		test -s "$dest/$f"
	done
	grep -x 'ExecStart=/usr/bin/p1logger' \
		"$dest/usr/lib/systemd/system/p1logger.service"
	run grep -rF @bindir@ "$dest"
	[ "$status" -eq 1 ]
}

@test "every file linked from an installed document is installed" {
	make_into install
	cd "$dest/usr/share/doc/p1logger"
	broken_links ./*.md docs/*.md >"$BATS_TEST_TMPDIR/broken"
	diff /dev/null "$BATS_TEST_TMPDIR/broken"
	rm docs/web.md
	run broken_links README.md
	[ "$(sort -u <<<"$output")" = "README.md: docs/web.md" ]
}

@test "install keeps existing settings" {
	mkdir -p "$dest/etc"
	echo mine >"$dest/etc/p1logger.ini"
	make_into install
	[ "$(cat "$dest/etc/p1logger.ini")" = mine ]
}

@test "uninstall leaves the settings and nothing else" {
	make_into install
	make_into uninstall
	run find "$dest" -type f
	[ "$output" = "$dest/etc/p1logger.ini" ]
}

@test "systemd finds no fault in the units, and little exposure" {
	make_into install
	units=$dest/usr/lib/systemd/system
	sed -i "s|=/usr/bin/|=$P1_BIN/|" "$units"/*.service
	run systemd-analyze verify --man=no "$units"/p1logger*.{service,timer}
	echo "$output"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	services=("$units"/p1logger*.service)
	systemd-analyze security --offline=true --root="$dest" --threshold=20 \
		"${services[@]##*/}"
}

# Print the last line with KEY= of the unit and its drop-ins, in systemd's
# order.
setting() { # UNIT KEY
	local units=$dest/usr/lib/systemd/system files

	mapfile -t files < <(for file in "$units/p1logger-.service.d"/*.conf \
		"$units/$1.service.d"/*.conf; do
		echo "${file##*/} $file"
	done | sort -u -k1,1 | cut -d' ' -f2)
	sed -n "s/^$2=//p" "$units/$1.service" "${files[@]}" | tail -n 1
}

@test "p1web's unit has its own user, and nothing to write in" {
	[ -x "$P1_BIN/p1web" ] || skip "p1web is not built"
	make_into install
	[ "$(setting p1logger User)" = p1logger ]
	[ "$(setting p1logger-web User)" = p1logger-web ]
	[ "$(setting p1logger-web Group)" = p1logger ]
	[ -z "$(setting p1logger-web StateDirectory)" ]
	[ -z "$(setting p1logger-web DeviceAllow)" ]
	[ -z "$(setting p1logger-web SupplementaryGroups)" ]
	[ "$(setting p1logger-web ProtectSystem)" = strict ]
	[ "$(setting p1logger-web ReadOnlyPaths)" = -/var/lib/p1logger ]
	[ "$(setting p1logger-web PrivateUsers)" = no ]
	[ "/run/$(setting p1logger-web RuntimeDirectory)" = \
		"$(p1logger --print-config -c /dev/null | sed -n '/^\[feed\]/,/^\[backup\]/s/^folder = //p')" ]
}

@test "p1pg's unit may do what the others may, but for the serial ports" {
	[ -x "$P1_BIN/p1pg" ] || skip "p1pg is not built"
	make_into install
	[ "$(setting p1logger-fleet User)" = p1logger ]
	[ -z "$(setting p1logger-fleet DeviceAllow)" ]
	[ -z "$(setting p1logger-fleet SupplementaryGroups)" ]
	[ "$(setting p1logger-fleet ProtectSystem)" = strict ]
}

@test "sysusers and tmpfiles create the user and the folders" {
	make_into install
	systemd-sysusers --root="$dest"
	grep '^p1logger:' "$dest/etc/passwd"
	grep '^dialout:.*:p1logger$' "$dest/etc/group"
	grep '^p1logger-web:' "$dest/etc/passwd"
	grep '^p1logger:.*:p1logger-web$' "$dest/etc/group"
	systemd-tmpfiles --root="$dest" --create
	[ "$(stat -c %a "$dest/var/lib/p1logger")" = 2750 ]
}

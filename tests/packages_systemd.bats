#!/usr/bin/env bats
# bats file_tags=plain
# The packages in a minimal Debian that systemd-nspawn boots: the units really run.
# The tests are steps of one story, in this order.
# shellcheck disable=SC2154 # bats sets them
load helper

setup_file() {
	local reason

	reason=$(cannot_boot)
	if [ -n "$reason" ]; then
		echo "$reason" >"$BATS_FILE_TMPDIR/skip"
		return
	fi
	cd "$BATS_TEST_DIRNAME/.." || return
	make_machine "$BATS_FILE_TMPDIR"
	boot "$BATS_FILE_TMPDIR"
}

# Print why no system can be booted here.
cannot_boot() {
	local program

	[ "$EUID" -eq 0 ] || echo "only root can boot a system"
	for program in systemd-nspawn mmdebstrap dpkg-buildpackage dh; do
		command -v "$program" >/dev/null || echo "there is no $program"
	done
	for program in p1pg p1web; do
		[ -x "$P1_BIN/$program" ] || echo "$program is not built"
	done
}

# Put a minimal Debian into FOLDER/machine, with the packages in its /srv.
make_machine() { # FOLDER
	local depends root suite work=$1

	suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
	scripts/debian_packages --here "$work/packages"
	# What the packages depend on is there before, since the machine has no network.
	depends=$(for deb in "$work"/packages/*.deb; do
		dpkg-deb -f "$deb" Depends
		echo
	done | tr ',' '\n' | sed 's/^ *//; s/ .*//' | grep -v -e '^p1logger' -e '^$' | sort -u)
	root=$PWD/build-roots/$suite-boot
	# shellcheck disable=SC2086 # one word for each
	scripts/bare_root "$suite" "$root" '' systemd-sysv dbus $depends
	cp -a --reflink=auto "$root" "$work/machine"
	cp "$work"/packages/*.deb "$work/machine/srv"
}

# Boot FOLDER/machine; its first process is the one that `inside` enters.
boot() { # FOLDER
	local work=$1

	systemd-nspawn --quiet --directory="$work/machine" --register=no --keep-unit --boot \
		--private-network --console=pipe </dev/null >"$work/console" 2>&1 3>&- &
	echo $! >"$work/nspawn"
	{
		wait_for pgrep --parent "$!" && pgrep --parent "$!" >"$work/init" &&
			wait_for inside systemctl is-active multi-user.target
	} || echo "no system boots here: $(tail -n 1 "$work/console")" >"$work/skip"
}

is_gone() { ! kill -0 "$1"; }

teardown_file() {
	local pid

	[ -e "$BATS_FILE_TMPDIR/nspawn" ] || return 0
	pid=$(cat "$BATS_FILE_TMPDIR/nspawn")
	kill "$pid" || true
	wait_for is_gone "$pid"
}

setup() {
	[ ! -e "$BATS_FILE_TMPDIR/skip" ] || skip "$(paste -sd';' "$BATS_FILE_TMPDIR/skip")"
	work=$BATS_FILE_TMPDIR root=$BATS_FILE_TMPDIR/machine
	history=/var/lib/p1logger/p1logger.db
}

teardown() {
	[ -n "${BATS_TEST_COMPLETED-}${BATS_TEST_SKIPPED-}" ] || inside journalctl --no-pager -n 30 || true
}

inside() { # COMMAND...: as root of the machine
	nsenter --target "$(cat "${work-$BATS_FILE_TMPDIR}/init")" --all \
		env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
		DEBIAN_FRONTEND=noninteractive "$@"
}

install_packages() { # FOLDER: in the machine
	inside sh -c "apt-get -q install -y --no-install-recommends $1/*.deb"
}

setting() { # SECTION KEY VALUE: in the machine's settings
	sed -i "/^\[$1\]/,/^\[/s|^#*$2 =.*|$2 = $3|" "$root/etc/p1logger.ini"
	grep -qx "$2 = $3" "$root/etc/p1logger.ini"
}

get() { # PATH: of the page
	nsenter --target "$(cat "$work/init")" --net curl -fsS "http://127.0.0.1:5002$1"
}

rows() {
	sqlite3 -readonly "$root$history" 'SELECT count(*) FROM electricity'
}

has_rows() { [ "$(rows)" -gt "${1-0}" ]; }

is_now() { # UNIT STATE
	[ "$(inside systemctl is-active "$1" || true)" = "$2" ]
}

of_unit() { # UNIT PROPERTY
	inside systemctl show --value -p "$2" "$1"
}

drop_in() { # NAME LINE...
	mkdir -p "$root/etc/systemd/system/p1logger.service.d"
	printf '%s\n' '[Service]' "${@:2}" >"$root/etc/systemd/system/p1logger.service.d/$1.conf"
	inside systemctl daemon-reload
}

# Print every file that dpkg, apt and the journal do not keep by themselves.
files() {
	(cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./run -o \
		-path ./tmp -o -path ./srv -o -path ./var/log -o -path ./var/cache -o \
		-path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/tmp \) \
		-prune -o -print | sort)
	sort "$root/etc/passwd" "$root/etc/group"
}

@test "one command installs, enables and starts the services" {
	files >"$work/before"
	install_packages /srv
	for unit in p1logger p1logger-web p1logger-graphs.timer p1logger-fleet.timer; do
		[ "$(inside systemctl is-enabled "$unit")" = enabled ]
		is_now "$unit" active
	done
	[ "$(inside systemctl is-enabled p1logger-once.timer || true)" = disabled ]
	[ "$(inside stat -c '%U %G %a' /var/lib/p1logger)" = "p1logger p1logger 2750" ]
	get / | grep -q '<html'
}

@test "with one cable it needs no setting" {
	# A pseudo terminal in place of the cable; the shim makes it a serial port.
	cp "$P1_BIN/tests/shim.so" "$root/srv"
	drop_in shim Environment=LD_PRELOAD=/srv/shim.so
	inside systemd-run --unit=cable p1sim --pty /dev/ttyUSB0 --interval 1
	wait_for inside test -e /dev/ttyUSB0
	inside chown p1logger /dev/ttyUSB0
	inside systemctl restart p1logger
	wait_for inside test -s "$history.port"
	inside systemctl stop p1logger cable
	has_rows
	rm -r "$root/etc/systemd/system/p1logger.service.d"
	inside systemctl daemon-reload
	inside systemctl start p1logger
}

@test "a reload reads the settings: the meter's port" {
	inside systemd-run --unit=meter p1sim --tcp 7001 --interval 1 --seed 2
	setting meter port tcp://127.0.0.1:7001
	setting storage commit 1
	setting storage interval 1
	pid=$(of_unit p1logger MainPID) before=$(rows)
	inside systemctl reload p1logger
	wait_for has_rows "$before"
	[ "$(of_unit p1logger MainPID)" = "$pid" ]
	wait_for get /api/v1/current
	get /api/v1/current | grep -q '"import_t1"'
}

@test "the timer draws the charts" {
	inside systemctl list-timers --no-legend p1logger-graphs.timer | grep p1logger-graphs.service
	inside systemctl start p1logger-graphs.service
	[ "$(inside stat -c %U /var/lib/p1logger/graphs/day.png)" = p1logger ]
	[ "$(head -c 4 "$root/var/lib/p1logger/graphs/day.png")" = $'\x89PNG' ]
}

@test "the timer for one telegram stops the service, and the service the timer" {
	inside systemctl start p1logger-once.timer
	wait_for is_now p1logger inactive
	before=$(rows)
	inside systemctl start p1logger-once.service
	has_rows "$before"
	inside systemctl start p1logger
	wait_for is_now p1logger-once.timer inactive
}

@test "systemd finds little exposure in each unit" {
	for unit in p1logger p1logger-web p1logger-graphs p1logger-once p1logger-fleet; do
		inside systemd-analyze security --no-pager --threshold=19 "$unit.service" >"$work/said"
		tail -n 1 "$work/said"
	done
}

# Write the file in the history's folder as the user of the unit and in its sandbox.
write_as() { # UNIT FILE
	local pid user
	pid=$(of_unit "$1" MainPID) user=$(of_unit "$1" User)

	nsenter --target "$(cat "$work/init")" --all nsenter --target "$pid" --mount \
		setpriv --reuid "$user" --regid p1logger --clear-groups touch "$2"
}

@test "the page's program cannot write the history, nor anything else of the system" {
	write_as p1logger "$history"
	run write_as p1logger-web "$history"
	[[ $output == *"Read-only file system"* || $output == *"Permission denied"* ]]
	run write_as p1logger-web /var/lib/p1logger/new
	[ "$status" -ne 0 ]
	for folder in /etc /usr /home /var/lib; do
		run write_as p1logger "$folder/new"
		[[ $output == *"Read-only file system"* || $output == *"Permission denied"* ]]
	done
}

is_restarted() { [ "$(of_unit p1logger NRestarts)" -gt 0 ]; }

@test "the watchdog restarts a service that hangs, and no other" {
	drop_in watchdog WatchdogSec=5 RestartSec=0
	inside systemctl restart p1logger
	# A reading proves that it runs; the last signal of life is then new.
	before=$(rows)
	wait_for has_rows "$((before + 6))"
	[ "$(of_unit p1logger NRestarts)" = 0 ]
	pid=$(of_unit p1logger MainPID)
	inside sh -c "kill -STOP $pid"
	wait_for is_restarted
	inside journalctl --no-pager -u p1logger | grep -q 'Watchdog timeout'
	wait_for has_rows "$(rows)"
}

@test "a key may be a credential" {
	echo 0123456789ABCDEF0123456789ABCDEF >"$root/srv/key"
	chmod 600 "$root/srv/key"
	drop_in key LoadCredential=p1key:/srv/key
	inside systemctl stop meter
	inside systemd-run --unit=meter-lu p1sim --dialect lu --key /srv/key --tcp 7001 --interval 1
	setting meter key_file /run/credentials/p1logger.service/p1key
	before=$(rows)
	inside systemctl restart p1logger
	wait_for has_rows "$before"
}

# Make the same packages with a higher version, in $work/newer.
newer_packages() {
	local deb tree=$work/newer/tree

	mkdir "$work/newer"
	for deb in "$work"/packages/*.deb; do
		dpkg-deb -R "$deb" "$tree"
		sed -i -E 's/^(Version: .*)/\1+1/; s/(p1logger \(= [^)]*)\)/\1+1)/' "$tree/DEBIAN/control"
		dpkg-deb -Zgzip -b "$tree" "$work/newer" >/dev/null
		rm -r "$tree"
	done
}

is_converted() {
	[ "$(sqlite3 -readonly "$root$history" 'PRAGMA user_version')" -gt 5 ]
}

@test "an upgrade keeps settings and readings, of an older database too" {
	newer_packages
	cp -r "$work/newer" "$root/srv"
	cp "$root/etc/p1logger.ini" "$work/settings"
	inside systemctl disable --now p1logger-web
	inside systemctl stop meter-lu p1logger
	rm "$root$history"*
	cat "$BATS_TEST_DIRNAME"/storage/{schema_5,months_5}.sql | sqlite3 "$root$history" >/dev/null
	inside chown p1logger:p1logger "$history"
	before=$(rows)

	install_packages /srv/newer
	inside dpkg-query -W -f='${Version}\n' p1logger | grep '+1$'
	wait_for is_converted
	[ "$(rows)" -ge "$before" ]
	diff "$root/etc/p1logger.ini" "$work/settings"
	is_now p1logger active
	[ "$(inside systemctl is-enabled p1logger-web || true)" = disabled ]
}

@test "remove keeps readings and settings, purge leaves nothing" {
	inside apt-get -q remove -y p1logger p1logger-fleet p1logger-web p1logger-sim
	[ -s "$root$history" ]
	[ -s "$root/etc/p1logger.ini" ]
	rm -r "$root/etc/systemd/system/p1logger.service.d"
	inside dpkg --purge p1logger-web p1logger-fleet p1logger p1logger-sim
	files >"$work/after"
	diff "$work/before" "$work/after"
}

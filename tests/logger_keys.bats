#!/usr/bin/env bats
# Who may read a key file: only root and the service's user.
# shellcheck disable=SC2154 # variables of logger_helper
load logger_helper

setup() {
	[ "$(id -u)" -eq 0 ] || skip "only root can give files away"
	logger_setup
	user_setup
	echo 000102030405060708090A0B0C0D0E0F >key
	printf '%s\n' "[meter]" "key_file = $PWD/key" >key.ini
	chmod 644 key.ini
	uid=$(id -u www-data) gid=$(id -g www-data)
}

# p1logger as the user www-data, whose group has no other member.
as_service() {
	setpriv --reuid="$uid" --regid="$gid" --clear-groups bin/p1logger \
		-c key.ini "$@"
}

refuses() { # TEXT
	run as_service --check-config
	ends 78 "[meter] key_file $PWD/key" "$1"
}

takes() {
	run as_service --check-config
	silent
}

# An ACL as written by setfacl: a user who may read, a group that may.
list() { # UID GROUP-PERMISSION
	python3 - "$1" "$2" <<-'EOF_LIST' || skip "no access lists here"
		import os, struct, sys
		none = 0xFFFFFFFF
		entries = [(1, 4, none), (2, 4, int(sys.argv[1])),
		           (4, int(sys.argv[2]), none), (0x10, 4, none),
		           (0x20, 0, none)]
		os.setxattr("key", "system.posix_acl_access",
		            struct.pack("<I", 2) +
		            b"".join(struct.pack("<HHI", *e) for e in entries))
	EOF_LIST
}

@test "the service's own file, readable for nobody else" {
	chown "$uid" key
	for mode in 400 600 700; do
		chmod $mode key
		takes
	done
	chmod 604 key
	refuses "everybody can read it too"
	chmod 602 key
	refuses "everybody"
}

@test "root's file, readable for a group with only the service's user" {
	chown "root:$gid" key
	chmod 440 key
	takes
	chgrp nogroup key # a group of several users
	setpriv --reuid="$uid" --regid=65534 --clear-groups true
	run setpriv --reuid="$uid" --regid=65534 --clear-groups bin/p1logger \
		-c key.ini --check-config
	ends 78 "can read it too" "user "
}

@test "a file readable only for root is reported to the service" {
	chmod 400 key
	run as_service --check-config
	ends 77 "[meter] key_file $PWD/key"
}

@test "another user's file" {
	chown "daemon:$gid" key
	chmod 440 key
	refuses "user daemon can read it too"
}

@test "a systemd credential: root's, with an entry for the service's user" {
	chmod 400 key
	list "$uid" 0
	[ "$(stat -c '%a %U:%G' key)" = "440 root:root" ]
	takes
	list "$(id -u daemon)" 0
	run as_service --check-config
	ends 77 "[meter] key_file"
}

@test "an ACL with one more entry" {
	chown "$uid" key
	chmod 600 key
	list "$(id -u daemon)" 0
	refuses "user daemon can read it too"
	chgrp nogroup key
	list "$uid" 4
	refuses "user "
}

@test "root accepts the service's file, readable for one user but not for two" {
	chown "root:$gid" key
	chmod 440 key
	run p1logger -c key.ini --check-config
	silent
	chown daemon key
	run p1logger -c key.ini --check-config
	ends 78 "can read it too"
	chmod 400 key
	run p1logger -c key.ini --check-config
	silent
}

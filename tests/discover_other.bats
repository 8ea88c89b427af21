#!/usr/bin/env bats
# p1logger --discover: ports without plain P1: DLMS, and encryption.
load discover_helper

setup() {
	logger_setup
}

teardown() {
	discover_teardown
}

@test "push: DLMS/HDLC instead of P1" {
	meter --uart --push
	discover --wait 60
	finds 65 push "DLMS"
}

@test "push: over TCP, some frames damaged" {
	tcp_meter --push --fault flip=0.3
	discover --wait 7 "$address"
	finds 65 push "DLMS"
}

@test "push: in a file" {
	p1sim --push -n 3 -o pushed
	discover pushed
	finds 65 push
}

# A meter's key, and settings with another key.
keys() {
	umask 077
	echo 000102030405060708090A0B0C0D0E0F >key
	tr 0-9 1-90 <key >other
	p1sim --key key -o /dev/null || skip "built without OpenSSL"
}

@test "encrypted: without a key" {
	keys
	meter --uart --dialect lu --key key --interval 1
	discover --wait 60
	finds 65 encrypted "key_file"
}

@test "encrypted: over TCP, and with a wrong key" {
	keys
	sed -i "s|^port.*|&\nkey_file = $PWD/other|" "$ini"
	tcp_meter --dialect at --key key --interval 1
	discover --wait 60 "$address"
	finds 65 encrypted "no key decrypts"
}

@test "encrypted: with its key the meter is shown, and the settings name it" {
	keys
	sed -i "s|^port.*|&\nkey_file = $PWD/key|" "$ini"
	meter --uart --dialect lu --key key --interval 1
	discover --wait 60
	[ "$status" -eq 0 ]
	[[ $output == *"Dialect     Smarty, Luxembourg"* ]]
	[[ $output == *"    key_file = $PWD/key"* ]]
}

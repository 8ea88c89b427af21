# For discover_*.bats: p1logger --discover, and its findings.
# shellcheck disable=SC2154,SC2034 # bats and the tests share variables
load logger_helper

discover_teardown() {
	stop_meter
	stop_holder
	stop_process
}

# The report and status for a port that looks like a serial one.
discover() { # [OPTION...]
	run as_serial p1logger -c "$ini" --discover "$@"
	echo "status $status: $output"
}

# Check the status, and a finding of that name at the start of a line.
finds() { # STATUS WORD [TEXT...]
	[ "$status" -eq "$1" ] || return 1
	grep -q "^$2: " <<<"$output" || return 1
	shift 2
	local text
	for text; do
		[[ ${output//$'\n'/ } == *"$text"* ]] || return 1
	done
}

process() { # COMMAND...: until stop_process or the test's end
	"$@" 3>&- &
	process_pid=$!
}

stop_process() {
	[ -z "${process_pid-}" ] || kill "$process_pid" 2>/dev/null || true
	[ -z "${process_pid-}" ] || wait "$process_pid" || true
	process_pid=
}

# Start a TCP meter; its address is in $address.
tcp_meter() { # P1SIM-OPTION...
	p1sim --tcp 0 "$@" >address 3>&- &
	meter_pid=$!
	wait_for test -s address
	address=tcp://$(<address)
}

#!/usr/bin/env bats
# MQTT with a real broker, mosquitto, received by mosquitto_sub.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load forward_helper

setup() {
	forward_setup
	has_mqtt || skip "built without MQTT"
	broker=$(free_port)
	forward_to "[mqtt]" "broker = 127.0.0.1:$broker"
}

teardown() {
	forward_teardown
}

begin_broker() { # LINE...: start it with these settings
	printf '%s\n' "listener $broker 127.0.0.1" "allow_anonymous true" \
		"persistence false" "user root" "log_type all" "$@" >mosquitto.conf
	mosquitto -c mosquitto.conf >broker.log 2>&1 3>&- &
	broker_pid=$!
	receivers+=($!)
	wait_for bash -c "echo >/dev/tcp/127.0.0.1/$broker"
}

subscribe() { # FILE [OPTION...]: write lines "RETAIN TOPIC PAYLOAD"
	local file=$1
	shift
	receiver mosquitto_sub -p "$broker" -F '%r %t %p' "$@" >"$file"
	wait_for grep -q "Sending SUBACK" broker.log
}

# Messages retained by the broker, as "TOPIC PAYLOAD".
retained() {
	mosquitto_sub -p "$broker" -v -t '#' --retained-only -W 4 || true
}

@test "the reading as JSON, retained values, online and offline" {
	begin_broker
	subscribe heard -t 'p1logger/#'
	meter
	service
	wait_for grep -q '^0 p1logger/reading {"time":' heard
	wait_for grep -q '^0 p1logger/status online' heard
	wait_for grep -q '^0 p1logger/mbus1_gas_time 20' heard
	mosquitto_sub -p "$broker" -v -t '#' --retained-only -C 30 >before
	stop_service
	wait_for grep -q '^0 p1logger/status offline' heard
	retained >after
	# Every number of the last reading is the value on its own topic.
	sed -n 's/^0 p1logger.reading //p' heard | tail -1 | python3 -c '
import json, sys
values = dict(l.rstrip("\n").split(" ", 1) for l in open("after"))
r = json.loads(sys.stdin.read(), parse_float=str, parse_int=str)
for m in r.pop("mbus"):
    name = "mbus%s_%s" % (m["channel"], m["medium"])
    assert values.pop("p1logger/" + name) == m["value"], name
    assert values.pop("p1logger/%s_time" % name) == m["time"], name
assert values.pop("p1logger/status") == "offline"
today = json.loads(values.pop("p1logger/today"))
assert today["since"] < r["time"] and today["gas"] >= 0
for key, value in values.items():
    assert r[key.split("/")[1]] == value, key
assert len(values) > 15'
	grep -q '^p1logger/status online' before
}

@test "the broker reports a killed logger as offline" {
	begin_broker
	subscribe heard -t p1logger/status
	meter
	service
	wait_for grep -q 'online' heard
	kill -KILL "$service_pid"
	wait_for grep -q '^0 p1logger/status offline' heard
}

@test "Home Assistant receives every value, again after its restart" {
	begin_broker
	forward_to "homeassistant = homeassistant"
	subscribe heard -t 'homeassistant/sensor/#'
	meter
	service
	wait_for grep -q 'mbus1_gas/config' heard
	timeout 30 mosquitto_sub -p "$broker" -t p1logger/reading -C 3 >/dev/null
	once=$(grep -c 'p1logger_import_t1/config' heard)
	[ "$once" -eq 1 ]
	mosquitto_pub -p "$broker" -t homeassistant/status -m offline
	mosquitto_pub -p "$broker" -t homeassistant/status -m online
	wait_for test_count 2 'p1logger_import_t1/config'
	wait_for test_count 2 'p1logger_mbus1_gas/config'
	stop_service
	retained >kept
	python3 "$BATS_TEST_DIRNAME/forward_ha.py" kept
}

test_count() { # N TEXT: it was received N times
	[ "$(grep -c "$2" heard)" -eq "$1" ]
}

@test "a broker that was away receives everything again" {
	forward_to "homeassistant = ha"
	meter
	service
	wait_for grep -q "mqtt: 127.0.0.1:$broker: Connection refused; retrying" log
	begin_broker
	wait_for bash -c "timeout 5 mosquitto_sub -p $broker -t p1logger/status -C 1"
	wait_for grep -q "mqtt: 127.0.0.1:$broker is back" log
	kill "$broker_pid"
	wait "$broker_pid" || true
	begin_broker
	wait_for bash -c "timeout 5 mosquitto_sub -p $broker -C 1 \
		-t ha/sensor/p1logger_import_t1/config"
	stop_service
	[ "$(grep -c mqtt: log)" -le 2 ]
}

@test "the document of Smart Meter Service, and only that" {
	begin_broker
	forward_to "smart_meter = smart-meter" "reading = no" "values = no" \
		"topic = house/p1"
	subscribe heard -t '#'
	meter
	service
	wait_for grep -q '^0 smart-meter {"header":"/' heard
	stop_service
	grep -v '^0 smart-meter \|^[01] house/p1/status' heard && false
	sed -n 's/^0 smart-meter //p' heard | head -1 | python3 -c '
import json, sys
d = json.load(sys.stdin)
assert list(d) == ["header", "version", "timestamp", "kwh",
                   "instantaneous", "gas", "msg"]
assert d["kwh"]["low"]["consumed"] > 0 and d["gas"]["total"] > 0'
}

password_in() { # FILE
	sed -i "s|^password_file = .*|password_file = $1|" "$ini"
}

@test "a user and a password, and errors without them" {
	mosquitto_passwd -b -c passwords meter secret
	chmod 644 passwords
	begin_broker "password_file $PWD/passwords" "allow_anonymous false"
	meter
	service
	wait_for grep -q "mqtt: .*: Connection Refused: not authorised" log
	stop_service
	printf 'secret\n' >password
	forward_to "user = meter" "password_file = $PWD/password"
	service
	wait_for timeout 5 mosquitto_sub -p "$broker" -u meter -P secret \
		-t p1logger/status -C 1
	stop_service
	password_in "$PWD/nowhere"
	run p1logger --check-config -c "$ini"
	ends 78 "[mqtt] password_file: $PWD/nowhere: No such file"
	mkdir folder
	printf '\nsecret\n' >blank
	head -c 5000 /dev/zero | tr '\0' x >long
	for file in folder blank long; do
		password_in "$PWD/$file"
		run p1logger --check-config -c "$ini"
		ends 78 "[mqtt] password_file: $PWD/$file: "
	done
	sed -i '/^user = /d' "$ini"
	password_in "$PWD/password"
	run p1logger --check-config -c "$ini"
	ends 78 "password_file: set a user as well"
}

make_ca() { # NAME
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$1" \
		-keyout "$1.key" -out "$1.pem" 2>/dev/null
}

make_certificate() { # NAME CA ADDRESS: for a broker
	openssl req -newkey rsa:2048 -nodes -subj "/CN=$1" -keyout "$1.key" \
		-out "$1.csr" 2>/dev/null
	openssl x509 -req -days 2 -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" \
		-CAcreateserial -extfile <(echo "subjectAltName=IP:$3") \
		-out "$1.pem" 2>/dev/null
	chmod 644 "$1.key"
}

set_ini() { # KEY VALUE
	sed -i "s|^$1 = .*|$1 = $2|" "$ini"
}

@test "TLS verifies the broker: its authority and its name" {
	make_ca ours
	make_ca theirs
	make_certificate broker ours 127.0.0.1
	make_certificate another ours 127.0.0.2
	meter
	forward_to "tls = yes" "ca_file = $PWD/theirs.pem"
	for name in broker another; do
		begin_broker "certfile $PWD/$name.pem" "keyfile $PWD/$name.key"
		service
		wait_for grep -q "mqtt: 127.0.0.1:$broker: .*TLS" log
		stop_service
		kill "$broker_pid"
		wait "$broker_pid" || true
		set_ini ca_file "$PWD/ours.pem"
	done
	begin_broker "certfile $PWD/broker.pem" "keyfile $PWD/broker.key"
	service
	wait_for timeout 5 mosquitto_sub -h 127.0.0.1 -p "$broker" \
		--cafile ours.pem -t p1logger/status -C 1
	run ! grep mqtt: log
	stop_service
}

@test "TLS without a CA file trusts the system's authorities, and no other" {
	make_ca ours
	make_ca theirs
	make_certificate broker ours 127.0.0.1
	meter
	forward_to "tls = yes"
	p1logger --check-config -c "$ini"
	begin_broker "certfile $PWD/broker.pem" "keyfile $PWD/broker.key"
	SSL_CERT_FILE=$PWD/theirs.pem service
	wait_for grep -q "mqtt: 127.0.0.1:$broker: .*TLS" log
	stop_service
	SSL_CERT_FILE=$PWD/ours.pem service
	wait_for timeout 5 mosquitto_sub -h 127.0.0.1 -p "$broker" \
		--cafile ours.pem -t p1logger/status -C 1
	run ! grep mqtt: log
	stop_service
}

@test "each quality of service follows the setting" {
	begin_broker
	recorded -n 1
	forward_to "[mqtt]" "broker = 127.0.0.1:$broker" "qos = 0"
	for qos in 0 1 2; do
		set_ini qos "$qos"
		rm -rf data
		receiver mosquitto_sub -p "$broker" -q 2 -R -F '%q %t' \
			-t 'p1logger/#' >"heard.$qos"
		wait_for subscribers $((qos + 1))
		run p1logger --once -c "$ini"
		silent
		wait_for grep -q "^$qos p1logger/reading" "heard.$qos"
		wait_for grep -q "^$qos p1logger/mbus1_gas_time" "heard.$qos"
		run ! grep -v "^$qos " "heard.$qos"
	done
}

subscribers() { # N: confirmed subscriptions
	[ "$(grep -c "Sending SUBACK" broker.log)" -eq "$1" ]
}

@test "--once sends its reading, and stays online" {
	begin_broker
	forward_to "homeassistant = homeassistant" "qos = 1"
	recorded -n 1
	printf '%s\n' "[mqtt]" "broker = 127.0.0.1:$broker" "qos = 1" \
		"homeassistant = homeassistant" >>"$ini"
	run p1logger --once -c "$ini"
	silent
	retained >kept
	grep -q '^p1logger/import_t1 ' kept
	grep -q '^p1logger/status online' kept
	python3 "$BATS_TEST_DIRNAME/forward_ha.py" kept
}

@test "whatever the interval, a new connection is greeted immediately" {
	forward_to "interval = 86400" "homeassistant = ha"
	begin_broker
	meter
	service
	for _ in first second; do
		wait_for bash -c "timeout 5 mosquitto_sub -p $broker -C 1 \
			-t p1logger/status | grep -x online"
		wait_for timeout 5 mosquitto_sub -p "$broker" -C 1 \
			-t ha/sensor/p1logger_import_t1/config
		kill "$broker_pid"
		wait "$broker_pid" || true
		begin_broker
	done
	stop_service
}

@test "an interval passes only one reading" {
	begin_broker
	subscribe heard -t p1logger/reading
	recorded --interval 1 -n 60
	printf '%s\n' "[mqtt]" "broker = 127.0.0.1:$broker" "interval = 20" \
		>>"$ini"
	mkfifo pipe
	sed -i "s|^port = .*|port = $PWD/pipe|" "$ini"
	receiver bash -c 'exec 9<>pipe
		until grep -q "Sending CONNACK to p1logger" broker.log; do sleep 0.05; done
		cat tape >&9; sleep 60'
	service
	wait_for has_lines heard 3
	stop_service
	[ "$(wc -l <heard)" -eq 3 ]
}

# Every register that p1sim knows, of each country.
@test "the documents of each dialect keep to Home Assistant's rules" {
	local dialect files=()

	begin_broker
	for dialect in nl40 nl50 be lu se "fi" hu lt at ch; do
		p1sim --dialect "$dialect" -n 3 --water --heat >tape
		rm -rf data
		write_ini "$PWD/tape"
		forward_to "[mqtt]" "broker = 127.0.0.1:$broker" "qos = 1" \
			"topic = $dialect/p1" "homeassistant = ha-$dialect" \
			"[prices]" "import = 0.25" "gas = 1.10" "water = 1.00" \
			"heat = 30" "export = 0.05" "[web]" "listen = 0.0.0.0:5002"
		run p1logger --once -c "$ini"
		silent
		mosquitto_sub -p "$broker" -v -t "$dialect/#" -t "ha-$dialect/#" \
			--retained-only -W 1 >"kept.$dialect" || true
		files+=("kept.$dialect")
	done
	[ "$(python3 "$BATS_TEST_DIRNAME/forward_ha.py" "${files[@]}")" -gt 200 ]
}

@test "the day's totals are those of the database, with their cost" {
	begin_broker
	p1sim --start 2026-03-09T20:00:00Z --interval 60 -n 901 >tape
	awk '/^\// { n++ } n <= 900' tape >before
	awk '/^\// { n++ } n > 900' tape >newest
	write_ini "$PWD/newest" "[mqtt]" "broker = 127.0.0.1:$broker" "qos = 1" \
		"[prices]" "import = 0.25" "export = 0.05" "gas = 1.10" "fixed = 1.5"
	p1logger --import -c "$ini" before
	clock_is 2026-03-10T11:00:10Z
	run once
	silent
	mosquitto_sub -p "$broker" -t p1logger/today -C 1 -W 4 >today
	sqlite3 -json "$db" "SELECT * FROM daily WHERE day = '2026-03-10'" >day
	python3 -c '
import json
today, [day] = json.load(open("today")), json.load(open("day"))
assert today["since"] == "2026-03-09T23:00:00Z", today
assert today["until"] == "2026-03-10T11:00:00Z", today
for name, unit in ("import", "kwh"), ("export", "kwh"), ("gas", "m3"):
    assert today[name] == day[f"{name}_{unit}"] > 0, (today, day)
cost = (today["import"] * 0.25 - today["export"] * 0.05
        + today["gas"] * 1.10 + 1.5)
assert abs(today["cost"] - cost) < 0.001 and today["currency"] == "EUR", cost
assert today["month_peak"] > 0, today'
}

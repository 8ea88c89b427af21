#!/usr/bin/env bats
# bats file_tags=plain
# The dashboard for Grafana, with a real Prometheus that scrapes p1web. Grafana is
# in no Debian release: tests/web_grafana.py asks what its panels would ask.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load forward_helper

setup() {
	command -v p1web >/dev/null || skip "p1web is not built"
	cd "$BATS_TEST_TMPDIR" || return
	touch log
	root=$BATS_TEST_DIRNAME/..
	dashboard=$root/packaging/share/p1logger/grafana-dashboard.json
}

teardown() {
	forward_teardown
	cat ./*/log prometheus.log 2>/dev/null || true
}

# A meter, p1logger and p1web; $at is where this one listens.
house() { # NAME P1SIM-OPTION...
	local ini=$1/p1.ini meter

	mkdir -p "$1/backups"
	meter=$(free_port) at=127.0.0.1:$(free_port)
	printf '%s\n' "[meter]" "port = tcp://127.0.0.1:$meter" "[storage]" \
		"database = $PWD/$1/p1.db" "rrd =" "timezone = Europe/Amsterdam" \
		"interval = 1" "commit = 1" \
		"[prices]" "import_t1 = 0.25" "import_t2 = 0.28" "gas = 1.41" "fixed = 0.85" \
		"[web]" "listen = $at" "rate = 0" "work = 0" >"$ini"
	# Its first reading is there before p1web, and a backup of it.
	p1sim "${@:2}" -n 1 -o "$1/first"
	p1logger --import -c "$ini" "$1/first"
	p1logger --backup "$1/backups" -c "$ini"
	receiver p1sim "${@:2}" --interval 1 --fault badcrc=0.3 --tcp "$meter"
	receiver p1web -c "$ini"
	receiver p1logger -c "$ini" 2>"$1/log"
}

# It scrapes TARGETs several times a second, so that rates are soon known.
prometheus() { # TARGET...
	local targets

	prometheus=127.0.0.1:$(free_port)
	targets=$(printf ', "%s"' "$@")
	printf '%s\n' "scrape_configs:" " - job_name: p1" "   scrape_interval: 300ms" \
		"   scrape_timeout: 300ms" "   static_configs: [{targets: [${targets:2}]}]" \
		>prometheus.yml
	promtool check config prometheus.yml
	receiver command prometheus --config.file=prometheus.yml --log.level=warn \
		--storage.tsdb.path=tsdb --web.listen-address="$prometheus" 2>prometheus.log
	wait_for curl -sf "http://$prometheus/-/ready"
}

has_refused() { # AT
	curl -s "$1/metrics" | grep '^p1_refused_telegrams_total{reason="crc"} [1-9]'
}

@test "each query of each panel has data in a real Prometheus" {
	house dutch --dialect nl50 --water --heat
	dutch=$at
	house belgian --dialect be
	prometheus "$dutch" "$at"
	python3 "$BATS_TEST_DIRNAME/web_grafana.py" "$dashboard" "http://$prometheus" 60
	wait_for has_refused "$dutch"
	# A panel that no metric answers is named.
	sed 's/p1_month_peak_watts/p1_month_peak_kilowatts/; s/{{phase}}/{{faze}}/' \
		"$dashboard" >wrong.json
	run python3 "$BATS_TEST_DIRNAME/web_grafana.py" wrong.json "http://$prometheus" 0
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"Month peak: no data for p1_month_peak_kilowatts"* ]]
	[[ $output == *"Voltage: no label faze"* ]]
}

@test "the rules in docs/web.md are rules" {
	sed -n '/^    groups:/,/^$/s/^    //p' "$root/docs/web.md" >rules.yml
	run promtool check rules rules.yml
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"3 rules found"* ]]
}

@test "colours are the page's, panels do not overlap, rows are full" {
	python3 - "$dashboard" "$root/web/page/style.css" <<-'END'
		import json, re, sys
		text = open(sys.argv[1]).read()
		css = open(sys.argv[2]).read()
		dark = css[css.index("prefers-color-scheme: dark"):]
		colours = set(re.findall(r"#[0-9a-f]{6}\b", text))
		assert len(colours) >= 7, colours
		for colour in colours:
		    assert colour in dark, f"{colour} is not the page's"
		taken, ids = set(), set()
		for panel in json.loads(text)["panels"]:
		    assert panel["id"] not in ids, panel["title"]
		    ids.add(panel["id"])
		    at = panel["gridPos"]
		    cells = {(x, y) for x in range(at["x"], at["x"] + at["w"])
		             for y in range(at["y"], at["y"] + at["h"])}
		    assert not cells & taken, panel["title"]
		    taken |= cells
		high = max(y for _, y in taken) + 1
		assert taken == {(x, y) for x in range(24) for y in range(high)}
	END
}

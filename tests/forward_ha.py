#!/usr/bin/env python3
"""forward_ha.py FILE: hold the discovery documents among the lines "TOPIC
PAYLOAD" of FILE to the rules of Home Assistant, as docs/forward.md has them:
which classes exist, which units and state classes each allows, and what its
Energy dashboard asks for."""
import json
import re
import sys

UNITS = {
    "energy": {"J", "kJ", "MJ", "GJ", "mWh", "Wh", "kWh", "MWh", "GWh"},
    "power": {"mW", "W", "kW", "MW"},
    "voltage": {"V", "mV", "kV"},
    "current": {"A", "mA"},
    "gas": {"m\u00b3", "ft\u00b3", "CCF", "L"},
    "water": {"m\u00b3", "ft\u00b3", "CCF", "L", "gal"},
    "volume": {"m\u00b3", "L", "mL"},
}
STATES = {
    "energy": {"total", "total_increasing"},
    "power": {"measurement"},
    "voltage": {"measurement"},
    "current": {"measurement"},
    "gas": {"total", "total_increasing"},
    "water": {"total", "total_increasing"},
    "volume": {"total", "total_increasing"},
    None: {"total", "total_increasing", "measurement", None},
}
KEYS = {"name", "unique_id", "state_topic", "availability_topic",
        "device_class", "state_class", "unit_of_measurement",
        "entity_category", "device", "origin"}
DEVICE = {"identifiers", "name", "model", "serial_number", "via_device"}
TOPIC = re.compile(r"\w+/sensor/([a-zA-Z0-9_-]+)/config")

lines = [line.rstrip("\n").split(" ", 1) for line in open(sys.argv[1])]
values = dict(lines)
documents = {t: json.loads(p) for t, p in lines if t.endswith("/config")}
classes = set()
for topic, d in documents.items():
    kind, state = d.get("device_class"), d.get("state_class")
    assert TOPIC.fullmatch(topic).group(1) == d["unique_id"], topic
    assert set(d) <= KEYS and set(d["device"]) <= DEVICE, topic
    assert d["device"]["identifiers"] and d["device"]["name"], topic
    assert d["origin"]["name"] == "p1logger", topic
    assert state in STATES[kind], topic
    if kind is not None:
        assert d["unit_of_measurement"] in UNITS[kind], topic
    if state is not None:
        float(values[d["state_topic"]])
    assert d["state_topic"] in values, topic
    assert values[d["availability_topic"]] in ("online", "offline"), topic
    assert d.get("entity_category") in (None, "diagnostic"), topic
    classes.add((kind, state))
assert len({d["unique_id"] for d in documents.values()}) == len(documents)
for needed in (("energy", "total_increasing"), ("gas", "total_increasing"),
               ("power", "measurement"), ("voltage", "measurement")):
    assert needed in classes, needed

#!/usr/bin/env python3
"""forward_ha.py FILE...: hold the discovery documents among the lines "TOPIC
PAYLOAD" of each FILE, what a broker retained, to the rules of Home Assistant.
Prints the number of documents.

Each rule names its source: a file of home-assistant/core below
homeassistant/, or a page of home-assistant.io (docs)."""
import json
import re
import sys
from urllib.parse import urlparse

# components/sensor/const.py, DEVICE_CLASS_UNITS: the units of the classes that
# p1logger uses, no longer ones; None is "no rule", as for MONETARY.
UNITS = {
    "energy": {"J", "kJ", "MJ", "GJ", "Wh", "kWh", "MWh", "GWh"},
    "power": {"W", "kW", "MW"},
    "voltage": {"V", "mV"},
    "current": {"A", "mA"},
    "gas": {"m\u00b3", "ft\u00b3", "CCF"},
    "water": {"m\u00b3", "ft\u00b3", "CCF", "L", "gal"},
    "volume": {"m\u00b3", "ft\u00b3", "CCF", "L", "mL", "gal"},
    "monetary": None,
}
# components/sensor/const.py, DEVICE_CLASS_STATE_CLASSES.
STATES = {
    "energy": {"total", "total_increasing"},
    "power": {"measurement"},
    "voltage": {"measurement"},
    "current": {"measurement"},
    "gas": {"total", "total_increasing"},
    "water": {"total", "total_increasing"},
    "volume": {"total", "total_increasing"},
    "monetary": {"total"},
    None: {"total", "total_increasing", "measurement", None},
}
# components/mqtt/sensor.py, PLATFORM_SCHEMA, with
# components/mqtt/schemas.py, MQTT_ENTITY_COMMON_SCHEMA. Full names only:
# components/mqtt/abbreviations.py accepts short ones for each of them.
KEYS = {"name", "unique_id", "state_topic", "value_template",
        "last_reset_value_template", "availability_topic", "expire_after",
        "device_class", "state_class", "unit_of_measurement",
        "suggested_display_precision", "entity_category", "device", "origin"}
# components/mqtt/schemas.py, MQTT_ENTITY_DEVICE_INFO_SCHEMA: no other key.
DEVICE = {"identifiers", "connections", "manufacturer", "model", "model_id",
          "name", "hw_version", "serial_number", "sw_version", "via_device",
          "suggested_area", "configuration_url"}
# components/mqtt/discovery.py, TOPIC_MATCHER, behind the prefix.
TOPIC = re.compile(r"[^/]+/(?P<component>\w+)/"
                   r"(?:[a-zA-Z0-9_-]+/)?(?P<object_id>[a-zA-Z0-9_-]+)/config")


def check_topic(topic, d):
    match = TOPIC.fullmatch(topic)
    assert match and match["component"] == "sensor"
    # docs, integrations/mqtt, "Discovery topic": "Best practice for entities
    # with a unique_id is to set <object_id> to unique_id".
    assert match["object_id"] == d["unique_id"]


def check_keys(d):
    assert set(d) <= KEYS, set(d) - KEYS
    # docs, integrations/sensor.mqtt: a device needs a unique_id.
    for required in ("name", "unique_id", "state_topic", "device", "origin"):
        assert d[required], required
    # docs, integrations/mqtt, "Naming of MQTT entities": an entity's name
    # that starts with its device's is shortened.
    assert not d["name"].lower().startswith(d["device"]["name"].lower())


def check_kind(d):
    kind, state = d.get("device_class"), d.get("state_class")
    unit = d.get("unit_of_measurement")
    assert kind in STATES, kind
    assert state in STATES[kind], (kind, state)
    if UNITS.get(kind):
        assert unit in UNITS[kind], (kind, unit)
    if kind == "monetary":
        # docs, integrations/sensor, "Device class": ISO 4217.
        assert re.fullmatch("[A-Z]{3}", unit)
    # components/mqtt/sensor.py, config checks: last_reset is for totals only.
    assert ("last_reset_value_template" not in d) or state == "total"
    # developers.home-assistant.io, "Sensor entity", state class TOTAL: without
    # a last_reset a fall to zero counts as a negative amount.
    assert state != "total" or "last_reset_value_template" in d


def whole(value, least):
    # helpers/config_validation.py, positive_int.
    return isinstance(value, int) and not isinstance(value, bool) \
        and value >= least


def check_numbers(d):
    assert whole(d.get("suggested_display_precision", 0), 0)
    # docs, integrations/sensor.mqtt, expire_after: 0 never expires.
    assert whole(d["expire_after"], 1)
    # Without a unit or class, precision would make text a number:
    # components/sensor/__init__.py, _numeric_state_expected.
    assert ("suggested_display_precision" in d) == (
        d.get("unit_of_measurement") is not None)


def check_device(d, devices):
    device = d["device"]
    assert set(device) <= DEVICE, set(device) - DEVICE
    # components/mqtt/schemas.py, validate_device_has_at_least_one_identifier.
    assert device["identifiers"] and all(device["identifiers"])
    assert all(isinstance(v, str) and v for k, v in device.items()
               if k != "identifiers"), device
    if "configuration_url" in device:
        # helpers/config_validation.py, configuration_url.
        url = urlparse(device["configuration_url"])
        assert url.scheme in ("http", "https", "homeassistant") and url.netloc
    # As printed on the meter: hexadecimal digits are the telegram's form.
    assert not re.fullmatch("(3[0-9]|4[1-9A-F]|5[0-9A]){6,}",
                            device.get("serial_number", ""))
    # One device has one description, or each document changes it.
    same = devices.setdefault(device["identifiers"][0], device)
    assert same == device, (same, device)


def check_origin(d):
    # components/mqtt/schemas.py, MQTT_ORIGIN_INFO_SCHEMA.
    assert set(d["origin"]) <= {"name", "sw_version", "support_url"}
    assert d["origin"]["name"] == "p1logger"


def check_category(d):
    # components/sensor/__init__.py: CONFIG is refused for a sensor.
    assert d.get("entity_category") in (None, "diagnostic")


def member(template, document):
    # The templates that p1logger uses: a member of the JSON.
    name = re.fullmatch(r"\{\{ value_json\.(\w+)(?: \| default\(''\))? \}\}",
                        template)
    return document[name[1]]


def check_values(d, values):
    # docs, integrations/sensor.mqtt: a retained value is there at the start.
    state = values[d["state_topic"]]
    if "value_template" in d:
        document = json.loads(state)
        state = member(d["value_template"], document)
        if "last_reset_value_template" in d:
            # components/mqtt/sensor.py: dt_util.parse_datetime.
            since = member(d["last_reset_value_template"], document)
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", since)
    if d.get("state_class") or d.get("unit_of_measurement"):
        float(state)  # components/sensor/__init__.py: a number is expected
    # docs, integrations/sensor.mqtt: payload_available, payload_not_available.
    assert values[d["availability_topic"]] in ("online", "offline")


def check_file(name):
    values = dict(line.rstrip("\n").split(" ", 1)
                  for line in open(name, encoding="utf-8"))
    documents = {t: json.loads(p) for t, p in values.items()
                 if t.endswith("/config")}
    devices = {}
    for topic, d in documents.items():
        try:
            check_keys(d)
            check_topic(topic, d)
            check_kind(d)
            check_numbers(d)
            check_category(d)
            check_device(d, devices)
            check_origin(d)
            check_values(d, values)
        except (AssertionError, KeyError, ValueError) as e:
            raise SystemExit(f"{topic}: {e!r}: {json.dumps(d)}") from e
    # helpers/entity_registry.py: a unique_id twice is refused.
    assert len({d["unique_id"] for d in documents.values()}) == len(documents)
    # A via_device that nobody describes is created without a name.
    for device in devices.values():
        assert device.get("via_device", device["identifiers"][0]) in devices
    return {(d.get("device_class"), d.get("state_class"))
            for d in documents.values()}, len(documents)


found, count = set(), 0
for file in sys.argv[1:]:
    classes, n = check_file(file)
    assert n > 0, file
    found |= classes
    count += n
# components/energy/validate.py: what the Energy dashboard asks for.
for needed in (("energy", "total_increasing"), ("gas", "total_increasing"),
               ("power", "measurement"), ("voltage", "measurement")):
    assert needed in found, needed
print(count)

"""homeassistant_config.py FOLDER: check the files of the Home Assistant add-on: every key is
one that the documentation for developers of add-ons names, of its type, and every type of an
option is one of those that it lists. Source: Home Assistant's developer documentation, page
"Add-on configuration"; the section is named at each table. Prints what is wrong."""
import os
import re
import sys

import yaml

# Sections "Required configuration options" and "Optional configuration options".
REQUIRED = {"name": str, "version": str, "slug": str, "description": str, "arch": list}
OPTIONAL = {
    "url": str, "startup": str, "webui": str, "boot": str, "machine": list, "ports": dict,
    "ports_description": dict, "host_network": bool, "host_ipc": bool, "host_dbus": bool,
    "host_pid": bool, "host_uts": bool, "devices": list, "homeassistant": str,
    "hassio_role": str, "hassio_api": bool, "homeassistant_api": bool, "docker_api": bool,
    "privileged": list, "full_access": bool, "apparmor": (bool, str), "map": list,
    "environment": dict, "audio": bool, "video": bool, "gpio": bool, "usb": bool,
    "uart": bool, "udev": bool, "devicetree": bool, "kernel_modules": bool, "stdin": bool,
    "legacy": bool, "options": dict, "schema": (dict, bool), "image": str, "timeout": int,
    "tmpfs": bool, "discovery": list, "services": list, "auth_api": bool, "ingress": bool,
    "ingress_port": int, "ingress_entry": str, "ingress_stream": bool, "panel_icon": str,
    "panel_title": str, "panel_admin": bool, "backup": str, "backup_pre": str,
    "backup_post": str, "backup_exclude": list, "advanced": bool, "stage": str,
    "init": bool, "watchdog": str, "realtime": bool, "journald": bool,
    "breaking_versions": list, "ulimits": dict,
}
WORDS = {
    "arch": {"armhf", "armv7", "aarch64", "amd64", "i386"},
    "startup": {"initialize", "system", "services", "application", "once"},
    "boot": {"auto", "manual", "manual_only"},
    "backup": {"hot", "cold"},
    "stage": {"stable", "experimental", "deprecated"},
}
URL = r"(\w+|\[PROTO:\w+\])://\[HOST\]:\[PORT:\d+\](/\S*)?"
FORMS = {"webui": URL, "watchdog": URL, "slug": r"[a-z0-9_-]+"}

# Section "Options / Schema": the types of options, and "?" for one that may be absent.
RANGE = r"(\({0}?,{0}?\))?"
TYPE = re.compile(
    r"(str" + RANGE.format(r"\d+") + r"|bool|int" + RANGE.format(r"-?\d+")
    + r"|float" + RANGE.format(r"-?[\d.]+")
    + r"|email|url|password|port|match\(.+\)|list\([^|)]+(\|[^|)]+)*\)"
    + r"|device(\(subsystem=\w+\))?)\??")

# Sections "Add-on extended build" and "Add-on translations".
BUILD = {"build_from": dict, "args": dict, "labels": dict, "codenotary": dict}
TRANSLATION = {"configuration": dict, "network": dict}

wrong = []


def expect(condition, *words):
    if not condition:
        wrong.append(" ".join(str(word) for word in words))


def load(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return yaml.safe_load(file)


def check_keys(name, found, allowed):
    for key, value in found.items():
        expect(key in allowed, name, "has an unknown key", key)
        if key in allowed:
            expect(isinstance(value, allowed[key]), name, key, "has the wrong type")


def check_schema(schema, depth, path):
    expect(depth <= 2, path, "is nested deeper than two")
    for key, value in schema.items():
        if isinstance(value, dict):
            check_schema(value, depth + 1, f"{path}.{key}")
        else:
            expect(isinstance(value, str) and TYPE.fullmatch(value), f"{path}.{key}", value,
                   "is not a type")


def check_options(options, schema):
    for key in options:
        expect(key in schema, "option", key, "is not in the schema")
    for key, value in schema.items():
        optional = isinstance(value, str) and value.endswith("?")
        expect(optional != (key in options), "option", key, "is optional or has a default")


def check_config(config):
    check_keys("config.yaml", config, REQUIRED | OPTIONAL)
    for key in REQUIRED:
        expect(key in config, "config.yaml lacks", key)
    for key, words in WORDS.items():
        values = config.get(key, [])
        for value in values if isinstance(values, list) else [values]:
            expect(value in words, key, value, "is not one of", *sorted(words))
    for key, form in FORMS.items():
        expect(key not in config or re.fullmatch(form, config[key]), key, "has the wrong form")
    for port, host in config.get("ports", {}).items():
        expect(re.fullmatch(r"\d+/(tcp|udp)", port), port, "is not a port")
        expect(host is None or isinstance(host, int), port, "has a wrong port of the host")
    check_schema(config["schema"], 1, "schema")
    check_options(config["options"], config["schema"])


def check_others(folder, config):
    build = load(folder, "build.yaml")
    check_keys("build.yaml", build, BUILD)
    expect(set(build["build_from"]) == set(config["arch"]), "build_from and arch differ")
    for name in os.listdir(os.path.join(folder, "translations")):
        expect(re.fullmatch(r"[a-z]{2}\.yaml", name), name, "is not a language")
        words = load(folder, os.path.join("translations", name))
        check_keys(name, words, TRANSLATION)
        for key in words["configuration"]:
            expect(key in config["schema"], name, "translates an unknown option", key)
        for key in words["network"]:
            expect(key in config["ports"], name, "translates an unknown port", key)


config = load(sys.argv[1], "config.yaml")
check_config(config)
check_others(sys.argv[1], config)
print("\n".join(wrong), end="\n" if wrong else "")
sys.exit(1 if wrong else 0)

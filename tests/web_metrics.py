#!/usr/bin/env python3
"""web_metrics.py: hold what stands on standard input to the rules of
Prometheus' text format; print each metric's name, or end with what is wrong.

The format: prometheus/docs, content/docs/instrumenting/exposition_formats.md,
"Text-based format", version 0.0.4. The good manners: what `promtool check
metrics` asks for, prometheus/client_golang, prometheus/testutil/promlint,
validations/ (help, counter, units, reserved and repeated names)."""
import re
import sys

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"'
SAMPLE = re.compile(rf"({NAME})(?:\{{((?:{LABEL},?)*)\}})? (\S+)(?: (-?\d+))?")
VALUE = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|[-+]?Inf|NaN")
TYPES = {"counter", "gauge", "histogram", "summary", "untyped"}
# promlint's base units, the other names of them, and the prefixes of either.
BASE = {"amperes", "bytes", "celsius", "grams", "joules", "kelvin", "meters",
        "metres", "seconds", "volts"}
OTHER = {"bits", "calories", "degrees", "fahrenheit", "feet", "gallons",
         "hours", "inches", "minutes", "days", "weeks", "ounces", "pounds",
         "kelvins", "percents", "ratios"}
PREFIXES = ("pico", "nano", "micro", "milli", "centi", "deci", "deca", "hecto",
            "kilo", "kibi", "mega", "mebi", "giga", "gibi", "tera", "tebi",
            "peta", "pebi")


def manners(name, kind, text):
    """What promlint would say of a metric, or None."""
    if not text:
        return "has no help"
    if (kind == "counter") != name.endswith("_total"):
        return "_total is for counters, and all of them"
    if ":" in name or re.search("[a-z][A-Z]", name):
        return "has a reserved character or camelCase"
    if name.endswith(("_count", "_sum", "_bucket")) or kind in name.split("_"):
        return "has a reserved ending, or its type, in its name"
    for part in name.split("_"):
        if part in OTHER or part.startswith(PREFIXES) and any(
                part.endswith(unit) for unit in BASE | OTHER):
            return f"{part} is not a base unit"
    return None


def check(text):
    heads, order, seen = {}, [], set()
    assert text.endswith("\n"), "the last line has no end"
    for line in text.split("\n")[:-1]:
        assert line == line.strip() and line, f"{line!r}: blanks, or nothing"
        if (m := re.fullmatch(rf"# (HELP|TYPE) ({NAME}) (.*)", line)):
            what, name, rest = m.groups()
            head = heads.setdefault(name, {})
            assert what not in head, f"{line}: said twice"
            assert name not in order, f"{line}: behind its samples"
            assert what != "TYPE" or rest in TYPES, f"{line}: no such type"
            assert what != "HELP" or not re.search(r"\\[^\\n]", rest), line
            head[what] = rest
            continue
        assert not line.startswith("#"), f"{line}: an invalid comment"
        m = SAMPLE.fullmatch(line)
        assert m, f"{line}: no sample"
        name, labels, value = m.group(1), m.group(2) or "", m.group(5)
        assert VALUE.fullmatch(value), f"{line}: no number"
        assert set(heads.get(name, {})) == {"HELP", "TYPE"}, f"{line}: no head"
        assert name not in order[:-1] and (not order or order[-1] == name or
                                           name not in order), \
            f"{line}: its metric's lines are apart"
        pairs = tuple(sorted(re.findall(LABEL, labels)))
        assert len({key for key, _ in pairs}) == len(pairs), f"{line}: labels"
        assert (name, pairs) not in seen, f"{line}: said twice"
        seen.add((name, pairs))
        if heads[name]["TYPE"] == "counter":
            assert float(value) >= 0, f"{line}: counts below 0"
        if name not in order:
            order.append(name)
    for name, head in heads.items():
        assert name in order, f"{name}: a head without a sample"
        wrong = manners(name, head["TYPE"], head["HELP"])
        assert not wrong, f"{name}: {wrong}"
    return order


try:
    print("\n".join(check(sys.stdin.buffer.read().decode("utf-8"))))
except (AssertionError, UnicodeDecodeError) as e:
    sys.exit(f"web_metrics.py: {e}")

#!/usr/bin/env python3
"""web_grafana.py DASHBOARD URL SECONDS: ask a Prometheus what each panel of a
dashboard asks, as Grafana does, until all have data; after SECONDS, name those
that have none and exit with 1.

The rules: grafana/grafana, docs/sources/datasources/prometheus, "Template
variables" ($__interval, $__rate_interval, $__range), and the alignment of a range
to its step."""
import json
import math
import re
import sys
import time
import urllib.parse
import urllib.request

SCRAPE_S = 0.3
RANGE_S = 300  # that somebody looks at
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(text):
    m = re.fullmatch(r"(\d+)([smhd])", text)
    return int(m.group(1)) * UNITS[m.group(2)]


def ask(url, path, **query):
    whole = f"{url}/api/v1/{path}?{urllib.parse.urlencode(query)}"
    with urllib.request.urlopen(whole, timeout=30) as answer:
        return json.load(answer)["data"]


def instances(url, board):
    """The values of the variable `instance`, by its own query."""
    query = next(v["query"] for v in board["templating"]["list"]
                 if v["name"] == "instance")
    match, label = re.fullmatch(r"label_values\((\w+), (\w+)\)", query).groups()
    return ask(url, f"label/{label}/values", **{"match[]": match})


def answer(url, panel, target, instance):
    step = seconds(panel.get("interval", "1s"))
    length = seconds(panel["timeFrom"]) if re.match(
        r"\d", panel.get("timeFrom", "")) else RANGE_S
    known = {"instance": instance, "__interval": f"{step}s", "__range": "86400s",
             "__rate_interval": f"{math.ceil(max(step + SCRAPE_S, 4 * SCRAPE_S))}s"}
    expr = re.sub(r"\$(\w+)", lambda m: known[m.group(1)], target["expr"])
    now = time.time()
    if target.get("instant"):
        return ask(url, "query", query=expr, time=now)["result"]
    return ask(url, "query_range", query=expr, step=step,
               start=(now - length) // step * step,
               end=now // step * step)["result"]


def fault(series, target):
    """What is wrong with an answer, or None."""
    values = [float(v) for s in series
              for _, v in s.get("values", [s.get("value")])]
    if not values or not all(map(math.isfinite, values)):
        return f"no data for {target['expr']}"
    for label in re.findall(r"{{(\w+)}}", target["legendFormat"]):
        if not all(label in s["metric"] for s in series):
            return f"no label {label} in {target['expr']}"
    names = [re.sub(r"{{(\w+)}}", lambda m: s["metric"][m.group(1)],
                    target["legendFormat"]) for s in series]
    return None if len(set(names)) == len(names) else f"two curves are {names[0]}"


def main(path, url, patience):
    with open(path) as f:
        board = json.load(f)
    todo = [(p, t) for p in board["panels"] if p["type"] != "row"
            for t in p["targets"]]
    assert len(todo) > 30, "the panels have targets"
    end = time.monotonic() + float(patience)
    while True:
        houses = instances(url, board)
        faults = []
        for panel, target in todo:
            found = [fault(answer(url, panel, target, house), target)
                     for house in houses]
            if None not in found:
                faults.append((panel, target, found))
        if not faults:
            return 0
        if time.monotonic() > end:
            break
        todo = [(panel, target) for panel, target, _ in faults]
        time.sleep(0.1)
    for panel, _, found in faults:
        # The house that answers says more than one without such a meter.
        print(f"{panel['title']}: {min(found, key=lambda f: f.startswith('no data'))}")
    return 1


sys.exit(main(*sys.argv[1:]))

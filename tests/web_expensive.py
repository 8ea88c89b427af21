#!/usr/bin/env python3
"""How p1web serves others while some ask for the most expensive answers.

web_expensive.py --port PORT --feed SOCKET --web PID
            [--seconds S] [--clients N] [--years Y]

Each of N clients has an address of its own in 127.0.0.0/8 and asks without a
pause; no question comes twice, so none is answered from what another knew.
Beside them a person looks at the page's answers, a monitor asks for /health,
and a WebSocket is told a reading four times a second. Prints a table of what they met;
ends 1 when the monitor or the WebSocket waited for 100 ms or more at the 99th
percentile, or anything of theirs was lost.
"""
import argparse
import collections
import http.client
import itertools
import json
import multiprocessing
import os
import socket
import sys
import time

from web_socket import message, upgrade

BOUND_MS, TICK = 100, 0.25
DAY = 86400


def ask(port, path, address="127.0.0.1"):
    """Status, seconds."""
    began = time.monotonic()
    try:
        c = http.client.HTTPConnection("127.0.0.1", port, timeout=60,
                                       source_address=(address, 0))
        c.request("GET", path, headers={"Connection": "close"})
        answer = c.getresponse()
        answer.read()
        c.close()
        return answer.status, time.monotonic() - began
    except OSError as e:
        return type(e).__name__, time.monotonic() - began


def most_expensive(years):
    """Questions that keep the database busy longest, each another one."""
    now = int(time.time())
    first = now - years * 365 * DAY
    for n in itertools.count():
        yield f"/api/v1/history?resolution=hour&from={first + n}"
        yield f"/api/v1/history?resolution=hour&from={now - 400 * DAY + n}"
        yield f"/api/v1/power?from={first + n}"
        yield f"/api/v1/power?from={first + n}&step=1"
        yield f"/api/historical?res={years * 365 * DAY - n}"
        yield f"/api/v1/costs?from={first + n}"
        yield f"/graph/year.png?date={2010 + n % 20}"


def attack(port, years, n, end, out):
    met = collections.Counter()
    address = f"127.0.1.{n + 1}"
    questions = itertools.islice(most_expensive(years), n, None)
    while time.monotonic() < end:
        met[ask(port, next(questions), address)[0]] += 1
    out.put(met)


def repeat(port, paths, pause, end, out):
    met, times = collections.Counter(), []
    for path in itertools.cycle(paths):
        if time.monotonic() >= end:
            break
        status, took = ask(port, path)
        met[status] += 1
        times.append(took)
        time.sleep(pause)
    out.put((met, times))


def tell(feed, end, out):
    """A reading each TICK: when each was told, by its stamp."""
    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told = {}
    for n in itertools.count():
        if time.monotonic() >= end:
            break
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1773100000 + n))
        line = json.dumps({"time": stamp, "power_import": 0.25},
                          separators=(",", ":"))
        told[stamp] = time.monotonic()
        s.sendto(line.encode(), feed)
        time.sleep(TICK)
    out.put(told)


def listen(port, end, out):
    s, f, _ = upgrade(port)
    s.settimeout(2)
    heard = {}
    try:
        while time.monotonic() < end + 1:
            text = message(f)
            heard.setdefault(json.loads(text)["time"], time.monotonic())
    except OSError:
        pass
    out.put(heard)


def spread(seconds):
    s = sorted(1e3 * v for v in seconds)
    return tuple(round(v, 1) for v in
                 (s[len(s) // 2], s[len(s) * 99 // 100], s[-1]))


def cpu_s(pid):
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mb(pid):
    with open(f"/proc/{pid}/status") as f:
        return next(int(s.split()[1]) for s in f if s.startswith("VmHWM")) / 1024


def start(what, *args):
    out = multiprocessing.Queue()
    multiprocessing.Process(target=what, args=(*args, out), daemon=True).start()
    return out


def main(a):
    end = time.monotonic() + a.seconds
    before = cpu_s(a.web)
    heard = start(listen, a.port, end)
    told = start(tell, a.feed, end)
    health = start(repeat, a.port, ["/health"], 0.02, end)
    metrics = start(repeat, a.port, ["/metrics"], 0.02, end)
    person = start(repeat, a.port, [
        "/", "/api/v1/current", "/api/v1/power", "/api/v1/history",
        "/api/v1/costs", "/api/v1/meters"], 0.2, end)
    attackers = [start(attack, a.port, a.years, n, end)
                 for n in range(a.clients)]
    told, heard = told.get(), heard.get()
    health, health_s = health.get()
    metrics, metrics_s = metrics.get()
    person, person_s = person.get()
    met = sum((q.get() for q in attackers), collections.Counter())
    late = spread(heard[t] - at for t, at in told.items() if t in heard)
    lost = len(set(told) - set(heard))

    def row(name, text):
        print(f"{name:<46}{text}")

    def times(t):
        return "%.1f / %.1f / %.1f" % t

    def statuses(c):
        return ", ".join(f"{n} x {status}" for status, n in
                         sorted(c.items(), key=str))

    row(f"{a.clients} clients, {a.years} years, {a.seconds:g} s: their answers",
        statuses(met))
    row("/health", statuses(health))
    row("  ms (median/p99/max)", times(spread(health_s)))
    row("/metrics, which asks the database", statuses(metrics))
    row("  ms", times(spread(metrics_s)))
    row("WebSocket messages, lost", f"{len(told)}, {lost}")
    row("  ms after p1logger said it", times(late))
    row("a person's answers", statuses(person))
    row("  ms", times(spread(person_s)))
    row("p1web's CPU, % of a core",
        f"{100 * (cpu_s(a.web) - before) / a.seconds:.0f}")
    row("p1web's memory, MB (most)", f"{peak_mb(a.web):.1f}")
    faults = {
        "/health was late": spread(health_s)[1] >= BOUND_MS,
        "/health was not answered": set(health) != {200},
        "WebSocket messages were late": late[1] >= BOUND_MS,
        "WebSocket messages were lost": lost > 0,
        "nobody asked anything expensive": not met[503] + met[429],
    }
    said = [text for text, is_so in faults.items() if is_so]
    for text in said:
        print("load_expensive:", text, file=sys.stderr)
    return bool(said)


p = argparse.ArgumentParser()
p.add_argument("--port", type=int, required=True)
p.add_argument("--feed", required=True)
p.add_argument("--web", type=int, required=True)
p.add_argument("--seconds", type=float, default=30)
p.add_argument("--clients", type=int, default=20)
p.add_argument("--years", type=int, default=10)
sys.exit(main(p.parse_args()))

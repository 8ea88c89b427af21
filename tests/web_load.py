#!/usr/bin/env python3
"""How p1logger and p1web do, measured from outside: prints one JSON object.

web_load.py --seconds S --logger PID --web PID --database FILE --udp PORT
            [--live PORT --clients N] [--start COMMAND]

PORT of --udp hears p1logger's [udp_json]: the moment each reading was known.
Against it are held the moment it stands in the database, asked for every 20
ms, and the moment it came to each of N WebSocket clients of PORT (RFC 6455, by
sockets alone). COMMAND runs beside that, once all clients are connected.
All times in milliseconds; CPU is what the scheduler counted for the process.
"""
import argparse
import asyncio
import base64
import json
import os
import resource
import sqlite3
import subprocess
import time

TICK = 0.02


def cpu_ms(pid):
    """Time on the CPU of all its threads: Linux's clock of that process."""
    return 1e3 * time.clock_gettime((~pid << 3) | 2)


def memory_kb(pid, what):
    with open(f"/proc/{pid}/status") as f:
        return next(int(s.split()[1]) for s in f if s.startswith(what + ":"))


class Heard(asyncio.DatagramProtocol):
    """When each reading was known, by its second."""

    def __init__(self):
        self.at = {}

    def datagram_received(self, data, addr):
        self.at.setdefault(json.loads(data)["time"], time.monotonic())


class Live(asyncio.Protocol):
    """One WebSocket client; arrivals of text messages as (time, moment)."""

    def __init__(self, port):
        self.port, self.buffer, self.open, self.lost = port, b"", False, False
        self.heard = []
        self.transport = None

    def connection_made(self, transport):
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write((
            f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode())

    def connection_lost(self, exc):
        self.lost = True

    def data_received(self, data):
        self.buffer += data
        if not self.open:
            head, end, rest = self.buffer.partition(b"\r\n\r\n")
            if not end:
                return
            assert head.startswith(b"HTTP/1.1 101"), head
            self.open, self.buffer = True, rest
        while self.frame():
            pass

    def frame(self):
        """Take one whole frame of the server, which never masks."""
        b = self.buffer
        if len(b) < 2:
            return False
        n, at = b[1], 2
        assert n < 127, "masked, or longer than any reading"
        if n == 126:
            n, at = int.from_bytes(b[2:4], "big"), 4
        if len(b) < at + n:
            return False
        line = b[at:at + n]
        if b[0] & 0x0F == 9:
            self.transport.write(bytes([0x8A, 0x80 | n]) + bytes(4) + line)
        if b[0] & 0x0F == 1:
            begin = line.index(b'"time":"') + 8
            self.heard.append((line[begin:begin + 20].decode(),
                               time.monotonic()))
        self.buffer = b[at + n:]
        return True


class Journal:
    """When each second was first seen in the table electricity."""

    def __init__(self, path):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.at, self.last = {}, 0
        self.look()
        self.at.clear()

    def look(self):
        now = time.monotonic()
        for ts, text in self.db.execute(
                "SELECT ts, strftime('%Y-%m-%dT%H:%M:%SZ', ts, 'unixepoch')"
                " FROM electricity WHERE ts > ?", (self.last,)):
            self.last = ts
            self.at[text] = now

    async def watch(self, until):
        while time.monotonic() < until:
            self.look()
            await asyncio.sleep(TICK)


def spread(values):
    """Median, 99th percentile and highest, in milliseconds."""
    s = sorted(1e3 * v for v in values) or [0]
    return {"median": round(s[len(s) // 2], 1),
            "p99": round(s[len(s) * 99 // 100], 1), "max": round(s[-1], 1)}


async def connect(loop, port, n):
    clients = []
    for _ in range(n):
        _, c = await loop.create_connection(lambda: Live(port),
                                            "127.0.0.1", port)
        clients.append(c)
    end = time.monotonic() + 30
    while time.monotonic() < end and not all(c.open for c in clients):
        await asyncio.sleep(0.05)
    return clients


async def until_told(known, journal, clients, limit):
    """What came last may still be on its way to the disk and to clients."""
    end, last = time.monotonic() + limit, max(known, default="")

    def all_told():
        return set(known) <= set(journal.at) and all(
            c.lost or c.heard and c.heard[-1][0] >= last for c in clients)

    while time.monotonic() < end and not all_told():
        await asyncio.sleep(TICK)
        journal.look()


async def measure(a):
    loop = asyncio.get_running_loop()
    _, udp = await loop.create_datagram_endpoint(
        Heard, local_addr=("127.0.0.1", a.udp))
    clients = await connect(loop, a.live, a.clients)
    journal = Journal(a.database)
    beside = subprocess.Popen(a.start, shell=True) if a.start else None
    udp.at.clear()
    before = [cpu_ms(a.logger), cpu_ms(a.web)]
    began = time.monotonic()
    await journal.watch(began + a.seconds)
    took = time.monotonic() - began
    after = [cpu_ms(a.logger), cpu_ms(a.web)]
    known = dict(udp.at)
    resident = memory_kb(a.web, "VmRSS")
    await until_told(known, journal, clients, 10)
    if beside:
        beside.wait()
    live = [at - known[t] for c in clients for t, at in c.heard if t in known]
    once = {(c, t) for c in clients for t, _ in c.heard if t in known}
    return {
        "seconds": round(took, 1),
        "readings": len(known),
        "lost": len(set(known) - set(journal.at)),
        "journal_ms": spread(journal.at[t] - at for t, at in known.items()
                             if t in journal.at),
        "logger_cpu_us": round(1e3 * (after[0] - before[0]) /
                               max(1, len(known))),
        "web_cpu_percent": round((after[1] - before[1]) / took / 10, 1),
        "web_rss_kb": resident,
        "web_peak_kb": memory_kb(a.web, "VmHWM"),
        "clients": sum(c.open for c in clients),
        "clients_lost": sum(c.lost for c in clients),
        "live_messages": len(once),
        "live_twice": len(live) - len(once),
        "live_ms": spread(live),
    }


p = argparse.ArgumentParser()
for name, kind in (("seconds", float), ("logger", int), ("web", int),
                   ("database", str), ("udp", int)):
    p.add_argument("--" + name, type=kind, required=True)
p.add_argument("--live", type=int)
p.add_argument("--clients", type=int, default=0)
p.add_argument("--start")
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
print(json.dumps(asyncio.run(measure(p.parse_args()))))

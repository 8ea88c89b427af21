#!/usr/bin/env python3
"""thin_delay.py DATABASE SECONDS: what thinning adds to the time that a reading takes.

Two services get the same telegram about each second, with commit = 1, on two copies of a
database whose rows are all older than [keep] says: one thins them, the other keeps
all. A reading has come when the service sends it on (udp_json). The limit of what
thinning may add is 100 ms, but other programs delay readings, too: compare runs.
"""
import os
import random
import re
import select
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

FIRST = 5  # readings that are not counted: the services start


class Service:
    """p1logger on a pipe and a copy of the database."""

    def __init__(self, folder, name, database, keep):
        self.folder = f"{folder}/{name}"
        os.mkdir(self.folder)
        self.path = f"{self.folder}/p1.db"
        shutil.copy(database, self.path)
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        os.mkfifo(f"{self.folder}/pipe")
        self.pipe = os.open(f"{self.folder}/pipe", os.O_RDWR)
        with open(f"{self.folder}/ini", "w", encoding="ascii") as ini:
            ini.write(f"""[meter]
port = {self.folder}/pipe
[storage]
database = {self.path}
timezone = Europe/Amsterdam
rrd =
interval = 1
commit = 1
[feed]
socket = off
[keep]
rows = {keep}
phases = {keep}
[udp_json]
target = 127.0.0.1:{self.udp.getsockname()[1]}
""")
        self.log = open(f"{self.folder}/log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            ["p1logger", "-c", f"{self.folder}/ini"], stderr=self.log)
        self.delays = []

    def send(self, telegram):
        os.write(self.pipe, telegram)

    def rows(self):
        with sqlite3.connect(f"file:{self.path}?mode=ro", uri=True) as db:
            return db.execute("SELECT count(*) FROM electricity").fetchone()[0]

    def stop(self):
        self.process.terminate()
        return self.process.wait()

    def text(self):
        self.log.seek(0)
        return self.log.read()


def telegrams(database, count):
    """From now on, one for each second, with counters that go on."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        last = db.execute(
            "SELECT import_t1_wh, import_t2_wh, export_t1_wh, export_t2_wh "
            "FROM electricity ORDER BY ts DESC LIMIT 1").fetchone()
    names = ("import_t1", "import_t2", "export_t1", "export_t2")
    initial = [f"--initial={n}={wh / 1000:.3f}" for n, wh in zip(names, last)]
    start = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    text = subprocess.run(
        ["p1sim", "--start", start, "--interval", "1", "-n", str(count), "--no-gas",
         "--fast", *initial], check=True, capture_output=True).stdout
    return re.findall(rb"/.*?\r\n![0-9A-F]{4}\r\n", text, re.S)


def exchange(services, telegram):
    """Send a telegram to each, and wait until both have it."""
    sent = {}
    for one in services:
        one.send(telegram)
        sent[one.udp] = (one, time.monotonic())
    while sent:
        ready, _, _ = select.select(list(sent), [], [], 60)
        now = time.monotonic()
        if not ready:
            sys.exit("thin_delay: no datagram:\n" + "".join(s.text() for s in services))
        for udp in ready:
            udp.recv(65536)
            one, since = sent.pop(udp)
            one.delays.append(1000 * (now - since))


def line(name, service):
    d = sorted(service.delays[FIRST:])
    print(f"{name:27s} median {statistics.median(d):6.1f}  99 % "
          f"{d[len(d) * 99 // 100]:6.1f}  longest {d[-1]:6.1f} ms")
    return d[-1]


def main():
    database, seconds = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        services = [Service(folder, "thin", database, "1d"),
                    Service(folder, "whole", database, "forever")]
        before = services[0].rows()
        due = time.monotonic()
        try:
            for telegram in telegrams(database, seconds):
                exchange(services, telegram)
                due += random.uniform(0.5, 1.5)  # so that some meet a commit
                time.sleep(max(0, due - time.monotonic()))
        finally:
            for one in services:
                one.stop()
        removed = before - services[0].rows()
        longest = line("a reading while thinning", services[0])
        plain = line("the same without", services[1])
        print(f"{removed} rows were removed; thinning added {longest - plain:.1f} ms at most")
        if removed < 1:
            sys.exit("thin_delay: nothing was thinned")


main()

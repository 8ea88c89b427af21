#!/usr/bin/env python3
"""ports.py [--losses N] [--seed S] [--lanes L]: the port is lost, N times.

The service reads a serial port by a stable name, as /dev/serial/by-id has it
(a link to a link to a pseudo terminal), or a TCP server; L of them run side by
side. The port is lost between two telegrams, within one or after noise: it is
unplugged and its name with it, only hangs up, comes back under another name or
at once; the server hangs up, breaks the connection, or stays away for a while.
After each loss

  * readings resume, without a restart;
  * the rows are of telegrams that were sent whole, and no others: what was
    played meanwhile is a gap;
  * what was committed is still there.

Prints one line of figures; status 1 when anything was lost or false. The
program folder is P1_BIN.
"""
import argparse
import contextlib
import csv
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
import tty
from datetime import datetime
from pathlib import Path

BIN = Path(os.environ.get('P1_BIN',
                          Path(__file__).resolve().parents[2] / 'build'))
COUNTERS = ('import_t1_wh', 'import_t2_wh', 'export_t1_wh', 'export_t2_wh')
EVERY = 0.1      # s between two telegrams, which are a second apart
PLAYED = 3400    # telegrams, all of the last hour
DEADLINE = 120   # s until readings must have resumed


class Serial:
    """A pseudo terminal with a name that stays and one that may not."""
    WAYS = ('unplugged', 'hung up', 'renamed', 'at once')

    def __init__(self, folder, chance):
        self.folder, self.chance, self.number = folder, chance, 0
        self.name = str(folder / 'by-id')
        self.device, self.master, self.slave = None, None, None

    def open(self, way):
        before = self.slave
        self.master, self.slave = os.openpty()
        if before is not None:
            os.close(before)
        tty.setraw(self.slave)
        os.set_blocking(self.master, False)
        if way == 'renamed' or self.device is None:
            self.number += 1
        self.device = self.folder / f'ttyUSB{self.number}'
        for link, target in ((self.device, os.ttyname(self.slave)),
                             (Path(self.name), self.device.name)):
            link.unlink(missing_ok=True)
            link.symlink_to(target)

    def send(self, data):
        with contextlib.suppress(BlockingIOError):
            os.write(self.master, data)

    def lose(self, way):
        """The slave stays open: the next one to open a pseudo terminal, in
        another lane, would get its number, which our links still name."""
        if way in ('unplugged', 'renamed'):
            Path(self.name).unlink()
            self.device.unlink()
        os.close(self.master)


class Server:
    """A TCP server; there is one connection at a time."""
    WAYS = ('hung up', 'broken', 'away')

    def __init__(self, folder, chance):
        self.folder, self.chance = folder, chance
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.address = self.listener.getsockname()
        self.name = f'tcp://127.0.0.1:{self.address[1]}'
        self.peer = None

    def open(self, way):
        if way == 'away':
            self.listener = socket.create_server(self.address)
        self.listener.settimeout(DEADLINE)
        self.peer = self.listener.accept()[0]
        self.peer.settimeout(1)

    def send(self, data):
        with contextlib.suppress(OSError):
            self.peer.sendall(data)

    def lose(self, way):
        if way == 'away':
            self.listener.close()
        if way == 'broken':
            self.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                 struct.pack('ii', 1, 0))
        self.peer.close()


def seconds_of(iso):
    return int(datetime.fromisoformat(iso[:-1] + '+00:00').timestamp())


class Tape:
    """Telegrams of a house, a second apart, and what they say."""

    def __init__(self, folder, seed):
        start = time.strftime('%Y-%m-%dT%H:%M:%SZ',
                              time.gmtime(time.time() - PLAYED - 60))
        text, truth = folder / 'tape', folder / 'truth'
        subprocess.run([BIN / 'p1sim', '--seed', str(seed), '--interval', '1',
                        '--start', start, '-n', str(PLAYED), '-o', text,
                        '--truth', truth], check=True)
        self.telegrams = [b'/' + part for part
                          in text.read_bytes().split(b'/') if b'!' in part]
        with open(truth, encoding='ascii') as rows:
            self.says = [(seconds_of(r['utc']),
                          tuple(int(r[c]) for c in COUNTERS))
                         for r in csv.DictReader(rows)]
        assert len(self.telegrams) == len(self.says) == PLAYED
        self.at = 0

    def next(self):
        self.at += 1
        return self.telegrams[self.at - 1], self.says[self.at - 1]


class Lane:
    def __init__(self, folder, seed, losses):
        folder.mkdir()
        self.folder, self.seed, self.losses = folder, seed, losses
        self.chance = random.Random(seed)
        self.tape = Tape(folder, seed)
        kind = Server if seed % 3 == 0 else Serial
        self.port = kind(folder, self.chance)
        self.db = folder / 'p1.db'
        self.sent, self.ways = {}, {}
        self.lost, self.false, self.notes, self.done = 0, 0, [], 0
        self.seen = set()
        (folder / 'p1.ini').write_text(
            f'[meter]\nport = {self.port.name}\n[storage]\n'
            f'database = {self.db}\nrrd =\ninterval = 1\ncommit = 1\n'
            'timezone = Europe/Amsterdam\n')

    def note(self, which, text):
        setattr(self, which, getattr(self, which) + 1)
        self.notes.append(f'--seed {self.seed}: {which}: {text}')

    def rows(self):
        if not self.db.exists():
            return {}
        with contextlib.closing(sqlite3.connect(
                f'file:{self.db}?mode=ro', uri=True, timeout=30)) as db:
            try:
                return {r[0]: r[1:] for r in db.execute(
                    f'SELECT ts, {", ".join(COUNTERS)} FROM electricity')}
            except sqlite3.OperationalError as e:
                if 'no such table' in str(e):
                    return {}
                raise

    def play(self):
        telegram, (ts, counters) = self.tape.next()
        self.sent[ts] = counters
        self.port.send(telegram)
        time.sleep(EVERY)

    def resume(self):
        """Play until a new row is there."""
        until = time.monotonic() + DEADLINE
        before = len(self.seen)
        while time.monotonic() < until and self.tape.at < PLAYED - 50:
            self.play()
            if self.tape.at % 3 == 0:
                self.look()
                if len(self.seen) > before:
                    return True
        self.note('lost', f'no reading after loss {self.done}')
        return False

    def look(self):
        rows = self.rows()
        for ts, counters in rows.items():
            if self.sent.get(ts) != counters:
                self.note('false', f'a row of {ts}: {counters}, '
                          f'sent {self.sent.get(ts)}')
        gone = self.seen - set(rows)
        if gone:
            self.note('lost', f'{len(gone)} committed rows')
        self.seen = set(rows)

    def lose(self):
        way = self.chance.choice(self.port.WAYS)
        moment = self.chance.choice(('between', 'within', 'noise'))
        if moment == 'within':
            telegram = self.tape.next()[0]
            self.port.send(telegram[:self.chance.randrange(1, len(telegram)
                                                           - 8)])
        if moment == 'noise':
            self.port.send(self.chance.randbytes(400))
        self.port.lose(way)
        self.ways[way] = self.ways.get(way, 0) + 1
        self.done += 1
        time.sleep(0 if way == 'at once' else self.chance.uniform(0, 1.5))
        self.tape.at += 3  # it went on, and nobody heard it
        self.port.open(way)

    def run(self):
        log = open(self.folder / 'log', 'wb')
        service = subprocess.Popen([BIN / 'p1logger', '-c',
                                    self.folder / 'p1.ini'], stderr=log)
        try:
            self.port.open('first')
            going = self.resume()
            while going and self.done < self.losses:
                self.lose()
                going = self.resume()
            service.send_signal(signal.SIGTERM)
            if service.wait(60) != 0:
                self.note('lost', f'it ended with {service.returncode}')
        finally:
            service.kill()
            service.wait()
            log.close()
        self.look()
        self.look_at_log()

    def look_at_log(self):
        lines = (self.folder / 'log').read_text().splitlines()
        if len(lines) > 2 * self.done + 8:
            self.note('false', f'{len(lines)} lines in the log')
        for line in lines[-3:] if self.lost or self.false else []:
            self.notes.append(line)


def run(args, folder):
    lanes = [Lane(folder / str(n), args.seed * 100 + n,
                  args.losses // args.lanes + (n < args.losses % args.lanes))
             for n in range(args.lanes)]
    threads = [threading.Thread(target=lane.run) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return lanes


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('--losses', type=int, default=100)
    args.add_argument('--seed', type=int, default=1)
    args.add_argument('--lanes', type=int, default=8)
    args = args.parse_args()
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix='p1-ports-'))
    try:
        lanes = run(args, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    ways = {}
    for lane in lanes:
        print('\n'.join(lane.notes[:10]), end='', file=sys.stderr)
        for way, n in lane.ways.items():
            ways[way] = ways.get(way, 0) + n
    result = {'what': 'ports', 'seed': args.seed,
              'times': sum(lane.done for lane in lanes), 'ways': ways,
              'rows': sum(len(lane.seen) for lane in lanes),
              'lost': sum(lane.lost for lane in lanes),
              'false': sum(lane.false for lane in lanes),
              'seconds': round(time.monotonic() - began)}
    print(json.dumps(result))
    unfinished = result['times'] < args.losses
    sys.exit(1 if result['lost'] or result['false'] or unfinished else 0)


if __name__ == '__main__':
    main()

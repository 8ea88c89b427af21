#!/usr/bin/env python3
"""starve.py [PROGRAM...] [--most N] [--seed S]: an allocation fails.

Runs each program once for every allocation that it makes, or for N of them at
random, and lets that one fail (tests/shim/starve.c); the same again with all
that follow it failing. Never may the program die of a signal, or fail without
a word; and the database must be sound, with all that was in it.

Prints one line of figures; status 1 when anything was lost or crashed. The
program folder is P1_BIN.
"""
import argparse
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from free_port import free_port  # noqa: E402

BIN = Path(os.environ.get('P1_BIN',
                          Path(__file__).resolve().parents[2] / 'build'))
DEADLINE = 120
ENDS = {0, 1, 2, 65, 69, 73, 74, 75, 77, 78}
COMMANDS = {
    'once': ('p1logger', '--once', '--wait', '1'),
    'import': ('p1logger', '--import', 'new.txt'),
    'decode': ('p1logger', '--decode', 'new.txt'),
    'service': ('p1logger',),
    'backup': ('p1logger', '--backup', 'backup'),
    'verify': ('p1logger', '--verify'),
    'p1rrd': ('p1rrd', '--rebuild'),
    'p1graph': ('p1graph', '--day', '2025-01-15', '-o', 'day.png'),
    'p1web': ('p1web',),
}


class Place:
    """A database with an hour in it, and telegrams of the hour after."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        (folder / 'backup').mkdir()
        (folder / 'rrd').mkdir()
        subprocess.run([BIN / 'p1sim', '--start', '2025-01-15T10:00:00Z', '-n',
                        '140', '--interval', '60', '-o', folder / 'all.txt'],
                       check=True)
        parts = (folder / 'all.txt').read_bytes().split(b'\n/')
        old, new = parts[:120], parts[120:]
        (folder / 'old.txt').write_bytes(b'\n/'.join(old) + b'\n')
        (folder / 'new.txt').write_bytes(b'/' + b'\n/'.join(new))
        (folder / 'p1.ini').write_text(
            '[meter]\nport = new.txt\n[storage]\ndatabase = p1.db\n'
            'rrd = rrd\ntimezone = Europe/Amsterdam\ninterval = 10\n'
            f'[web]\nlisten = 127.0.0.1:{self.port}\n')
        self.run('p1logger', '--import', 'old.txt')
        db = sqlite3.connect(folder / 'p1.db')
        db.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        db.close()
        self.begin = (folder / 'p1.db').read_bytes()
        self.rows = self.read()

    def run(self, program, *args, **env):
        ini = self.folder / 'p1.ini'
        process = subprocess.Popen(
            [BIN / program, '-c', ini, *args], cwd=self.folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=dict(os.environ, **env))
        if program == 'p1web':
            self.ask(process)
        try:
            said = process.communicate(timeout=DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            said = process.communicate()
            return 'hangs', said[1]
        return process.returncode, said[1]

    def ask(self, process):
        """One question to p1web as soon as it listens, and its end."""
        until = time.monotonic() + DEADLINE
        while process.poll() is None and time.monotonic() < until:
            try:
                with socket.create_connection(('127.0.0.1', self.port),
                                              timeout=10) as web:
                    web.sendall(b'GET /metrics HTTP/1.1\r\nHost: localhost'
                                b'\r\nConnection: close\r\n\r\n')
                    while web.recv(10000):
                        pass
                break
            except OSError:
                time.sleep(0.02)
        process.send_signal(signal.SIGTERM)

    def read(self):
        db = sqlite3.connect(f'file:{self.folder}/p1.db', uri=True)
        if db.execute('PRAGMA integrity_check').fetchall() != [('ok',)]:
            return None
        rows = set(db.execute('SELECT * FROM electricity'))
        db.close()
        return rows

    def reset(self):
        for name in ('p1.db-wal', 'p1.db-shm'):
            (self.folder / name).unlink(missing_ok=True)
        (self.folder / 'p1.db').write_bytes(self.begin)

    def starve(self, what, at, on):
        """What was wrong, or None."""
        more = {'P1_STARVE_ON': '1'} if on else {}
        status, said = self.run(
            *COMMANDS[what], P1_STARVE_AT=str(at),
            LD_PRELOAD=str(BIN / 'tests' / 'starve.so'), **more)
        wrong = None
        if what == 'p1web' and status == -signal.SIGTERM:
            status = 0  # it had not yet begun to listen to signals
        if status not in ENDS:
            wrong = f'status {status}: {said.decode(errors="replace")}'
        elif status != 0 and not said.strip():
            wrong = f'status {status} without a word'
        rows = self.read()
        if rows is None or self.rows - rows:
            wrong = 'readings are gone'
        self.reset()
        return wrong and f'{what}, allocation {at}{" on" * on}: {wrong}'

    def count(self, what):
        path = self.folder / 'count'
        self.run(*COMMANDS[what], P1_STARVE_AT='0', P1_STARVE_COUNT=str(path),
                 LD_PRELOAD=str(BIN / 'tests' / 'starve.so'))
        self.reset()
        return int(path.read_text())


def go(what, args):
    with tempfile.TemporaryDirectory(prefix='p1-starve-') as folder:
        place = Place(Path(folder))
        count = place.count(what)
        tries = [(n, on) for n in range(1, count + 1) for on in (0, 1)]
        if args.most and args.most < len(tries):
            tries = random.Random(args.seed).sample(tries, args.most)
        wrong = [w for w in (place.starve(what, *t) for t in tries) if w]
        return what, count, len(tries), wrong


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('what', nargs='*')
    args.add_argument('--most', type=int, default=0)
    args.add_argument('--seed', type=int, default=1)
    args.add_argument('--jobs', type=int, default=2)
    args = args.parse_args()
    began = time.monotonic()
    names = args.what or [n for n in COMMANDS if (BIN / COMMANDS[n][0]).exists()]
    with ThreadPoolExecutor(args.jobs) as pool:
        done = list(pool.map(lambda n: go(n, args), names))
    wrong = [w for _, _, _, found in done for w in found]
    print(*wrong[:20], sep='\n', file=sys.stderr)
    print(json.dumps({
        'what': 'memory', 'seed': args.seed, 'times': sum(d[2] for d in done),
        'allocations': {d[0]: d[1] for d in done},
        'lost': sum('gone' in w for w in wrong),
        'crashed': sum('gone' not in w for w in wrong),
        'seconds': round(time.monotonic() - began)}))
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()

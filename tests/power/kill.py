#!/usr/bin/env python3
"""kill.py [--kills N] [--seed S] [--slow X]: the programs are killed, N times.

A meter (p1sim) plays on a TCP port or a pseudo terminal. The service, --once,
--import, --backup and p1rrd are started at random and killed with SIGKILL at a
random moment. Before each kill a reader looks what is committed; after it

  * the database is sound, has all that was committed, and nothing that the
    meter did not say (by the truth file of p1sim);
  * the lock is free: the next run works;
  * what has a backup's name is a sound database;
  * at the end p1rrd catches up, and --verify finds nothing.

--slow stretches the moments, for sanitizers. Prints one line of figures;
status 1 when anything was lost or false. The program folder is P1_BIN.
"""
import argparse
import csv
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

BIN = Path(os.environ.get('P1_BIN',
                          Path(__file__).resolve().parents[2] / 'build'))
COUNTERS = ('import_t1_wh', 'import_t2_wh', 'export_t1_wh', 'export_t2_wh')
DAY, SPEED, LIVE = 86400, 5, 7200
DEADLINE = 120


def stamp(t):
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(t))


def read_truth(path):
    with open(path, encoding='ascii') as rows:
        return {int(datetime.fromisoformat(r['utc'][:-1] + '+00:00')
                    .timestamp()): tuple(int(r[c]) for c in COUNTERS)
                for r in csv.DictReader(rows)}


def last_row(path):
    with open(path, encoding='ascii') as rows:
        return list(csv.DictReader(rows))[-1]


class House:
    def __init__(self, folder, seed, slow):
        self.folder, self.slow = folder, slow
        self.chance = random.Random(seed)
        self.household = ['--seed', str(seed), '--interval', '1']
        self.db, self.ini = folder / 'data' / 'p1.db', folder / 'p1.ini'
        self.backups = folder / 'backup'
        for name in ('data', 'rrd', 'backup'):
            (folder / name).mkdir()
        self.start = int(time.time()) - 1800
        self.write_archive()
        self.meter = self.play(seed % 2 == 0)
        self.kills, self.lost, self.false, self.notes = {}, 0, 0, []

    def sim(self, *args):
        subprocess.run([BIN / 'p1sim', *self.household, *map(str, args)],
                       check=True)

    def write_archive(self):
        """Readings of the day before, in pieces, and what followed them."""
        out, truth = self.folder / 'old.txt', self.folder / 'old.csv'
        self.sim('--interval', 20, '--start', stamp(self.start - DAY),
                 '--duration', '23h', '-o', out, '--truth', truth)
        self.archive = out
        self.truth = read_truth(truth)
        last = last_row(truth)
        initial = [f'{n}={int(last[n + u]) / 1000}' for n, u in (
            ('import_t1', '_wh'), ('import_t2', '_wh'), ('export_t1', '_wh'),
            ('export_t2', '_wh'), ('gas', '_dm3'))]
        for text in initial:
            self.household += ['--initial', text]
        live = self.folder / 'live.csv'
        self.sim('--start', stamp(self.start), '-n', LIVE, '-o', '/dev/null',
                 '--truth', live)
        self.truth.update(read_truth(live))

    def play(self, tty):
        args = ['--start', stamp(self.start), '-n', str(LIVE),
                '--speed', str(SPEED)]
        port = self.folder / 'port'
        where = ['--pty', port] if tty else ['--tcp', '0']
        with open(self.folder / 'address', 'wb') as out:
            meter = subprocess.Popen([BIN / 'p1sim', *self.household, *args,
                                      *where], stdout=out)
        until = time.monotonic() + DEADLINE
        address = self.folder / 'address'
        while not (port.exists() if tty else b':' in address.read_bytes()):
            if time.monotonic() > until:
                sys.exit('kill: the meter does not begin')
            time.sleep(0.02)
        name = port if tty else 'tcp://127.0.0.1:' + (
            address.read_text().strip().rsplit(':', 1)[1])
        self.ini.write_text(
            f'[meter]\nport = {name}\n[storage]\ndatabase = {self.db}\n'
            f'rrd = {self.folder}/rrd\ntimezone = Europe/Amsterdam\n'
            'interval = 1\ncommit = 1\n')
        return meter

    def start_program(self, name, *args):
        env = dict(os.environ, LD_PRELOAD=str(BIN / 'tests' / 'shim.so'),
                   ASAN_OPTIONS='verify_asan_link_order=0')
        return subprocess.Popen([BIN / name, '-c', self.ini, *args], env=env,
                                stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE)

    def run_program(self, name, *args):
        """To its end, which must be a good one."""
        program = self.start_program(name, *args)
        try:
            text = program.communicate(timeout=DEADLINE)[1]
        except subprocess.TimeoutExpired:
            program.kill()
            text = b'hangs'
        if program.returncode != 0:
            self.note('lost', f'{name} {args}: status {program.returncode}: '
                      f'{text.decode()}')

    def note(self, kind, text):
        self.lost += kind == 'lost'
        self.false += kind == 'false'
        self.notes.append(f'{kind}: {text}')

    def rows(self, path=None, check=False):
        path = path or self.db
        if not path.exists():
            return set()
        db = sqlite3.connect(f'file:{path}?mode=ro', uri=True, timeout=30)
        try:
            if check:
                said = db.execute('PRAGMA integrity_check').fetchall()
                if said != [('ok',)]:
                    self.note('lost', f'{path}: {said}')
            return set(db.execute(
                f'SELECT ts, {", ".join(COUNTERS)} FROM electricity'))
        except sqlite3.OperationalError as e:
            if check or 'no such table' not in str(e):
                self.note('lost', f'{path}: {e}')
            return set()
        finally:
            db.close()

    MOMENTS = {  # the longest that each may live, in seconds
        'service': 1.6, 'once': 0.25, 'import': 0.15, 'backup': 0.06,
        'p1rrd': 0.15}

    def command(self, kind):
        return {
            'service': ('p1logger',), 'once': ('p1logger', '--once'),
            'import': ('p1logger', '--import', self.piece()),
            'backup': ('p1logger', '--backup', self.backups),
            'p1rrd': ('p1rrd', *self.chance.choice(((), ('--rebuild',)))),
        }[kind]

    def piece(self):
        """Part of the archive, some thousand telegrams."""
        with open(self.archive, 'rb') as archive:
            parts = archive.read().split(b'\n/')
        begin = self.chance.randrange(1, len(parts) - 100)
        path = self.folder / 'piece.txt'
        path.write_bytes(b''.join(b'/' + p + b'\n'
                                  for p in parts[begin:begin + 2000]))
        return path

    def kill_one(self, kind):
        program = self.start_program(*self.command(kind))
        time.sleep(self.slow * self.chance.uniform(0, self.MOMENTS[kind]))
        before = self.rows()
        alive = program.poll() is None
        program.send_signal(signal.SIGKILL)
        text = program.communicate()[1]
        if not alive and program.returncode != 0:
            self.note('lost', f'{kind} ended by itself: status '
                      f'{program.returncode}: {text.decode()}')
        self.kills[kind] = self.kills.get(kind, 0) + alive
        self.check(kind, before)

    def check(self, kind, before):
        after = self.rows(check=True) if self.db.exists() else set()
        if before - after:
            self.note('lost', f'{kind}: {len(before - after)} rows')
        self.check_true(kind, after)
        for path in self.backups.glob('p1-*.db'):
            self.check_true('backup', self.rows(path, check=True))

    def check_true(self, what, rows):
        wrong = [r for r in rows if self.truth.get(r[0]) != r[1:]]
        if wrong:
            self.note('false', f'{what}: {len(wrong)} rows, {wrong[0]}')

    def finish(self):
        """All programs work, and the followers are where the journal is."""
        before = self.rows()
        self.run_program('p1logger', '--once')
        if max(self.rows(), default=None) == max(before, default=None):
            self.note('lost', 'the next reading')
        self.run_program('p1logger', '--import', self.archive)
        self.run_program('p1logger', '--backup', self.backups)
        self.run_program('p1rrd')
        self.run_program('p1rrd', '--verify')
        self.run_program('p1logger', '--verify')
        self.check('the end', before)
        old = {t for t in self.truth if t < self.start}
        if old - {r[0] for r in self.rows()}:
            self.note('lost', 'readings of the archive')
        left = [p.name for p in self.backups.iterdir()
                if not p.name.startswith('p1-')]
        if left:
            self.note('false', f'left behind: {left}')


def run(args, folder):
    began = time.monotonic()
    house = House(folder, args.seed, args.slow)
    kinds = sorted(House.MOMENTS)
    house.run_program('p1logger', '--once')
    try:
        while sum(house.kills.values()) < args.kills:
            house.kill_one(house.chance.choice(kinds))
        house.finish()
    finally:
        house.meter.kill()
        house.meter.wait()
    for text in house.notes[:10]:
        print(f'--seed {args.seed}: {text}', file=sys.stderr)
    return {'what': 'kills', 'seed': args.seed,
            'times': sum(house.kills.values()), 'kinds': house.kills,
            'rows': len(house.rows()), 'lost': house.lost,
            'false': house.false, 'seconds': round(time.monotonic() - began)}


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('--kills', type=int, default=40)
    args.add_argument('--seed', type=int, default=1)
    args.add_argument('--slow', type=float, default=1)
    args = args.parse_args()
    folder = Path(tempfile.mkdtemp(prefix='p1-kill-'))
    try:
        result = run(args, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(result))
    sys.exit(1 if result['lost'] or result['false'] else 0)


if __name__ == '__main__':
    main()

#!/usr/bin/env python3
"""convert.py [--kills N] [--seed S]: the conversion of a database is killed.

A database of schema 5 (tests/storage/months_5.sql, hours_5.sql) is opened by p1logger, which
is killed with SIGKILL at a random instant, N times, each time with a new copy.
The disk is slow (shim/disk.c), so that the few instants between two names are
met too. Afterwards

  * the database is sound, and either the old one with all its rows or the new
    one as it comes of a conversion that nobody disturbs;
  * the next start ends what was begun, and nothing is left beside it but the
    old file, with all its rows, under another name;
  * now and then p1logger --verify and p1rrd --verify find nothing.

Prints one line of figures; status 1 when anything was lost or false. The
program folder is P1_BIN.
"""
import argparse
import hashlib
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
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
BIN = Path(os.environ.get('P1_BIN', TESTS.parent / 'build'))
SCRIPTS = ('schema_5.sql', 'months_5.sql', 'hours_5.sql')
EVERY = 10  # of so many kills one is followed by p1rrd and --verify
SLOW_MS = 20
# 2026-06-01T12:00:00Z, in the year of the last row: the calendar of later years
# follows in a transaction of its own.
NOW = 1780315200
DERIVED = {'meta', 'change_list', 'sqlite_sequence'}  # they tell when


def copy(path, to):
    for end in ('', '-wal'):
        if os.path.exists(f'{path}{end}'):
            shutil.copy(f'{path}{end}', f'{to}{end}')


def make_old(path):
    """The database of schema 5, its newest row in the WAL."""
    made = path.with_suffix('.made')
    db = sqlite3.connect(made, isolation_level=None)
    for name in SCRIPTS:
        db.executescript((TESTS / 'storage' / name).read_text())
    db.execute('PRAGMA wal_checkpoint')
    db.execute("INSERT INTO message VALUES (1769000000, 'in the WAL', '')")
    copy(made, path)
    db.close()


def digest(path):
    """The schema, and a digest of all that the file holds; sound, or it fails."""
    with tempfile.TemporaryDirectory(dir=path.parent.parent) as folder:
        copy(path, f'{folder}/p1.db')
        return digest_of(f'{folder}/p1.db')


def digest_of(path):
    db = sqlite3.connect(path)
    try:
        if db.execute('PRAGMA integrity_check').fetchall() != [('ok',)]:
            raise sqlite3.Error('it is not sound')
        out = hashlib.sha256()
        for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type "
                                   "= 'table' ORDER BY name").fetchall():
            if table not in DERIVED:
                rows = db.execute(f'SELECT * FROM "{table}"').fetchall()
                out.update(repr((table, rows)).encode())
        version = db.execute('PRAGMA user_version').fetchone()[0]
        return version, out.hexdigest()
    finally:
        db.close()


class Trial:
    def __init__(self, folder, args):
        self.folder, self.chance = folder, random.Random(args.seed)
        (folder / 'old').mkdir()
        self.old = folder / 'old' / 'p1.db'
        make_old(self.old)
        self.data = folder / 'data'
        self.db, self.ini = self.data / 'p1.db', folder / 'p1.ini'
        self.ini.write_text(
            f'[meter]\nport = -\n[storage]\ndatabase = {self.db}\n'
            f'rrd = {folder}/rrd\ntimezone = Europe/Amsterdam\n'
            'interval = 600\n')
        self.fault = folder / 'fault'
        self.fault.write_text(f'change,sync slow {SLOW_MS}\n')
        self.kills, self.halves, self.notes = 0, 0, []

    def begin_again(self):
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir()
        copy(self.old, self.db)
        self.db.chmod(0o640)

    def program(self, name, *args):
        shims = [BIN / 'tests' / name for name in ('disk.so', 'wrong_clock.so')]
        env = dict(os.environ, LD_PRELOAD=' '.join(map(str, shims)),
                   P1_CLOCK_AHEAD=str(NOW - int(time.time())),
                   P1_DISK=str(self.data), P1_DISK_FAULT=str(self.fault),
                   ASAN_OPTIONS='verify_asan_link_order=0')
        return subprocess.Popen([BIN / name, '-c', self.ini, *args], env=env,
                                stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True)

    def to_its_end(self, name, *args):
        program = self.program(name, *args)
        text = program.communicate(timeout=300)[1]
        if program.returncode not in (0, 65) or (
                program.returncode == 65 and 'no valid telegram' not in text):
            self.notes.append(f'lost: {name} {args}: {text}')

    def convert(self):
        """What opens the database for writing; there is no telegram."""
        return self.program('p1logger', '--import', '/dev/null')

    def undisturbed(self):
        self.begin_again()
        began = time.monotonic()
        self.convert().communicate(timeout=300)
        self.lasts = time.monotonic() - began
        self.states = [digest(self.old), digest(self.db)]
        if [s[0] for s in self.states] != [5, 7]:
            sys.exit(f'convert: it was not converted: {self.states}')

    def kill_one(self):
        self.begin_again()
        program = self.convert()
        time.sleep(self.chance.uniform(0, self.lasts))
        alive = program.poll() is None
        program.send_signal(signal.SIGKILL)
        program.communicate()
        self.kills += alive
        self.check(self.db, self.states, 'after the kill')
        self.halves += any('.convert' in p.name for p in self.data.iterdir())
        self.to_its_end('p1logger', '--import', '/dev/null')
        self.check(self.db, self.states[1:], 'at the next start')
        self.check_beside()

    def check(self, path, states, when):
        try:
            if digest(path) not in states:
                self.notes.append(f'lost: {path.name} {when}: other rows')
        except sqlite3.Error as e:
            self.notes.append(f'lost: {path.name} {when}: {e}')

    def check_beside(self):
        left = {p.name for p in self.data.iterdir()} - {
            'p1.db', 'p1.db-wal', 'p1.db-shm', 'p1.db.lock'}
        aside = {n for n in left if n.startswith('p1.db.schema-5-')
                 and n.endswith('Z')}
        if left - aside or not aside:
            self.notes.append(f'false: beside it lies {sorted(left)}')
        for name in aside:
            self.check(self.data / name, self.states[:1], 'kept aside')

    def check_followers(self):
        (self.folder / 'rrd').mkdir(exist_ok=True)
        self.to_its_end('p1rrd')
        self.to_its_end('p1rrd', '--verify')
        self.to_its_end('p1logger', '--verify')


def run(args, folder):
    began = time.monotonic()
    trial = Trial(folder, args)
    trial.undisturbed()
    while trial.kills < args.kills:
        trial.kill_one()
        if trial.kills % EVERY == 1:
            trial.check_followers()
    for text in trial.notes[:10]:
        print(f'--seed {args.seed}: {text}', file=sys.stderr)
    return {'what': 'conversions', 'seed': args.seed, 'times': trial.kills,
            'halves': trial.halves,
            'lost': sum(n.startswith('lost') for n in trial.notes),
            'false': sum(n.startswith('false') for n in trial.notes),
            'seconds': round(time.monotonic() - began)}


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('--kills', type=int, default=20)
    args.add_argument('--seed', type=int, default=1)
    args = args.parse_args()
    folder = Path(tempfile.mkdtemp(prefix='p1-convert-'))
    try:
        result = run(args, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(result))
    sys.exit(1 if result['lost'] or result['false'] else 0)


if __name__ == '__main__':
    main()

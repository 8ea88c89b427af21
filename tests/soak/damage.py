#!/usr/bin/env python3
"""damage.py [--times N] [--seed S]: a database is damaged, and all programs meet it.

p1sim's household is imported once. Each time one copy of its database is
damaged in another way: bits, bytes and pages of the file or of its -wal, the
file's header, its length; any column of any row set to a number near a border;
tables, views and indexes dropped, renamed or changed; triggers added. Then each
program works on a copy of its own, with an end of its time:

p1logger --once and --import go on, with this database or with a new one, and
keep the new reading; or they say what is wrong. --verify, --backup, p1graph, p1report,
p1rrd and p1web change nothing in it. --restore from it leaves the good database
as it was, or keeps that under another name. The good backup stays.

Prints one line of figures; status 1 when a program crashed, hung (20 s of a processor), or
harmed a good file. The program folder is P1_BIN; built with SAN=1 they tell of
wrong accesses and overflows too.
"""
import argparse
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from free_port import free_port  # noqa: E402

BIN = Path(os.environ.get('P1_BIN',
                          Path(__file__).resolve().parents[2] / 'build'))
END_S = 20  # CPU time: a busy machine does not hang
PATIENCE_S = 120  # of the clock
NOW = int(time.time())
QUESTIONS = (
    '/health', '/metrics', '/api/v1/current', '/api/v1/meters',
    '/api/v1/history?period=day', '/api/v1/history?period=hour',
    '/api/v1/history?period=year', '/api/v1/power', '/api/v1/costs',
    '/api/history', '/graph/day.png')
NUMBERS = (0, 1, -1, 2**31, 2**32, 2**53, 10**15, 10**15 + 1, 10**18, 2**62,
           2**63 - 1, -2**31, -10**15, -2**63, 1199145700, 95617584000,
           4102444800, 253402300800)
TRIGGERS = (
    "BEFORE INSERT ON electricity BEGIN SELECT RAISE(ABORT, 'no'); END",
    "BEFORE INSERT ON electricity BEGIN SELECT RAISE(IGNORE); END",
    "AFTER INSERT ON electricity BEGIN DELETE FROM electricity; END",
    "AFTER INSERT ON change_list BEGIN DELETE FROM meter; END",
    "AFTER DELETE ON installation BEGIN INSERT INTO no_such_table "
    "VALUES (1); END")


class Wrong(Exception):
    """A program did what it must not."""


def environment():
    env = dict(os.environ)
    env['ASAN_OPTIONS'] = 'detect_leaks=0'
    env['UBSAN_OPTIONS'] = 'print_stacktrace=1'
    return env


def limit():
    """In the child: SIGXCPU when it has used its time."""
    resource.setrlimit(resource.RLIMIT_CPU, (END_S, END_S))


def run(*command, ok=False):
    """Status and stderr; a crash or a hang is an end of the trial."""
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True,
                              timeout=PATIENCE_S, check=ok,
                              env=environment(), preexec_fn=limit,
                              stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise Wrong(f'hangs: {command}') from None
    look(command, done.returncode, done.stderr.decode('utf-8', 'replace'))
    return done.returncode, done.stderr.decode('utf-8', 'replace')


def look(command, status, said):
    if status < 0 or 'Sanitizer' in said or 'runtime error' in said:
        raise Wrong(f'crashes ({status}): {command}\n{said[-3000:]}')


def stamp(ts):
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(ts))


def play(path, start, count, interval):
    run(BIN / 'p1sim', '-n', count, '--start', stamp(start), '--interval',
        interval, '--water', '--fast', '-o', path, ok=True)


class House:
    """A folder with a database, its settings and what belongs to it."""

    def __init__(self, folder, telegram='telegram'):
        self.folder = Path(folder)
        self.db = self.folder / 'p1.db'
        self.ini = self.folder / 'p1.ini'
        self.port = free_port()
        for name in ('rrd', 'backups', 'pictures'):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.ini.write_text(
            f'[meter]\nport = {self.folder / telegram}\n'
            f'[storage]\ndatabase = {self.db}\nrrd = {self.folder / "rrd"}\n'
            'timezone = Europe/Amsterdam\n'
            f'[web]\nlisten = 127.0.0.1:{self.port}\nrate = 0\n')

    def run(self, program, *args):
        return run(BIN / program, '-c', self.ini, *args)

    def newest(self):
        """The newest reading that the database has; None when it has none."""
        try:
            db = sqlite3.connect(f'file:{self.db}?mode=ro', uri=True)
        except sqlite3.Error:
            return None
        try:
            return db.execute('SELECT max(ts) FROM electricity '
                              'WHERE ts < 4102444800').fetchone()[0]
        except sqlite3.Error:
            return None
        finally:
            db.close()

    def files(self, pattern='p1.db'):
        """What the files hold, that must not become different."""
        return {p.name: p.read_bytes()
                for p in sorted(self.folder.glob(pattern)) if p.is_file()}


def make_good(folder):
    house = House(folder)
    play(folder / 'all', NOW - 400 * 600, 400, 600)
    said = (folder / 'all').read_bytes().split(b'\n/')
    for name, part in (('tape', said[:-4]), ('late', said[-4:-1]),
                       ('telegram', said[-1:])):
        (folder / name).write_bytes(b''.join(
            t if t.startswith(b'/') else b'/' + t for t in (
                x + b'\n' for x in part)))
    house.run('p1logger', '--import', folder / 'tape')
    house.run('p1logger', '--backup', folder / 'backups')
    made, = (folder / 'backups').iterdir()  # and two days ago, or it may go
    made.rename(made.with_name(time.strftime(
        'p1-%Y-%m-%dT0300Z.db', time.gmtime(NOW - 2 * 86400))))
    db = sqlite3.connect(house.db, isolation_level=None)
    db.execute('PRAGMA wal_checkpoint(TRUNCATE)').fetchall()
    db.execute('UPDATE calendar_day SET day = day')  # a WAL of some pages
    shutil.copy(house.db, folder / 'copy.db')
    shutil.copy(f'{house.db}-wal', folder / 'copy.db-wal')
    db.close()
    return house


# Each damages the database at `path`, and says how.

def bits(path, chance):
    data = bytearray(path.read_bytes())
    at = [chance.randrange(8 * len(data)) for _ in range(chance.choice((1, 3)))]
    for bit in at:
        data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)
    return f'bits {at}'


def some_bytes(path, chance):
    data = bytearray(path.read_bytes())
    at = [chance.randrange(len(data)) for _ in range(chance.randrange(1, 40))]
    for i in at:
        data[i] = chance.randrange(256)
    path.write_bytes(data)
    return f'bytes {at}'


def header(path, chance):
    data = bytearray(path.read_bytes())
    at = [chance.randrange(16, 100) for _ in range(chance.choice((1, 1, 4)))]
    for i in at:
        data[i] = chance.choice((0, 1, 0x7f, 0x80, 0xff, data[i] ^ 0x80))
    path.write_bytes(data)
    return f'header {at}'


def pages(path, chance):
    data = bytearray(path.read_bytes())
    n = len(data) // 4096
    page, other = chance.randrange(n), chance.randrange(n)
    how = chance.choice(('noise', 'zeros', 'another', 'cut'))
    if how == 'cut':
        del data[4096 * page + chance.choice((0, 0, 100)):]
    else:
        data[4096 * page:4096 * (page + 1)] = {
            'noise': chance.randbytes(4096), 'zeros': bytes(4096),
            'another': data[4096 * other:4096 * (other + 1)]}[how]
    path.write_bytes(data)
    return f'page {page}: {how}'


def wal(path, chance):
    beside = path.with_name(path.name + '-wal')
    shutil.copy(path.with_name('copy.db'), path)
    shutil.copy(path.with_name('copy.db-wal'), beside)
    return 'wal: ' + chance.choice((bits, some_bytes))(beside, chance)


def by_sql(path, statements):
    db = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in statements:
            try:
                db.execute(statement)
            except sqlite3.Error as error:
                statements.append(f'-- {error}')
                break
        db.execute('PRAGMA wal_checkpoint(TRUNCATE)').fetchall()
    finally:
        db.close()
    return '; '.join(statements)


def names_of(path, kind):
    db = sqlite3.connect(path)
    try:
        return [row[0] for row in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = ? "
            "AND sql IS NOT NULL ORDER BY name", (kind,))]
    finally:
        db.close()


def column_of(path, table, chance):
    db = sqlite3.connect(path)
    try:
        return chance.choice([row[1] for row in db.execute(
            f'PRAGMA table_info({table})')])
    finally:
        db.close()


def value(path, chance):
    table = chance.choice(names_of(path, 'table') + ['electricity', 'mbus'] * 3)
    column = column_of(path, table, chance)
    number = chance.choice(NUMBERS + (chance.getrandbits(63),))
    which = chance.choice(('', f' WHERE {column} = (SELECT max({column}) FROM '
                           f'{table})', f' WHERE {column} = (SELECT min('
                           f'{column}) FROM {table})',
                           f' WHERE {column} = (SELECT {column} FROM {table} '
                           f'LIMIT 1 OFFSET {chance.randrange(300)})'))
    return by_sql(path, [f'UPDATE OR REPLACE {table} SET {column} = {number}'
                         f'{which}'])


def label(path, chance):
    number = chance.choice((-1, 0, 1, 4, 6, 1000, 2**31 - 1, -2**31,
                            chance.getrandbits(31)))
    return by_sql(path, [f'PRAGMA {chance.choice(("user_version", "application_id"))}'
                         f' = {number}'])


def schema(path, chance):
    table = chance.choice(names_of(path, 'table'))
    view = chance.choice(names_of(path, 'view'))
    column = column_of(path, table, chance)
    name = f't{chance.randrange(1000)}'
    return by_sql(path, chance.choice((
        [f'DROP TABLE {table}'], [f'DROP VIEW {view}'],
        [f'DROP INDEX {chance.choice(names_of(path, "index"))}'],
        [f'DELETE FROM {table}'],
        ['PRAGMA legacy_alter_table = 1', f'ALTER TABLE {table} RENAME TO {name}'],
        ['PRAGMA legacy_alter_table = 1', f'ALTER TABLE {table} DROP COLUMN {column}'],
        [f'ALTER TABLE {table} ADD COLUMN {name} INTEGER'],
        [f'ALTER TABLE {table} ADD COLUMN {name} AS (abs({column}))'],
        [f'DROP VIEW {view}', f'CREATE VIEW {view} AS SELECT 1 AS a'],
        [f'DROP VIEW {view}', f'CREATE TABLE {view} (a)'],
        [f'CREATE UNIQUE INDEX {name} ON {table} (1)'],
        [f'CREATE INDEX {name} ON {table} (abs({column}))'],
        [f'CREATE TRIGGER {name} {chance.choice(TRIGGERS)}'],
        ['PRAGMA writable_schema = 1', "UPDATE sqlite_schema SET sql = "
         f"replace(sql, 'ts', 'tz') WHERE name = '{chance.choice((table, view))}'"],
        ['PRAGMA writable_schema = 1', "UPDATE sqlite_schema SET rootpage = "
         f"rootpage + 1 WHERE name = '{table}'"])))


KINDS = (bits, some_bytes, header, pages, wal, value, value, value, label,
         schema, schema)


# What the programs do, and what has to be true afterwards.

def writes(house, *args):
    """The new reading is kept, or a person is told why not."""
    was = house.files('p1.db')
    with open(house.db, 'rb') as held:
        status, said = house.run('p1logger', *args)
        if os.fstat(held.fileno()).st_nlink == 0:
            raise Wrong(f'{args}: removed what was there; it said: {said}')
    newest = house.newest()
    if status == 0 and (newest is None or newest < NOW - 3600):
        raise Wrong(f'{args}: status 0, and no new reading; it said: {said}')
    if status != 0 and not said.strip():
        raise Wrong(f'{args}: status {status} without a word')
    aside = house.files('p1.db.damaged*Z')
    if aside and was['p1.db'] not in aside.values():
        raise Wrong(f'{args}: what was set aside is not what was there')
    if status == 0 and house.run('p1logger', '--verify')[0] not in (0, 65):
        raise Wrong(f'{args}: status 0, and --verify cannot read it')


def once(house):
    writes(house, '--once')


def imports(house):
    writes(house, '--import', house.folder / 'late')


def reads(house, program, *args):
    was = house.files('p1.db')
    status, said = house.run(program, *args)
    if house.files('p1.db') != was:
        raise Wrong(f'{program} {args} changed the database')
    if status != 0 and not said.strip() and '--verify' not in args:
        raise Wrong(f'{program} {args}: status {status} without a word')


def verify(house):
    reads(house, 'p1logger', '--verify')


def backup(house):
    reads(house, 'p1logger', '--backup', house.folder / 'backups')


def graph(house):
    reads(house, 'p1graph', '--all', house.folder / 'pictures')


def report(house):
    reads(house, 'p1report', '--total', '--by', 'day')
    reads(house, 'p1report', '--at', 'now')


def rrd(house):
    reads(house, 'p1rrd')
    reads(house, 'p1rrd', '--verify')


def restore(house):
    """The damaged one is the backup, of a good database."""
    file = house.folder / 'backups' / 'damaged.db'
    for tail in ('', '-wal'):
        beside = Path(f'{house.db}{tail}')
        if beside.exists():
            shutil.move(beside, f'{file}{tail}')
    shutil.copy(house.folder / 'good.db', house.db)
    good = house.files('p1.db')['p1.db']
    status, said = house.run('p1logger', '--restore', file, '--force')
    kept = house.files('p1.db.replaced*Z')
    if status != 0 and not said.strip():
        raise Wrong(f'--restore: status {status} without a word')
    if status != 0 and house.files('p1.db')['p1.db'] != good:
        raise Wrong('--restore: refused, and the good one is not there: '
                    + said)
    if status == 0 and good not in kept.values():
        raise Wrong('--restore: the good one is not kept')
    if status == 0 and house.files('p1.db.damaged*'):
        raise Wrong(f'--restore: what it put there is damaged: {said}')


def ask(house, path):
    try:
        with urllib.request.urlopen(f'http://127.0.0.1:{house.port}{path}',
                                    timeout=PATIENCE_S) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        if not error.read():
            raise Wrong(f'p1web {path}: {error.code} without a word') from None


def web(house):
    was = house.files('p1.db')
    with open(house.folder / 'web.log', 'wb') as log, subprocess.Popen(
            [BIN / 'p1web', '-c', house.ini], stderr=log,
            env=environment()) as server:
        try:
            ends = time.monotonic() + PATIENCE_S
            while server.poll() is None and time.monotonic() < ends:
                try:
                    ask(house, QUESTIONS[0])
                    break
                except OSError:
                    time.sleep(0.05)
            for path in QUESTIONS[1:] if server.poll() is None else ():
                ask(house, path)
        except OSError as error:
            if server.poll() is None:
                raise Wrong(f'p1web hangs: {error}') from None
        finally:
            server.terminate()
            server.wait(PATIENCE_S)
    look('p1web', 0 if server.returncode == -15 else server.returncode,
         (house.folder / 'web.log').read_text(errors='replace'))
    if house.files('p1.db') != was:
        raise Wrong('p1web changed the database')


PROGRAMS = (once, imports, verify, backup, restore, graph, report, rrd, web)


def trial(good, folder, number, chance, programs):
    """All programs, each on a copy. A list of what was wrong, and how often."""
    source = folder / 'damaged'
    source.mkdir()
    for name in ('copy.db', 'copy.db-wal'):
        shutil.copy(good.folder / name, source)
    shutil.copy(good.db, source / 'p1.db')
    kind = chance.choice(KINDS)
    how = kind(source / 'p1.db', chance)
    wrong = []
    for program in programs:
        house = House(folder / program.__name__)
        for path in source.glob('p1.db*'):
            shutil.copy(path, house.folder)
        shutil.copy(good.db, house.folder / 'good.db')
        for path in ('telegram', 'late', 'tape'):
            shutil.copy(good.folder / path, house.folder)
        backups = list((good.folder / 'backups').iterdir())
        for path in backups:
            shutil.copy(path, house.folder / 'backups')
        try:
            program(house)
            for path in backups:
                copy = house.folder / 'backups' / path.name
                if (not copy.exists() or
                        copy.read_bytes() != path.read_bytes()):
                    raise Wrong('the good backup was changed')
        except Wrong as error:
            wrong.append(f'{number}, {kind.__name__}, {program.__name__}: '
                         f'{how}\n    {error}')
    return wrong


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('--seed', type=int, default=1)
    args.add_argument('--times', type=int, default=25)
    args.add_argument('--only', type=int, help='this time alone')
    args.add_argument('--programs', default=','.join(
        p.__name__ for p in PROGRAMS))
    args.add_argument('--keep', action='store_true', help='the folder')
    args = args.parse_args()
    programs = [p for p in PROGRAMS if p.__name__ in args.programs.split(',')]
    began = time.monotonic()
    wrong = []
    folder = Path(tempfile.mkdtemp(prefix='p1-damage-'))
    try:
        good = make_good(folder / 'good')
        for number in range(args.times):
            if args.only not in (None, number):
                continue
            here = folder / str(number)
            here.mkdir()
            wrong += trial(good, here, number,
                           random.Random(args.seed * 100000 + number), programs)
            if not args.keep:
                shutil.rmtree(here)
    finally:
        if not args.keep:
            shutil.rmtree(folder)
        else:
            print(folder, file=sys.stderr)
    for what in wrong:
        print(f'--seed {args.seed} --only {what}', file=sys.stderr)
    print(json.dumps({'what': 'damage', 'seed': args.seed,
                      'times': args.times, 'programs': len(programs),
                      'lost': 0, 'false': 0, 'crashed': len(wrong),
                      'seconds': round(time.monotonic() - began)}))
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()

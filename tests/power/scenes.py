"""Scenes for cut.py: the real programs at work in a folder, recorded."""
import csv
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
from datetime import datetime
from pathlib import Path

BIN = Path(os.environ.get('P1_BIN',
                          Path(__file__).resolve().parents[2] / 'build'))
SCHEMA_5 = Path(__file__).resolve().parents[1] / 'storage' / 'schema_5.sql'


def memory_folder():
    """Where a sync costs nothing: the cuts are worked out, not made there."""
    return '/dev/shm' if os.access('/dev/shm', os.W_OK) else None


def is_backup(name):
    return re.match(r'backup/p1-.*\.db$', name) is not None


def write_ini(path, database, rrd='', port='-', keep='forever'):
    path.write_text(f'[meter]\nport = {port}\n[storage]\n'
                    f'database = {database}\nrrd = {rrd}\n'
                    'timezone = Europe/Amsterdam\ninterval = 1\ncommit = 1\n'
                    f'[keep]\nrows = {keep}\n')


def stamp(t):
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(t))


def seconds(iso):
    return int(datetime.fromisoformat(iso[:-1] + '+00:00').timestamp())


class Scene:
    """A household's telegrams, and the folder where they are kept."""

    def __init__(self, name, folder, seed):
        self.name, self.folder, self.seed = name, folder, seed
        self.data, self.rrd = folder / 'data', folder / 'rrd'
        self.log, self.ini = folder / 'log', folder / 'p1.ini'
        self.next_file = folder / 'next.txt'
        self.data.mkdir(parents=True)
        (self.data / 'backup').mkdir()
        self.rrd.mkdir()
        write_ini(self.ini, self.data / 'p1.db')
        self.begin = int(time.time()) // 86400 * 86400 - 20 * 86400
        self.telegrams, self.truth = [], {}

    def household(self, count, interval):
        """Telegrams from a day on, some weeks ago; the last is `next`."""
        out, truth = self.folder / 'all.txt', self.folder / 'truth.csv'
        subprocess.run([BIN / 'p1sim', '--start', stamp(self.begin),
                        '-n', str(count),
                        '--interval', str(interval), '--seed', str(self.seed),
                        '--water', '-o', out, '--truth', truth], check=True)
        parts = re.split(rb'(?<=\n)(?=/)', out.read_bytes())
        self.telegrams = parts[:-1]
        self.next_file.write_bytes(parts[-1])
        with open(truth, encoding='ascii') as rows:
            for row in csv.DictReader(rows):
                self.truth[seconds(row['utc'])] = tuple(
                    int(row[c]) for c in ('import_t1_wh', 'import_t2_wh',
                                          'export_t1_wh', 'export_t2_wh'))
        self.next_ts = max(self.truth)

    def lies(self, count, interval):
        """The same telegrams from a meter that lies now and then."""
        out = self.folder / 'lies.txt'
        hour = [f'={stamp(self.begin + h * 3600)}+1h' for h in (2, 4)]
        faults = ['back=0.03', 'jump=0.03', 'gaszero' + hour[0],
                  'gasjump' + hour[1]]
        subprocess.run([BIN / 'p1sim', '--start', stamp(self.begin), '-n',
                        str(count), '--interval', str(interval), '--seed',
                        str(self.seed), '--water', '-o', out,
                        *(x for f in faults for x in ('--fault', f))],
                       check=True)
        self.telegrams = re.split(rb'(?<=\n)(?=/)', out.read_bytes())[:-1]

    def write(self, name, telegrams):
        path = self.folder / name
        path.write_bytes(b''.join(telegrams))
        return path

    def command(self, program, *args, recorded=True, **more):
        env = dict(os.environ)
        if recorded:
            env.update(P1_RECORD_ROOT=str(self.data),
                       P1_RECORD_LOG=str(self.log),
                       LD_PRELOAD=str(BIN / 'tests' / 'record.so'),
                       ASAN_OPTIONS='verify_asan_link_order=0')
        subprocess.run([BIN / program, '-c', self.ini, *args], check=True,
                       env=env, timeout=300, **more)

    def prepare(self, telegrams):
        """A database, and RRD files, from before the scene."""
        write_ini(self.ini, self.data / 'p1.db', self.rrd)
        self.command('p1logger', '--import', self.write('old.txt', telegrams),
                     recorded=False)
        write_ini(self.ini, self.data / 'p1.db')

    def record_from_here(self):
        self.before, self.inodes = {}, {}
        for path in self.data.rglob('*'):
            if path.is_file() and not path.name.endswith('-shm'):
                self.before[str(path)] = path.read_bytes()
                self.inodes[str(path)] = path.stat().st_ino
        self.log.write_bytes(b'')


class Meter:
    """A TCP server that gives each one who connects the next telegram."""

    def __init__(self, telegrams):
        self.server = socket.create_server(('127.0.0.1', 0))
        self.port = f'tcp://127.0.0.1:{self.server.getsockname()[1]}'
        self.telegrams = list(telegrams)
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        for telegram in self.telegrams:
            peer, _ = self.server.accept()
            with peer:
                peer.sendall(telegram)
                peer.shutdown(socket.SHUT_WR)
                while peer.recv(100):
                    pass


def again(scene):
    """A new database, and two imports into it."""
    scene.household(90, 10)
    scene.record_from_here()
    for part in (scene.telegrams[:60], scene.telegrams[60:]):
        scene.command('p1logger', '--import', scene.write('part.txt', part))


def once(scene):
    """Runs from cron, each with its telegram, some hours in all."""
    scene.household(100, 300)
    scene.prepare(scene.telegrams[:40])
    scene.record_from_here()
    meter = Meter(scene.telegrams[40:])
    write_ini(scene.ini, scene.data / 'p1.db', port=meter.port)
    for _ in range(40, 99):
        scene.command('p1logger', '--once')


def keep(scene):
    """Runs from cron that thin the readings of the day before."""
    scene.household(2961, 60)
    scene.prepare(scene.telegrams[:2940])
    scene.record_from_here()
    meter = Meter(scene.telegrams[2940:])
    write_ini(scene.ini, scene.data / 'p1.db', port=meter.port, keep='1d')
    for _ in range(20):
        scene.command('p1logger', '--once')


def service(scene):
    """The service, on telegrams that come as time goes."""
    scene.household(220, 10)
    scene.prepare(scene.telegrams[:20])
    scene.record_from_here()
    with subprocess.Popen(
            ['python3', '-c', 'import sys, time\n'
             'for n in range(int(sys.argv[2])):\n'
             '    with open(sys.argv[1], "rb") as f:\n'
             '        parts = f.read().split(b"\\n/")\n'
             '    sys.stdout.buffer.write((b"/" if n else b"") + parts[n] + b"\\n")\n'
             '    sys.stdout.flush()\n'
             '    time.sleep(0.02)\n',
             scene.write('live.txt', scene.telegrams[20:]), '199'],
            stdout=subprocess.PIPE) as source:
        scene.command('p1logger', stdin=source.stdout,
                      stderr=subprocess.DEVNULL)


def bulk(scene):
    """A large import: several commits, a WAL that is moved while it grows."""
    scene.household(11000, 10)
    scene.prepare(scene.telegrams[:10])
    scene.record_from_here()
    scene.command('p1logger', '--import',
                  scene.write('part.txt', scene.telegrams[10:]))


def as_schema_5(path):
    """The same rows in the tables of schema 5."""
    old = path.with_suffix('.5')
    db = sqlite3.connect(old, isolation_level=None)
    db.executescript(SCHEMA_5.read_text())
    db.execute('ATTACH ? AS new', (str(path),))
    for (table,) in db.execute("SELECT name FROM main.sqlite_schema WHERE type "
                               "= 'table' AND name IN (SELECT name FROM "
                               "new.sqlite_schema WHERE type = 'table')"
                               ).fetchall():
        columns = ', '.join(
            row[0] for row in db.execute(
                'SELECT name FROM pragma_table_info(?, ?) WHERE name IN '
                '(SELECT name FROM pragma_table_info(?, ?))',
                (table, 'main', table, 'new')).fetchall())
        db.execute(f'INSERT INTO main.{table} ({columns}) '
                   f'SELECT {columns} FROM new.{table}')
    db.close()
    for end in ('-wal', '-shm'):
        path.with_name(path.name + end).unlink(missing_ok=True)
    old.replace(path)


def older(scene):
    """A database of the schema before the first release is converted."""
    scene.household(120, 10)
    scene.prepare(scene.telegrams[:60])
    as_schema_5(scene.data / 'p1.db')
    scene.record_from_here()
    scene.command('p1logger', '--import',
                  scene.write('part.txt', scene.telegrams[60:]),
                  stderr=subprocess.DEVNULL)


def backup(scene):
    """Backups between imports."""
    scene.household(200, 10)
    scene.prepare(scene.telegrams[:100])
    scene.record_from_here()
    for i in range(100, 190, 30):
        scene.command('p1logger', '--backup', scene.data / 'backup')
        scene.command('p1logger', '--import',
                      scene.write('part.txt', scene.telegrams[i:i + 30]))


def restore(scene):
    """A backup takes the place of a newer database, and readings follow."""
    scene.household(200, 10)
    scene.prepare(scene.telegrams[:100])
    scene.command('p1logger', '--backup', scene.data / 'backup',
                  recorded=False)
    for first in (100, 125):  # the first in the file, the second in the WAL
        scene.command('p1logger', '--import',
                      scene.write('part.txt',
                                  scene.telegrams[first:first + 25]),
                      recorded=False)
        if first == 100:
            sqlite3.connect(scene.data / 'p1.db').execute(
                'PRAGMA wal_checkpoint(TRUNCATE)')
    scene.record_from_here()
    found = next((scene.data / 'backup').glob('*.db'))
    scene.command('p1logger', '--restore', found, '--force',
                  stderr=subprocess.DEVNULL)
    scene.command('p1logger', '--import',
                  scene.write('part.txt', scene.telegrams[150:190]))


def lies(scene):
    """Imports from a meter that lies: what is held, and what is withdrawn."""
    scene.household(800, 30)
    scene.lies(800, 30)
    scene.prepare(scene.telegrams[:100])
    scene.record_from_here()
    for i in range(100, 799, 50):
        scene.command('p1logger', '--import',
                      scene.write('part.txt', scene.telegrams[i:i + 50]),
                      stderr=subprocess.DEVNULL)


NAMES = {'new': again, 'once': once, 'keep': keep, 'service': service,
         'bulk': bulk, 'older': older, 'lies': lies, 'backup': backup,
         'restore': restore}


def play(name, folder, seed):
    shutil.rmtree(folder, ignore_errors=True)
    scene = Scene(name, folder, seed)
    NAMES[name](scene)
    return scene

#!/usr/bin/env python3
"""fleet_kill.py [--kills N] [--seed S]: p1pg, its server and the network die.

Homes store readings, late ones too, and withdraw, accept and restore some. p1pg
sends what changed over a TCP proxy to a real PostgreSQL. At a random moment p1pg
or all processes of the server are killed (SIGKILL), or the proxy cuts the
connection or forwards nothing more. After each of these p1pg runs to its
end, and all totals on the server must be those of the home; at the end all views
must be, cell by cell.

Prints one line of figures; status 1 if anything differed. The program folder is
P1_BIN; PG_BIN is that of initdb.
"""
import argparse
import glob
import os
import random
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from free_port import free_port  # noqa: E402

BIN = Path(os.environ.get('P1_BIN',
                          Path(__file__).resolve().parents[2] / 'build'))
PG_BIN = os.environ.get('PG_BIN') or os.path.dirname(sorted(
    glob.glob('/usr/lib/postgresql/*/bin/initdb'))[-1])
DEADLINE = 120
HOMES, PARTS, ROWS = 3, 24, 240
VIEWS = ('hourly', 'daily', 'monthly', 'yearly', 'quarter', 'hourly_wh',
         'daily_wh', 'monthly_wh', 'yearly_wh')


class Server:
    """A PostgreSQL of our own, on a TCP port of 127.0.0.1."""

    def __init__(self, folder):
        self.folder, self.data = folder, folder / 'data'
        self.port = free_port(os.getpid())
        if os.geteuid() == 0:
            shutil.chown(folder, 'postgres')
        self.run('initdb', '--no-sync', '-U', 'postgres', '--auth=trust',
                 '--encoding=UTF8', '--locale=C.UTF-8')
        with open(self.data / 'postgresql.conf', 'a', encoding='ascii') as f:
            f.write(f"listen_addresses = '127.0.0.1'\nport = {self.port}\n"
                    f"unix_socket_directories = '{folder}'\n"
                    'shared_buffers = 32MB\nlog_statement = all\n')
        self.start()
        self.psql('postgres', 'CREATE DATABASE fleet')

    def run(self, program, *args):
        as_postgres = (['runuser', '-u', 'postgres', '--']
                       if os.geteuid() == 0 else [])
        subprocess.run([*as_postgres, f'{PG_BIN}/{program}', '-D', self.data,
                        *args], check=True, cwd='/',
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        self.run('pg_ctl', 'start', '-w', '-t', '60', '-s', '-l',
                 self.folder / 'log')

    def stop(self):
        self.run('pg_ctl', 'stop', '-w', '-m', 'immediate', '-s')

    def kill(self):
        """All of its processes, as a power cut does."""
        head = int((self.data / 'postmaster.pid').read_text().split()[0])
        children = subprocess.run(
            ['ps', '-o', 'pid=', '--ppid', str(head)], check=False,
            stdout=subprocess.PIPE).stdout.split()
        for pid in [head, *map(int, children)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        until = time.monotonic() + DEADLINE
        while any(Path(f'/proc/{pid}').exists()
                  for pid in [head, *map(int, children)]):
            if time.monotonic() > until:
                sys.exit('fleet_kill: the server does not die')
            time.sleep(0.01)

    def psql(self, database, sql, user='postgres'):
        return subprocess.run(
            ['psql', '-X', '--csv', '-t', '-v', 'ON_ERROR_STOP=1', '-h',
             self.folder, '-p', str(self.port), '-U', user, '-d', database,
             '-c', sql], check=True, stdout=subprocess.PIPE).stdout.decode()


class Proxy:
    """Forwards bytes in both directions until it is cut or stalls."""

    def __init__(self, port):
        self.port_behind, self.open, self.stalled = port, [], False
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            near = self.listener.accept()[0]
            try:
                far = socket.create_connection(('127.0.0.1',
                                                self.port_behind))
            except OSError:
                near.close()
                continue
            self.open.append((near, far))
            threading.Thread(target=self.pass_on, args=(near, far),
                             daemon=True).start()

    def pass_on(self, near, far):
        try:
            while True:
                for ready in select.select([near, far], [], [], 0.2)[0]:
                    if self.stalled:
                        raise OSError
                    piece = ready.recv(4096)
                    if not piece:
                        raise OSError
                    (far if ready is near else near).sendall(piece)
        except (OSError, ValueError):
            pass
        if not self.stalled:
            for s in (near, far):
                s.close()

    def cut(self):
        for pair in self.open:
            for s in pair:
                try:
                    s.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self.open = []


class Home:
    def __init__(self, folder, name, chance, fleet):
        self.name, self.chance = name, chance
        self.folder = folder / name
        self.folder.mkdir()
        self.db, self.ini = self.folder / 'p1.db', self.folder / 'p1.ini'
        self.alone = self.folder / 'alone.ini'
        self.make_settings(fleet)
        self.make_parts()

    def make_settings(self, fleet):
        added = subprocess.run(
            [BIN / 'p1pg', '-c', fleet.admin, '--add-home', self.name],
            check=True, stdout=subprocess.PIPE).stdout.decode().split('\n')
        self.role = next(line[7:] for line in added
                         if line.startswith('home = '))
        storage = (f'[storage]\ndatabase = {self.db}\nrrd =\ninterval = 60\n'
                   'timezone = Europe/Amsterdam\n')
        self.alone.write_text(storage)
        self.ini.write_text(
            f'{storage}[fleet]\nserver = host=127.0.0.1 port='
            f'{fleet.proxy.port} dbname=fleet connect_timeout=5\n'
            f'home = {self.role}\ninterval = 60\n')

    def make_parts(self):
        """Telegrams of four days with a new meter and a gap, in pieces."""
        whole = self.folder / 'all'
        run('p1sim', '--start', '2026-10-23T11:02:00Z', '--interval', '60',
            '-n', PARTS * ROWS, '--water', '--meter-swap',
            '2026-10-24T15:07:00Z', '--gap', '2026-10-25T09:50:00Z+5h',
            '--seed', self.chance.randrange(1000), '-o', whole)
        telegrams = whole.read_bytes().split(b'\r\n/')
        telegrams = [telegrams[0] + b'\r\n'] + [
            b'/' + t + b'\r\n' for t in telegrams[1:]]
        self.left = []
        for i in range(PARTS):
            part = self.folder / f'part{i}'
            part.write_bytes(b''.join(telegrams[i * ROWS:(i + 1) * ROWS]))
            self.left.append(part)
        self.import_part()

    def import_part(self):
        """One of the next three: often in order, sometimes not."""
        if self.left:
            part = self.left.pop(self.chance.randrange(min(3, len(self.left))))
            run('p1logger', '-c', self.alone, '--import', part)

    def reader(self):
        return sqlite3.connect(f'file:{self.db}?mode=ro', uri=True)

    def pick(self):
        """The time and the meter of any accepted reading."""
        with closing(self.reader()) as db:
            rows = db.execute('SELECT ts, identifier FROM electricity '
                              'JOIN meter ON id = meter').fetchall()
        ts, identifier = self.chance.choice(rows)
        return (time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(ts)),
                '--meter', bytes.fromhex(identifier).decode())

    def change(self):
        what = self.chance.randrange(10)
        if what < 6:
            self.import_part()
        elif what < 8:
            at = self.pick()
            run('p1logger', '-c', self.alone, '--quarantine', 'reject', *at,
                '--yes')
            if self.chance.random() < 0.5:
                run('p1logger', '-c', self.alone, '--quarantine', 'clear', *at,
                    '--yes')
        elif what == 8:
            self.copy_back()
        else:
            to = self.folder / 'backups'
            shutil.rmtree(to, ignore_errors=True)
            to.mkdir()
            run('p1logger', '-c', self.alone, '--backup', to)
            self.import_part()
            run('p1logger', '-c', self.alone, '--restore',
                next(to.glob('*.db')), '--force')

    def copy_back(self):
        """An older copy takes the database's place, and goes on."""
        older = self.folder / 'older.db'
        if older.exists():
            for path in self.folder.glob('p1.db-*'):
                path.unlink()
            shutil.copy(older, self.folder / 'copy')
            (self.folder / 'copy').rename(self.db)
            self.import_part()
        run('p1logger', '-c', self.alone, '--verify')
        with closing(sqlite3.connect(self.db)) as db:
            db.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        shutil.copy(self.db, older)

    def cells(self, view):
        with closing(self.reader()) as db:
            rows = db.execute(f'SELECT * FROM {view} ORDER BY start_ts')
            names = [d[0] for d in rows.description]
            return names, [','.join(cell(c) for c in row) for row in rows]


def cell(value):
    if value is None:
        return ''
    if isinstance(value, float):
        return f'{value:.3f}'.rstrip('0').rstrip('.')
    return str(value)


def plain(line):
    """A decimal number as cell() writes it."""
    return ','.join(c.rstrip('0').rstrip('.') if '.' in c else c
                    for c in line.split(','))


def run(program, *args):
    done = subprocess.run([BIN / program, *map(str, args)], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=DEADLINE)
    if done.returncode not in (0, 65):
        sys.exit(f'{program} {args}: {done.returncode} {done.stdout.decode()}')


class Fleet:
    def __init__(self, folder, seed):
        self.chance = random.Random(seed)
        self.server = Server(folder / 'server')
        self.proxy = Proxy(self.server.port)
        self.admin = folder / 'admin.ini'
        self.admin.write_text(
            f'[fleet]\nserver = host={folder}/server port={self.server.port} '
            'dbname=fleet user=postgres\n')
        run('p1pg', '-c', self.admin, '--init')
        self.homes = [Home(folder, f'home{i}', self.chance, self)
                      for i in range(HOMES)]
        self.took, self.kills, self.wrong, self.in_time = 0.2, {}, 0, 0

    def send(self, home, *args):
        return subprocess.Popen([BIN / 'p1pg', '-c', home.ini, *args],
                                stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT)

    def wait_a_moment(self):
        time.sleep(self.chance.uniform(0, self.took))

    def strike(self, p1pg):
        """Returns a function that mends it."""
        what = self.chance.choice(('p1pg', 'server', 'cut', 'stall'))
        self.kills[what] = self.kills.get(what, 0) + 1
        if what == 'p1pg':
            p1pg.kill()
        elif what == 'server':
            self.server.kill()
            return self.server.start
        elif what == 'cut':
            self.proxy.cut()
        else:
            self.proxy.stalled = True
            self.wait_a_moment()
            p1pg.kill()
            self.proxy.cut()
            self.proxy.stalled = False
        return lambda: None

    def one(self):
        home = self.chance.choice(self.homes)
        home.change()
        p1pg = self.send(home, *(['--again'] if self.chance.random() < 0.3
                                 else []))
        self.wait_a_moment()
        self.in_time += p1pg.poll() is None
        mend = self.strike(p1pg)
        p1pg.communicate(timeout=DEADLINE)
        mend()
        self.check(home)

    def check(self, home):
        """It catches up at once, and all totals are the same."""
        start = time.monotonic()
        said = self.send(home).communicate(timeout=DEADLINE)[0].decode()
        self.took = 0.8 * self.took + 0.2 * (time.monotonic() - start)
        p1pg = self.send(home, '--verify')
        said += p1pg.communicate(timeout=DEADLINE)[0].decode()
        if p1pg.returncode != 0:
            self.wrong += 1
            print(f'{home.name}: {p1pg.returncode}: {said}')

    def compare(self, home):
        for view in VIEWS:
            names, theirs = home.cells(view)
            columns = ', '.join(f'"{n}"' for n in names)
            ours = [plain(line) for line in self.server.psql(
                'fleet', f'SELECT {columns} FROM fleet.{view} '
                'ORDER BY start_ts', home.role).splitlines()]
            if ours != theirs:
                self.wrong += 1
                print(f'{home.name}: {view} differs: {len(ours)} and '
                      f'{len(theirs)} rows')


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--kills', type=int, default=20)
    p.add_argument('--seed', type=int, default=1)
    o = p.parse_args()
    folder = Path(tempfile.mkdtemp(prefix='p1fleet.'))
    folder.chmod(0o755)
    (folder / 'server').mkdir()
    fleet = Fleet(folder, o.seed)
    try:
        for _ in range(o.kills):
            fleet.one()
        for home in fleet.homes:
            fleet.check(home)
            fleet.compare(home)
    finally:
        fleet.server.stop()
    kinds = ', '.join(f'{k} {n}' for k, n in sorted(fleet.kills.items()))
    print(f'seed {o.seed}: {o.kills} kills ({kinds}), {fleet.in_time} while '
          f'p1pg ran, {fleet.wrong} wrong')
    shutil.rmtree(folder)
    sys.exit(fleet.wrong > 0)


if __name__ == '__main__':
    main()

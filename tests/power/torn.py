#!/usr/bin/env python3
"""torn.py [--cuts N] [--seed S]: RRD files after a power cut, N times.

librrd writes through a mapping, so of a file that p1rrd was writing a cut may
leave any page as it was or as it would be, and any length; and its state of
before or after, with any time of modification. Two days are fed, then a third;
from both states such files are put together at random, in a machine that has
started again, and p1rrd is run: it must end with status 0, prove all files true
(p1rrd --verify), and rrdtool must fetch from them what it fetches from files
made in one go.

Prints one line of figures; status 1 when anything was lost or false. The
program folder is P1_BIN.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(os.environ.get('P1_BIN',
                          Path(__file__).resolve().parents[2] / 'build'))
PAGE, BEGIN, DAY = 4096, 1736899200, 86400  # 2025-01-15, UTC
STATE = 'p1rrd.state'


class Files:
    """The names, bytes and times of a folder of RRD files."""

    def __init__(self, folder):
        self.of = {p.name: (p.read_bytes(), p.stat().st_mtime_ns)
                   for p in folder.iterdir() if p.suffix in ('.rrd', '.state')}


class Trial:
    def __init__(self, folder, seed):
        self.folder, self.rrd = folder, folder / 'rrd'
        self.ini = folder / 'p1.ini'
        self.ini.write_text(
            f'[storage]\ndatabase = {folder}/p1.db\nrrd = {self.rrd}\n'
            'timezone = Europe/Amsterdam\ninterval = 10\n')
        self.rrd.mkdir()
        self.wrong = []
        subprocess.run(
            [BIN / 'p1sim', '--start', '2025-01-15T00:00:00Z', '--duration',
             '3d', '--interval', '300', '--seed', str(seed), '--water', '-o',
             folder / 'all.txt'], check=True)
        parts = (folder / 'all.txt').read_bytes().split(b'\n/')
        self.before = self.feed(parts[:576])
        self.after = self.feed(parts[576:])
        self.told = self.fetch()

    def feed(self, parts):
        path = self.folder / 'part.txt'
        path.write_bytes(b'/' + b'\n/'.join(parts).lstrip(b'/') + b'\n')
        subprocess.run([BIN / 'p1logger', '-c', self.ini, '--import', path],
                       check=True)
        return Files(self.rrd)

    def fetch(self):
        """All that rrdtool tells of the three days."""
        out = b''
        for name in sorted(self.after.of):
            for way, step in (('AVERAGE', 300), ('AVERAGE', 3600),
                              ('AVERAGE', DAY), ('MAX', 3600)):
                if name.endswith('.rrd'):
                    out += subprocess.run(
                        ['rrdtool', 'fetch', self.rrd / name, way, '-r',
                         str(step), '-s', str(BEGIN), '-e',
                         str(BEGIN + 3 * DAY)], check=True,
                        capture_output=True).stdout
        return out

    def tear(self, name, chance):
        """The bytes of a file, put together from before and after."""
        (old, _), (new, _) = self.before.of[name], self.after.of[name]
        share = chance.choice((0, 0.1, 0.5, 0.9, 1))
        out = b''.join(
            (new if chance.random() < share else old)[at:at + PAGE]
            for at in range(0, len(new), PAGE))
        if chance.random() < 0.2:
            return out[:chance.randrange(len(out) // 512) * 512]
        if chance.random() < 0.1:
            at = chance.randrange(len(out) // 512) * 512
            return out[:at] + bytes(512) + out[at + 512:]
        return out

    def lay_out(self, chance):
        shutil.rmtree(self.rrd)
        self.rrd.mkdir()
        for name in self.after.of:
            either = chance.choice((self.before, self.after)).of[name]
            if chance.random() < 0.05:
                continue
            path = self.rrd / name
            if name == STATE:
                path.write_bytes(re.sub(rb'boot \S+', b'boot another',
                                        either[0]))
                continue
            path.write_bytes(self.tear(name, chance))
            os.utime(path, ns=(either[1], either[1]))
            if chance.random() < 0.1:
                (self.rrd / f'{name}.p1rrd').write_bytes(either[0][:5000])

    def program(self, *args):
        done = subprocess.run([BIN / args[0], '-c', self.ini, *args[1:]],
                              capture_output=True, text=True, timeout=120,
                              check=False)
        if done.returncode != 0:
            self.wrong.append(f'{args}: status {done.returncode}: '
                              f'{done.stdout}{done.stderr}')

    def run(self, seed):
        self.wrong = []
        self.lay_out(random.Random(seed))
        self.program('p1rrd')
        self.program('p1rrd', '--verify')
        if not self.wrong and self.fetch() != self.told:
            self.wrong.append('rrdtool fetches other values')
        left = [p.name for p in self.rrd.iterdir() if '.p1rrd' in p.name]
        if left:
            self.wrong.append(f'left behind: {left}')
        return self.wrong


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('--cuts', type=int, default=50)
    args.add_argument('--seed', type=int, default=1)
    args = args.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix='p1-torn-') as folder:
        trial = Trial(Path(folder), args.seed)
        wrong = []
        for n in range(args.cuts):
            seed = args.seed * 1000003 + n
            wrong += [f'chance {seed}: {w}' for w in trial.run(seed)]
    print(*wrong[:10], sep='\n', file=sys.stderr)
    print(json.dumps({'what': 'torn', 'seed': args.seed, 'times': args.cuts,
                      'lost': 0, 'false': len(wrong),
                      'seconds': round(time.monotonic() - began)}))
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()

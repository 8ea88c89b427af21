#!/usr/bin/env python3
"""run.py STATE SECONDS [--rows NAME,...] [--table]: the long tests, in pieces.

Each row of `ROWS` below is a fault that is caused over and over, in pieces of
a minute or so. A piece prints a line of figures (JSON), which is kept in the
folder STATE; what is there is not done again, so a run that was stopped goes
on where it was. Three pieces run at a time, of those rows that are furthest
from their goal, until the pieces took SECONDS of time together with earlier
runs; what is begun is ended. --rows takes these rows alone; --table prints
them all as they are in docs/reliability.md, and does nothing else.

Status 1 when anything was lost or false, ever since STATE was begun.
"""
import argparse
import json
import os
import subprocess
import sys
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
LANES = 3
SCENES = ('new', 'once', 'keep', 'service', 'older', 'lies', 'backup', 'restore',
          'bulk')
STARVED = ('once', 'import', 'service', 'backup', 'p1rrd', 'p1graph', 'p1web',
           'decode', 'verify')


def python(path, *args):
    return [sys.executable, TESTS / path, *args]


def make(*args):
    return ['make', '-s', '-C', TESTS.parent, *args]


def cut(n):
    return python('power/cut.py', SCENES[n % len(SCENES)], '--cuts', '250',
                  '--jobs', '1', '--seed', str(n + 1))


def starve(n):
    return python('power/starve.py', STARVED[n % len(STARVED)], '--most',
                  '500', '--jobs', '1', '--seed', str(n + 1))


def seeded(path, *args):
    return lambda n: python(path, *args, '--seed', str(n + 1))


# name: what is caused, how often (a goal), how many a piece has when it says
# nothing, its command by number, and the command that a person would type
ROWS = {
    'power': ('power cut at a write, a sync or a rename', 10000, 0,
              cut, 'tests/power/cut.py SCENE --seed N'),
    'torn': ('power cut while p1rrd writes a file', 500, 0,
             seeded('power/torn.py', '--cuts', '50'),
             'tests/power/torn.py --seed N'),
    'kills': ('`kill -9` of a program at work', 1000, 0,
              seeded('power/kill.py', '--kills', '50'),
              'tests/power/kill.py --seed N'),
    'convert': ('`kill -9` while a database of an older schema is converted',
                100, 0, seeded('power/convert.py', '--kills', '20'),
                'tests/power/convert.py --seed N'),
    'memory': ('an allocation fails', 10000, 0, starve,
               'tests/power/starve.py PROGRAM --seed N'),
    'ports': ('port lost while the service reads', 1000, 0,
              seeded('soak/ports.py'), 'tests/soak/ports.py --seed N'),
    'flips': ('one bit of a telegram flipped', 8000, 0,
              seeded('soak/flips.py'), 'tests/soak/flips.py --seed N'),
    'damage': ('a damaged database, opened by eight programs', 1000, 0,
               lambda n: make('SAN=1', 'CC=gcc', 'damage',
                              f'DAMAGE=--seed {n + 1}'),
               'make SAN=1 damage DAMAGE="--seed N"'),
    'liars': ('import of a household whose meters lie, by five orders', 10000, 0,
              seeded('soak/liars.py'), 'tests/soak/liars.py --seed N'),
    'fuzz': ('seconds of fuzzing', 3600, 360,
             lambda n: make('fuzz', 'FUZZ_SECONDS=300'), 'make fuzz'),
    'years': ('simulated years of a house, a new meter in each', 24, 0,
              seeded('soak/years.py'), 'tests/soak/years.py --seed N'),
    'import': ('telegrams imported', 1000000, 0,
               seeded('soak/million.py', 'import'),
               'tests/soak/million.py import'),
    'service': ('telegrams read by the service', 1000000, 0,
                seeded('soak/million.py', 'service'),
                'tests/soak/million.py service'),
}


class State:
    def __init__(self, folder, rows):
        self.rows = [n for n in rows if exists(n)]
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / 'pieces.jsonl'
        self.pieces = []
        if self.path.exists():
            self.pieces = [json.loads(line) for line
                           in self.path.read_text().splitlines()]
        self.running = {name: 0 for name in ROWS}

    def of(self, name):
        return [p for p in self.pieces if p['row'] == name]

    def sum(self, name, key):
        return sum(p.get(key, 0) for p in self.of(name))

    def spent(self):
        return sum(p['seconds'] for p in self.pieces) / LANES

    def next(self):
        """The row furthest from its goal; one that runs counts a piece."""
        def done(name):
            pieces = len(self.of(name))
            each = self.sum(name, 'times') / pieces if pieces else 1
            return (self.sum(name, 'times') + self.running[name] * each
                    ) / ROWS[name][1] + self.running[name] * 0.001
        return min(self.rows, key=done)

    def add(self, piece):
        self.pieces.append(piece)
        with open(self.path, 'a', encoding='utf-8') as out:
            out.write(json.dumps(piece) + '\n')

    def wrong(self):
        return sum(p.get(k, 0) for p in self.pieces
                   for k in ('lost', 'false', 'crashed'))


def exists(name):
    """Is the test of this row in this tree?"""
    command = ROWS[name][3](0)
    return command[0] == 'make' or Path(command[1]).exists()


def run_piece(state, name, number):
    began = time.monotonic()
    done = subprocess.run(ROWS[name][3](number), capture_output=True,
                          text=True, check=False)
    try:
        piece = json.loads(done.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        piece = {'times': ROWS[name][2] if done.returncode == 0 else 0}
    bad = done.returncode != 0
    if bad and not any(piece.get(k) for k in ('lost', 'false', 'crashed')):
        piece['crashed'] = 1
    piece.update(row=name, number=number,
                 seconds=round(time.monotonic() - began))
    if bad:
        (state.folder / f'wrong-{name}-{number}.txt').write_text(
            done.stdout + done.stderr)
    return piece


def say(state, piece):
    name = piece['row']
    print(f'{time.strftime("%H:%M:%S")} {name} {piece["number"] + 1}: '
          f'{piece["times"]} in {piece["seconds"]} s, '
          f'lost {piece.get("lost", 0)}, false {piece.get("false", 0)}, '
          f'crashed {piece.get("crashed", 0)}; in all '
          f'{state.sum(name, "times")} of {ROWS[name][1]}', flush=True)


def run(state, seconds):
    began, spent = time.monotonic(), state.spent()
    numbers = {n: len(state.of(n)) for n in ROWS}
    work = set()
    with ThreadPoolExecutor(LANES) as pool:
        while True:
            late = spent + time.monotonic() - began >= seconds
            while not late and len(work) < LANES:
                name = state.next()
                state.running[name] += 1
                work.add(pool.submit(run_piece, state, name, numbers[name]))
                numbers[name] += 1
            if not work:
                return
            ended, work = wait(work, return_when=FIRST_COMPLETED)
            for future in ended:
                piece = future.result()
                state.running[piece['row']] -= 1
                state.add(piece)
                say(state, piece)


def table(state):
    rows = {n: r for n, r in ROWS.items() if exists(n)}
    print('| row | fault | times | goal | lost | false | crashed |')
    print('|---|---|--:|--:|--:|--:|--:|')
    for name, (what, goal, *_) in rows.items():
        figures = [state.sum(name, k) for k in
                   ('times', 'lost', 'false', 'crashed')]
        print(f'| `{name}` | {what} | {figures[0]:,} | {goal:,} | '
              f'{figures[1]} | {figures[2]} | {figures[3]} |')
    print()
    for name, (*_, command) in rows.items():
        print(f'    {name:<9}{command}')


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('state', type=Path)
    args.add_argument('seconds', type=int)
    args.add_argument('--rows', default=','.join(ROWS))
    args.add_argument('--table', action='store_true')
    args = args.parse_args()
    os.nice(19)
    state = State(args.state, args.rows.split(','))
    if not args.table:
        run(state, args.seconds)
    table(state)
    sys.exit(1 if state.wrong() else 0)


if __name__ == '__main__':
    main()

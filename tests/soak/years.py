#!/usr/bin/env python3
"""years.py [--years N] [--interval S] [--seed S]: decades of a household.

p1sim plays N years of a house, with a new electricity meter in each and now
and then a new gas meter and a gap. Each year becomes a file; they are imported
in random order, one is imported twice. tests/year_totals.py then works out
every hour, day, month and year from p1sim's truth file, and all of them must
be in the database, to the Wh and the dm3; p1logger --verify must find nothing.

Prints one line of figures; status 1 when anything was lost or false. The
program folder is P1_BIN.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

BIN = Path(os.environ.get('P1_BIN',
                          Path(__file__).resolve().parents[2] / 'build'))
JUDGE = Path(__file__).resolve().parents[1] / 'year_totals.py'
FIRST = 2010


def later(years):
    """The machine's clock stands behind the last year: no reading may be in
    what is the future."""
    end = datetime(FIRST + years, 2, 1, tzinfo=timezone.utc).timestamp()
    return dict(os.environ, LD_PRELOAD=str(BIN / 'tests' / 'wrong_clock.so'),
                ASAN_OPTIONS='verify_asan_link_order=0',
                P1_CLOCK_AHEAD=str(int(end - time.time())))


def iso(t):
    return t.strftime('%Y-%m-%dT%H:%M:%SZ')


def plan(args, chance):
    """The options of p1sim: what happens in these years."""
    def moment(year):
        return (datetime(year, 1, 2, tzinfo=timezone.utc) +
                timedelta(seconds=chance.randrange(362 * 86400)))

    begin = datetime(FIRST - 1, 12, 31, 23, tzinfo=timezone.utc)
    end = datetime(FIRST + args.years - 1, 12, 31, 23, tzinfo=timezone.utc)
    options = ['--start', iso(begin), '--duration', f'{(end - begin).days}d',
               '--interval', str(args.interval), '--seed', str(args.seed),
               '--dialect', 'nl50', '--water']
    for year in range(FIRST, FIRST + args.years):
        options += ['--meter-swap', iso(moment(year))]
        if year % 4 == 0:
            options += ['--gas-swap', iso(moment(year))]
        if year % 3 == 0:
            options += ['--gap', f'{iso(moment(year))}'
                        f'+{chance.randrange(1, 100)}h']
    return options


def year_of(telegram):
    at = telegram.index(b'0-0:1.0.0(') + 10
    return 2000 + int(telegram[at:at + 2])


def split(options, folder):
    """A file of telegrams for each year; {year: telegrams}."""
    counts, out = {}, {}
    sim = subprocess.Popen([BIN / 'p1sim', *options], stdout=subprocess.PIPE)
    telegram = []
    for line in sim.stdout:
        telegram.append(line)
        if not line.startswith(b'!'):
            continue
        text = b''.join(telegram)
        telegram = []
        year = year_of(text)
        if year not in out:
            out[year] = open(folder / f'{year}.txt', 'wb')
        out[year].write(text)
        counts[year] = counts.get(year, 0) + 1
    for file in out.values():
        file.close()
    if sim.wait() != 0:
        sys.exit('years: p1sim failed')
    return counts


def run(args, folder):
    chance = random.Random(args.seed)
    options = plan(args, chance)
    counts = split(options, folder)
    ini = folder / 'p1.ini'
    ini.write_text(f'[storage]\ndatabase = {folder}/p1.db\nrrd =\n'
                   'timezone = Europe/Amsterdam\n')
    order = list(counts)
    chance.shuffle(order)
    order.append(order[0])
    for year in order:
        subprocess.run([BIN / 'p1logger', '-c', ini, '--import',
                        folder / f'{year}.txt'], check=True,
                       env=later(args.years))
    for year in counts:
        (folder / f'{year}.txt').unlink()
    wrong = []
    sim = subprocess.Popen([BIN / 'p1sim', *options, '-o', '/dev/null',
                            '--truth', '/dev/stdout'], stdout=subprocess.PIPE)
    judge = subprocess.run([sys.executable, JUDGE, folder / 'p1.db'],
                           stdin=sim.stdout, capture_output=True, text=True,
                           check=False)
    sim.stdout.close()
    sim.wait()
    if judge.returncode != 0:
        wrong.append(judge.stdout + judge.stderr)
    verify = subprocess.run([BIN / 'p1logger', '-c', ini, '--verify'],
                            env=later(args.years), capture_output=True,
                            text=True, check=False)
    if verify.returncode != 0:
        wrong.append(verify.stdout + verify.stderr)
    return sum(counts.values()), order, wrong, judge.stdout


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('--years', type=int, default=24)
    args.add_argument('--interval', type=int, default=1800)
    args.add_argument('--seed', type=int, default=1)
    args = args.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix='p1-years-') as folder:
        telegrams, order, wrong, told = run(args, Path(folder))
    print(told, file=sys.stderr, end='')
    print(*wrong, sep='\n', file=sys.stderr)
    print(json.dumps({'what': 'years', 'seed': args.seed, 'times': args.years,
                      'telegrams': telegrams, 'order': order, 'lost': 0,
                      'false': len(wrong),
                      'seconds': round(time.monotonic() - began)}))
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()

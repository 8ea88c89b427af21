#!/usr/bin/env python3
"""million.py MODE [--telegrams N] [--seed S]: memory over N telegrams.

MODE is service (from a TCP port, as fast as it reads) or import (from a pipe).
The resident memory of p1logger is looked at all the time: after the first
tenth its highest value must not grow by more than 1 MB. Afterwards the
database must be sound and have no reading that the meter did not send.

Prints one line of figures; status 1 when memory grew or something was lost or
false. The program folder is P1_BIN.
"""
import argparse
import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(os.environ.get('P1_BIN',
                          Path(__file__).resolve().parents[2] / 'build'))
COUNTERS = ('import_t1_wh', 'import_t2_wh', 'export_t1_wh', 'export_t2_wh')
GROWTH_KB = 1024


def resident(pid):
    """In KB; None when the process has ended."""
    try:
        with open(f'/proc/{pid}/status', encoding='ascii') as status:
            for line in status:
                if line.startswith('VmRSS:'):
                    return int(line.split()[1])
    except OSError:
        pass
    return None


def household(args, *more):
    start = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(
        int(time.time()) // 86400 * 86400 - args.telegrams - 86400))
    return [BIN / 'p1sim', '--start', start, '-n', str(args.telegrams),
            '--seed', str(args.seed), *more]


def start(args, folder, ini):
    """(meter, logger), both at work."""
    settings = (f'[storage]\ndatabase = {folder}/p1.db\nrrd =\ncommit = 1\n'
                'timezone = Europe/Amsterdam\n')
    if args.mode == 'import':
        ini.write_text(settings)
        meter = subprocess.Popen(household(args), stdout=subprocess.PIPE)
        logger = subprocess.Popen([BIN / 'p1logger', '-c', ini, '--import',
                                   '-'], stdin=meter.stdout)
        meter.stdout.close()
        return meter, logger
    meter = subprocess.Popen(household(args, '--tcp', '0', '--fast'),
                             stdout=subprocess.PIPE, text=True)
    port = meter.stdout.readline().strip().rsplit(':', 1)[1]
    ini.write_text(f'[meter]\nport = tcp://127.0.0.1:{port}\n' + settings)
    return meter, subprocess.Popen([BIN / 'p1logger', '-c', ini],
                                   stderr=subprocess.DEVNULL)


def watch(meter, logger):
    """KB resident, at even distances, until the meter has ended."""
    seen = []
    while meter.poll() is None:
        seen.append(resident(logger.pid))
        time.sleep(0.05)
    return [kb for kb in seen if kb is not None]


def finish(args, logger):
    if args.mode == 'import':
        return logger.wait()
    time.sleep(3)  # what is in the socket, and a commit
    logger.terminate()
    return logger.wait()


def truth_of(args, folder):
    path = folder / 'truth.csv'
    subprocess.run(household(args, '-o', '/dev/null', '--truth', path),
                   check=True)
    with open(path, encoding='ascii') as rows:
        return {tuple(int(r[c]) for c in COUNTERS) for r in csv.DictReader(rows)}


def check(args, folder):
    """Rows, and those that no telegram had."""
    db = sqlite3.connect(folder / 'p1.db')
    if db.execute('PRAGMA integrity_check').fetchall() != [('ok',)]:
        sys.exit('million: the database is damaged')
    rows = db.execute(f'SELECT {", ".join(COUNTERS)} FROM electricity'
                      ).fetchall()
    truth = truth_of(args, folder)
    return len(rows), [r for r in rows if r not in truth]


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('mode', choices=('service', 'import'))
    args.add_argument('--telegrams', type=int, default=1000000)
    args.add_argument('--seed', type=int, default=1)
    args = args.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix='p1-million-') as name:
        folder = Path(name)
        meter, logger = start(args, folder, folder / 'p1.ini')
        seen = watch(meter, logger)
        status = finish(args, logger)
        rows, false = check(args, folder)
    tenth = len(seen) // 10
    early, late = seen[:tenth], seen[tenth:]
    grew = max(late) - max(early)
    wrong = len(false) + (grew > GROWTH_KB) + (status != 0) + (rows == 0)
    print(json.dumps({'what': args.mode, 'seed': args.seed,
                      'times': args.telegrams, 'rows': rows,
                      'kb_at_a_tenth': max(early), 'kb_at_half': max(seen[:len(seen) // 2]),
                      'kb_highest': max(late),
                      'kb_at_the_end': seen[-1], 'status': status,
                      'lost': 0, 'false': len(false),
                      'seconds': round(time.monotonic() - began)}))
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()

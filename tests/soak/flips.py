#!/usr/bin/env python3
"""flips.py [--seed S]: each single bit of a telegram is turned.

p1sim makes a telegram with a CRC, another household and dialect for each seed.
Each of its bits from the / to the ! is turned, one at a time, and p1logger
--decode must refuse all that come out; a bit behind the ! may at most be
refused, and never change a value.

Prints one line of figures; status 1 when a false reading got in. The program
folder is P1_BIN.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(os.environ.get('P1_BIN',
                          Path(__file__).resolve().parents[2] / 'build'))
DIALECTS = ('nl50', 'be', 'nl42', 'lu', 'se', 'hu', 'at', 'ie')
FILES = 400  # one process decodes so many


def decode(files):
    """The JSON lines of each of the files, all after one another."""
    done = subprocess.run([BIN / 'p1logger', '-c', '/dev/null', '--decode',
                           *files], capture_output=True, text=True,
                          check=False)
    if done.returncode not in (0, 65):
        sys.exit(f'flips: status {done.returncode}: {done.stderr}')
    return done.stdout.splitlines()


def turned(telegram, bit):
    out = bytearray(telegram)
    out[bit // 8] ^= 1 << bit % 8
    return bytes(out)


def write(folder, telegrams):
    """Each in a file of its own, by the number of its bit."""
    paths = []
    for bit, telegram in telegrams:
        path = folder / str(bit)
        path.write_bytes(telegram)
        paths.append(path)
    return paths


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('--seed', type=int, default=1)
    args = args.parse_args()
    began = time.monotonic()
    dialect = DIALECTS[args.seed % len(DIALECTS)]
    telegram = subprocess.run(
        [BIN / 'p1sim', '-n', '1', '--dialect', dialect, '--seed',
         str(args.seed), '--start', '2025-01-15T12:00:00Z', '--water'],
        capture_output=True, check=True).stdout
    end = telegram.rindex(b'!') + 1
    wrong = []
    with tempfile.TemporaryDirectory(prefix='p1-flips-') as name:
        folder = Path(name)
        whole = decode(write(folder, [('whole', telegram)]))
        if len(whole) != 1:
            sys.exit('flips: the telegram itself is refused')
        for first in range(0, 8 * end, FILES):
            bits = range(first, min(first + FILES, 8 * end))
            files = write(folder, [(b, turned(telegram, b)) for b in bits])
            if decode(files):
                wrong += [b for b, f in zip(bits, files) if decode([f])]
        for bit in range(8 * end, 8 * len(telegram)):
            got = decode(write(folder, [(bit, turned(telegram, bit))]))
            if got not in ([], whole):
                wrong.append(bit)
    for bit in wrong[:10]:
        print(f'--seed {args.seed}: bit {bit} gives another reading',
              file=sys.stderr)
    print(json.dumps({'what': 'flips', 'seed': args.seed, 'dialect': dialect,
                      'bytes': end, 'times': 8 * len(telegram), 'lost': 0,
                      'false': len(wrong),
                      'seconds': round(time.monotonic() - began)}))
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()

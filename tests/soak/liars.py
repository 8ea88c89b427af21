#!/usr/bin/env python3
"""liars.py [--seed S] [--times N] [--keep FOLDER]: meters that lie, N households.

A seed makes a household: electricity by total or by two to four tariffs, up to
three M-Bus meters, two of one medium among them; some change their form, go over
the end of the counter, are replaced, begin at zero or send no name for a while.
Then some telegrams say what is not so, with correct CRCs: zeros, dead channels,
steps, falls, stale values, turned bits, other times, two values in one stamp.
p1logger imports them in several orders and pieces, a person rejects and accepts
some held readings, and they are imported once more.

In every order the same readings must be accepted: those that largest_set.py finds
by looking at all pairs. The totals are what they counted, no hour is below zero,
and --verify finds nothing.

Prints one line of figures; status 1 when a household came out wrong. With --keep
the fewest telegrams that still show it are left in that folder, a file for each
import. The program folder is P1_BIN.
"""
import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]
import judge_telegrams as jt  # noqa: E402
import largest_set as ls  # noqa: E402

CODES = ['1.8.0', '1.8.1', '1.8.2', '1.8.3', '1.8.4',
         '2.8.0', '2.8.1', '2.8.2', '2.8.3', '2.8.4']
COLUMNS = ['import_total_wh', 'import_t1_wh', 'import_t2_wh', 'import_t3_wh',
           'import_t4_wh', 'export_total_wh', 'export_t1_wh', 'export_t2_wh',
           'export_t3_wh', 'export_t4_wh', 'reactive_import_total_varh',
           'reactive_export_total_varh']
EVERY_SUM = ', '.join(f'total({s})' for s in (
    'import_wh', 'import_t1_wh', 'import_t2_wh', 'export_wh', 'export_t1_wh',
    'export_t2_wh', 'gas_dm3', 'water_dm3', 'heat_mj'))
SUMS = {'gas': 'gas_dm3', 'water': 'water_dm3', 'heat': 'heat_mj'}


class Telegram:
    """What is said: a time, who says it, counters, and M-Bus values."""

    def __init__(self, ts, meter, wh, values):
        self.ts, self.meter, self.wh, self.values = ts, meter, wh, values
        self.shown = meter  # the identifier that is sent; None: none

    def text(self):
        return jt.telegram(
            self.ts, {CODES[i]: wh for i, wh in self.wh.items()},
            *(jt.value(v['kind'], v['ts'], v['count'], v['channel'],
                       v['meter']) for v in self.values), meter=self.shown)


# ------------------------------------------------------------- households


class Counter:
    """One that climbs at random, often not at all."""

    def __init__(self, r, most_per_hour, start):
        self.r, self.most, self.count = r, most_per_hour, start
        self.busy = r.random()

    def climb(self, seconds):
        if self.r.random() < self.busy:
            self.count += int(self.most * seconds / 3600 *
                              self.r.random() ** 3 * 0.9)
        self.count %= 10 ** 9 if self.count >= 10 ** 9 else 10 ** 12
        return self.count


def start_of(r, end):
    return r.choice((0, r.randrange(1000), r.randrange(10 ** 7),
                     r.randrange(10 ** 7), end - r.randrange(1, 3000)))


class Household:
    def __init__(self, r):
        self.r = r
        self.form = r.choice(('total', 'two', 'two', 'two', 'both', 'four'))
        self.spacing = r.choice((60, 300, 900, 900, 3600))
        self.n = r.randint(12, 70)
        self.tariffs = [Counter(r, 20000, start_of(r, 10 ** 8))
                        for _ in range(8)]
        self.media = self.choose_media()
        self.change = r.choice((None,) * 5 + ('form', 'swap', 'mbus', 'name'))
        self.at = r.randrange(4, self.n)
        self.plain = self.change != 'form'

    def choose_media(self):
        kinds = [self.r.choice(list(SUMS)) for _ in range(self.r.randrange(3))]
        if kinds and self.r.random() < 0.5:
            kinds.append(kinds[0])
        return [{'kind': k, 'channel': i + 1, 'meter': f'4D{i:02X}',
                 'counter': Counter(self.r, 9000 if k != 'heat' else 600,
                                    start_of(self.r, 10 ** 8)),
                 'every': self.r.choice((1, 300, 3600))}
                for i, k in enumerate(kinds)]

    def registers(self):
        """By place in COLUMNS: T1 and T2, T1 to T4, the total, or both."""
        count = 4 if self.form == 'four' else 2
        wh = {}
        for first, tariffs in ((0, self.tariffs[:count]),
                               (5, self.tariffs[4:4 + count])):
            counts = [t.count for t in tariffs]
            if self.form != 'total':
                wh.update({first + 1 + i: c for i, c in enumerate(counts)})
            if self.form in ('total', 'both'):
                wh[first] = sum(counts)
        return wh

    def pass_event(self):
        if self.change == 'form':
            self.form = self.r.choice(('total', 'two', 'both', 'four'))
        elif self.change == 'mbus' and self.media:
            m = self.media[0]
            m.update(meter='4DFF', counter=Counter(
                self.r, 3000, start_of(self.r, 10 ** 8)))
        elif self.change == 'swap':
            self.tariffs = [Counter(self.r, 20000, self.r.randrange(10 ** 6))
                            for _ in range(8)]

    def value(self, m, ts):
        stamped = ts - ts % m['every']
        if m.get('ts') != stamped:
            m['counter'].climb(stamped - m.get('ts', stamped))
            m['ts'] = stamped
        return {'kind': m['kind'], 'ts': stamped, 'channel': m['channel'],
                'meter': m['meter'], 'count': m['counter'].count}

    def telegrams(self):
        ts, meter, out = jt.START, jt.METER, []
        for i in range(self.n):
            if i == self.at:
                self.pass_event()
                meter = '4B4E4557' if self.change == 'swap' else meter
            wait = self.spacing
            if self.r.random() < 0.02:
                wait += self.r.randrange(4 * jt.DAY)
            ts += wait
            for t in self.tariffs:
                t.climb(wait / len(self.tariffs))
            out.append(Telegram(ts, meter, self.registers(),
                                [self.value(m, ts) for m in self.media]))
        if self.change == 'name':
            shown = self.r.choice((None, '', jt.METER.lower()))
            for t in out[self.at:self.at + self.r.randint(1, self.n)]:
                t.shown = shown
        return out


# ------------------------------------------------------------------ lies


def lie_zero(r, count, _):
    return lambda old, i: 0


def lie_step(r, count, span):
    by = r.choice((r.randrange(1, 30), r.randrange(1, 1 + span),
                   r.randrange(1, 1 + 20 * span), r.randrange(1, 10 ** 7)))
    return lambda old, i: old + by


def lie_fall(r, count, span):
    by = r.choice((1, r.randrange(1, 30), r.randrange(1, 1 + span),
                   r.randrange(1, 10 ** 6)))
    return lambda old, i: max(0, old - by)


def lie_climb(r, count, span):
    by = r.randrange(1, 1 + span)
    return lambda old, i: old + by * (i + 1)


def lie_stale(r, count, _):
    return lambda old, i: count


def lie_bit(r, count, _):
    bit = 1 << r.randrange(27)
    return lambda old, i: old ^ bit


def lie_random(r, count, _):
    end = r.choice((10 ** 3, 10 ** 6, 10 ** 8))
    return lambda old, i: r.randrange(end)


LIES = (lie_zero, lie_step, lie_fall, lie_climb, lie_stale, lie_bit, lie_random)


class Liar:
    """Falsifies some telegrams of a list."""

    def __init__(self, r, telegrams):
        self.r, self.list = r, telegrams

    def counters(self):
        """A function that lists what of a telegram a lie is about."""
        places = len(self.list[0].values) + 1
        place = self.r.randrange(places)
        if place > 0:
            return lambda t: [(t.values[place - 1], 'count')]
        width = self.r.choice((1, 1, 99))
        return lambda t: [(t.wh, k) for k in sorted(t.wh)][:width]

    def some(self):
        first = self.r.randrange(len(self.list))
        length = self.r.choice((1, 1, 1, 2, 3, self.r.randint(1, 12)))
        return self.list[first:first + length]

    def count(self):
        of = self.counters()
        told = self.some()
        old = self.r.choice(self.list)
        where, key = of(old)[0]
        lie = self.r.choice(LIES)(self.r, where[key], 9000)
        for i, t in enumerate(told):
            for where, key in of(t):
                where[key] = min(lie(where[key], i), 10 ** 9 - 1)

    def time(self):
        by = self.r.choice((-1, 1, 30, 600, 3600, 7200, jt.DAY, 9 * jt.DAY)) \
            * self.r.choice((-1, 1))
        for t in self.some():
            t.ts += by
            if self.r.random() < 0.5:
                for v in t.values:
                    v['ts'] += by

    def again(self):
        """A stamp that is said twice, with what another telegram shows."""
        a, b = self.r.choice(self.list), self.r.choice(self.list)
        place = self.r.randrange(len(a.values) + 1)
        if place == 0:
            a.ts = b.ts
        elif place <= min(len(a.values), len(b.values)):
            a.values[place - 1]['ts'] = b.values[place - 1]['ts']

    def dead(self):
        """A channel that is dead at first, or longer than it is alive."""
        place = self.r.randrange(len(self.list[0].values) + 1)
        first = self.r.choice((0, 0, self.r.randrange(len(self.list))))
        for t in self.list[first:first + self.r.randint(2, len(self.list))]:
            if place == 0:
                t.wh = dict.fromkeys(t.wh, 0)
            else:
                t.values[place - 1]['count'] = 0

    def tell(self):
        for _ in range(self.r.choice((1, 1, 2, 3, 4, 6))):
            self.r.choice((self.count, self.count, self.count, self.count,
                           self.count, self.time, self.again, self.dead))()


# ------------------------------------------------------------ what is right


def readings_of(telegrams):
    """(kind, meter) to what its meter says in all of them."""
    found = {}
    for t in telegrams:
        values = tuple(t.wh.get(i) for i in range(ls.REGISTERS))
        found.setdefault(('electricity', t.meter), set()).add((t.ts, values))
        for v in t.values:
            values = (v['count'],) + (None,) * (ls.REGISTERS - 1)
            found.setdefault((v['kind'], v['meter']), set()).add(
                (v['ts'], values))
    return found


class Right:
    """What must come of telegrams, and of what a person said of some."""

    def __init__(self, telegrams, pins, plain):
        self.plain = plain
        self.pins = {}
        for key, reading, says in pins:
            self.pins.setdefault(key, {})[reading] = says
        self.chains = {
            key: ls.largest_set(ls.MBUS.get(key[0], ls.ELECTRICITY), readings,
                                self.pins.get(key, {}))
            for key, readings in readings_of(telegrams).items()}

    def accepted(self):
        return {(key, reading) for key, chain in self.chains.items()
                for reading in chain}

    def counted(self, kind, registers):
        """Each meter by itself; one that another one interrupts counts not on."""
        if kind != 'electricity':
            return sum(ls.consumed(c, self.pins.get(k, {}), registers)
                       for k, c in self.chains.items() if k[0] == kind)
        rows = sorted((r[0], k, r) for k, c in self.chains.items()
                      if k[0] == kind for r in c)
        return sum(ls.consumed([a[2], b[2]], self.pins.get(a[1], {}), registers)
                   for a, b in zip(rows, rows[1:]) if a[1] == b[1])

    def sums(self):
        out = {SUMS[k]: self.counted(k, [0])
               for k in {k for k, _ in self.chains} & set(SUMS)}
        if self.plain:
            for name, first in (('import', 0), ('export', 5)):
                shown = any(r[1][first] is not None for k, c in
                            self.chains.items() if k[0] == 'electricity'
                            for r in c)
                out[f'{name}_wh'] = self.counted(
                    'electricity',
                    [first] if shown else range(first + 1, first + 5))
        return out


# -------------------------------------------------------------- p1logger


def accepted_in(house):
    rows = house.ask(f'SELECT m.identifier, r.ts, {", ".join(COLUMNS)} FROM '
                     'electricity AS r JOIN meter AS m ON m.id = r.meter')
    found = {(('electricity', row[0].upper() or jt.METER),
              (row[1], row[2:])) for row in rows}
    rows = house.ask('SELECT m.medium, m.identifier, v.ts, v.value FROM mbus '
                     'AS v JOIN meter AS m ON m.id = v.meter')
    return found | {((row[0], row[1]),
                     (row[2], (row[3],) + (None,) * (ls.REGISTERS - 1)))
                    for row in rows}


def held_in(house):
    """Number, meter and reading of each held one, in an order of their own."""
    rows = house.ask('SELECT h.id, m.medium, m.identifier, h.ts, h.value, '
                     f'{", ".join("h." + c for c in COLUMNS)} FROM held AS h '
                     "JOIN meter AS m ON m.id = h.meter WHERE reason != 'time'")
    out = []
    for number, medium, name, ts, value, *wh in rows:
        counters = (value,) + (None,) * (ls.REGISTERS - 1)
        if medium == 'electricity':
            name, counters = name.upper() or jt.METER, tuple(wh)
        out.append((number, (medium, name), (ts, counters)))
    return sorted(out, key=lambda h: (h[1], ls.order(h[2])))


def first_counter(reading):
    return next((v for v in reading[1] if v is not None), None)


def faults_of(house, right):
    wrong = []
    is_, want = accepted_in(house), right.accepted()
    if is_ != want:
        wrong.append(f'accepted falsely {sorted(is_ - want, key=str)[:3]}, '
                     f'held falsely {sorted(want - is_, key=str)[:3]}')
    for column, sum_ in right.sums().items():
        hours = house.number(f'SELECT ifnull(sum({column}), 0) FROM hourly_wh')
        if not wrong and hours != sum_:
            wrong.append(f'{column} is {hours}, right is {sum_}')
    below = house.number('SELECT count(*) FROM hourly_wh WHERE import_wh < 0 OR '
                         'export_wh < 0 OR gas_dm3 < 0 OR water_dm3 < 0 OR '
                         'heat_mj < 0')
    if below:
        wrong.append(f'{below} hours are below zero')
    status, said = house.run('--verify')
    if status != 0:
        wrong.append(f'--verify ends with {status}: {said[:300]}')
    return wrong


# ---------------------------------------------------------------- trials


class Trial:
    """Files of telegrams, by their places, and how often to ask a person."""

    def __init__(self, telegrams, files, says, plain):
        self.telegrams, self.files = telegrams, files
        self.says, self.plain = says, plain
        self.counted = None  # in the end, by series

    def all(self):
        return [self.telegrams[i] for f in self.files for i in f]

    def pin(self, house):
        """Let a person reject or accept held readings; those that he chose.

        One reading of a stamp at most, and none that shows the same counter.
        """
        pins = []
        for says, share in self.says:
            held = held_in(house)
            if not held:
                break
            number, key, reading = held[int(share * len(held))]
            if any(k == key and r[0] == reading[0] for k, r, _ in pins):
                continue
            twins = [r for k, rs in readings_of(self.all()).items() if k == key
                     for r in rs if r[0] == reading[0] and
                     first_counter(r) == first_counter(reading)]
            if len(twins) > 1:
                continue
            verb = 'accept' if says == ls.STAYS else 'reject'
            house.run('--quarantine', verb, str(number))
            pins.append((key, reading, says))
        return pins

    def run(self, folder):
        """'' or what is wrong."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        house = jt.House(folder, interval=1)
        for f in self.files:
            house.read([self.telegrams[i].text() for i in f])
        wrong = faults_of(house, Right(self.all(), [], self.plain))
        pins = [] if wrong else self.pin(house)
        if pins:
            right = Right(self.all(), pins, self.plain)
            wrong = [f'pins {pins}: {w}' for w in faults_of(house, right)]
            house.read([t.text() for t in self.all()])
            wrong = wrong or [f'again, pins {pins}: {w}'
                              for w in faults_of(house, right)]
        self.counted = house.ask(f'SELECT {EVERY_SUM} FROM hourly_wh')[0]
        return '; '.join(wrong)


def orders_of(r, n):
    """Ways to import n telegrams: lists of files."""
    every = list(range(n))
    shuffled = r.sample(every, n)
    cuts = sorted(r.sample(range(1, n), min(n - 1, 3)))
    pieces = [every[a:b] for a, b in zip([0] + cuts, cuts + [n])]
    mixed = r.sample(pieces, len(pieces))
    half = n // 2
    return [[every], [shuffled], mixed, pieces[::-1],
            [shuffled[:half], shuffled[half:]]]


def shrink(trial, folder, tries=150):
    """Leave telegrams out as long as something is wrong."""
    size = len(trial.all()) // 2
    while size > 0 and tries > 0:
        flat = [(n, i) for n, f in enumerate(trial.files) for i in f]
        for at in range(0, len(flat), size):
            left = flat[:at] + flat[at + size:]
            files = [[i for n, i in left if n == k]
                     for k in range(len(trial.files))]
            smaller = Trial(trial.telegrams, [f for f in files if f],
                            trial.says, trial.plain)
            tries -= 1
            if smaller.files and smaller.run(folder):
                trial = smaller
                break
        else:
            size //= 2
    return trial


def keep(trial, folder, target, name):
    small = shrink(trial, folder)
    target.mkdir(parents=True, exist_ok=True)
    for n, f in enumerate(small.files, 1):
        (target / f'{name}-{n}.txt').write_bytes(
            b''.join(small.telegrams[i].text() for i in f))
    (target / f'{name}.answer').write_text(small.run(folder) + '\n')


def one_meter_a_second(telegrams):
    """Without those that another electricity meter's have the time of."""
    meter = {}
    return [t for t in telegrams if meter.setdefault(t.ts, t.meter) == t.meter]


def play(seed, folder, target):
    """Judge a household in each order. Returns imports, and what is wrong."""
    r = random.Random(seed)
    household = Household(r)
    telegrams = household.telegrams()
    Liar(r, telegrams).tell()
    telegrams = one_meter_a_second(telegrams)
    says = [(r.choice((ls.STAYS, ls.GOES)), r.random())
            for _ in range(r.choice((0, 1, 2)))]
    wrong, counted = [], None
    orders = orders_of(r, len(telegrams))
    for n, files in enumerate(orders):
        trial = Trial(telegrams, files, says, household.plain)
        what = trial.run(folder)
        counted = counted or trial.counted
        if not what and trial.counted != counted:
            what = f'{counted} was counted in order 0, {trial.counted} here'
        if not what:
            continue
        wrong.append(f'seed {seed}, order {n}: {what}')
        if target is not None:
            keep(trial, folder, target, f'{seed}-{n}')
    return len(orders), wrong


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('--seed', type=int, default=1)
    args.add_argument('--times', type=int, default=100)
    args.add_argument('--keep', type=Path)
    args = args.parse_args()
    began, trials, false = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory(prefix='p1-liars-') as scratch:
        for i in range(args.times):
            count, wrong = play(args.seed * 100000 + i, Path(scratch) / 'house',
                                args.keep)
            trials += count
            false += len(wrong)
            for what in wrong:
                print(what, file=sys.stderr)
    print(json.dumps({'what': 'liars', 'seed': args.seed, 'times': trials,
                      'false': false,
                      'seconds': round(time.monotonic() - began)}))
    sys.exit(1 if false else 0)


if __name__ == '__main__':
    main()

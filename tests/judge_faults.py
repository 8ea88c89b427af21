#!/usr/bin/env python3
"""judge_faults.py FOLDER GROUP: meters that say what is not so.

Each scene is a few files of telegrams with correct CRCs whose totals are known.
They are imported one after the other, most of them in every order, and the
views are held against what is right. Names each scene of the group that is wrong,
and ends with status 1 if there is one.
"""
import itertools
import shutil
import sys
from pathlib import Path

from judge_telegrams import DAY, HOUR, METER, START, House, telegram, value

FIFTEEN = 900
SUMS = ('import_wh', 'gas_dm3', 'water_dm3')
SCENES = {}


class Scene:
    """Files of telegrams, and what is right of them.

    `any_order`: files may come in any order. `held`: readings that are held.
    `rows`: readings of electricity that are accepted; None: any number.
    """

    def __init__(self, *files, any_order=True, held=0, rows=None, **sums):
        self.files, self.any_order = files, any_order
        self.held, self.rows, self.sums = held, rows, sums

    def orders(self):
        """Six at most, the first and the last among them."""
        if not self.any_order:
            return [self.files]
        every = list(itertools.permutations(self.files))
        return every[::max(1, len(every) // 5)] + every[-1:]


def scene(group):
    """Enter a function that returns a Scene in a group of scenes."""
    def enter(function):
        SCENES.setdefault(group, []).append(function)
        return function
    return enter


def pieces(telegrams, *at):
    """Cut a list into files before these places."""
    ends = (*at, len(telegrams))
    return [telegrams[a:b] for a, b in zip((0, *at), ends)]


def hourly(values, kind='gas', start=START, wh=100):
    """A telegram an hour; electricity climbs evenly, None: none is sent."""
    return [telegram(start + h * HOUR, {'1.8.1': 2000000 + wh * h},
                     value(kind, start + h * HOUR, v))
            for h, v in enumerate(values) if v is not None]


def evenly(hours, first, step):
    return [first + step * h for h in range(hours)]


# Counters that go over their end, and zeros.


@scene('zeros')
def roll_over_in_a_taken_interval():
    """The first reading behind the end lies in an interval that has a row."""
    def at(second, wh):
        return telegram(START + second, {'1.8.0': wh})
    before = [at(0, 99999900), at(10, 99999940), at(20, 99999980)]
    behind = [at(25, 20)] + [at(s, 20 + 4 * (s - 25)) for s in range(30, 330, 10)]
    return Scene(before, behind, any_order=False,
                 import_wh=20 + 4 * 295 + 100, rows=3 + 30)


@scene('zeros')
def zero_just_before_a_roll_over():
    """One 0 close below the end: a fall, although it could be the end."""
    gas = [99999400, 99999500, 0, 99999600, 99999700, 100]
    return Scene(*pieces(hourly(gas), 2, 3), held=1, gas_dm3=700,
                 import_wh=500, rows=6)


@scene('zeros')
def true_zeros_then_days_without_telegrams():
    """A meter that has counted nothing yet is right about it."""
    gas = [0] * 40 + [None] * 72 + evenly(20, 900, 15)
    return Scene(*pieces(hourly(gas), 30, 50), gas_dm3=900 + 19 * 15, held=0)


@scene('zeros')
def dead_channel_where_files_meet():
    """Two dead hours in a row at each end of a file, and one high outlier."""
    gas = evenly(60, 500000, 700)
    gas[1:10] = [0] * 9
    gas[40] += 1900000
    return Scene(*pieces(hourly(gas), 6, 10), held=10, rows=60,
                 gas_dm3=59 * 700, import_wh=5900)


@scene('zeros')
def dead_start():
    """Zeros before a first count that is far from them."""
    water = [0, 0, 0] + evenly(6, 400000, 30)
    return Scene(*pieces(hourly(water, 'water'), 2, 4, 7), held=3,
                 water_dm3=150, import_wh=800, rows=9)


# Steps that the connection allows, at first sight.


@scene('steps')
def two_false_steps():
    """Each fits what was before it; truth lies between them and behind."""
    gas = evenly(8 * 24, 300000, 8)
    gas[6] += 7000
    gas[9] += 21000
    return Scene(*pieces(hourly(gas), 7, 10), held=2, gas_dm3=191 * 8,
                 rows=192)


@scene('steps')
def two_false_steps_at_the_beginning():
    """Three readings that are too high, then five that are right."""
    gas = [304000, 304100, 304150] + evenly(5, 302000, 90)
    return Scene(*pieces(hourly(gas), 2, 4), held=3, gas_dm3=4 * 90, rows=8)


@scene('steps')
def equal_counters_around_the_truth():
    """One false value at two times, behind an outlier, and truth between."""
    gas = evenly(10, 700000, 100)
    gas[4], gas[5], gas[7] = 1500000, 700950, 700950
    return Scene(*pieces(hourly(gas), 6, 7), held=3, gas_dm3=900, rows=10)


@scene('steps')
def two_values_in_one_stamp():
    """The false one came first; what follows fits the other."""
    def at(minute, stamped, dm3):
        return telegram(START + 60 * minute, {'1.8.1': 5000 + minute},
                        value('gas', START + 60 * stamped, dm3))
    sent = [at(0, 0, 60000), at(10, 10, 60500), at(13, 10, 60040),
            at(21, 20, 60080), at(31, 30, 60120)]
    return Scene(*pieces(sent, 2, 3), held=1, gas_dm3=120, import_wh=31)


@scene('steps')
def an_older_archive_that_is_too_high():
    """Three readings of it are above the newer one that was there."""
    wh = [4000000, 4141000, 4144000, 4148000]
    old = [telegram(START + h * HOUR, {'1.8.1': w}) for h, w in enumerate(wh)]
    new = [telegram(START + 30 * HOUR + m * 60, {'1.8.1': 4060000 + m})
           for m in range(8)]
    return Scene(new, old, held=3, import_wh=60007, rows=9)


@scene('steps')
def three_lies_in_a_row():
    """One bit for half a minute, where the counter hardly moves."""
    wh = evenly(40, 8000000, 1)
    sent = [telegram(START + 10 * i, {'1.8.1': w + (512 if 12 <= i < 15 else 0)})
            for i, w in enumerate(wh)]
    return Scene(*pieces(sent, 13, 14), held=3, rows=37, import_wh=39)


@scene('steps')
def a_stale_reading_behind_a_lie():
    """A lie behind a gap, and what the meter said some minutes before it."""
    def at(i, wh):
        return telegram(START + 300 * i, {'1.8.1': wh})
    before = [at(i, 1000000 + 8 * i) for i in range(100)]
    gap = 172
    false = [at(gap, 1301376), at(gap + 1, 1000776)]
    after = [at(i, 1000000 + 8 * i) for i in range(gap + 2, gap + 902)]
    return Scene(before, false, after, held=2, rows=1000,
                 import_wh=8 * (gap + 901))


@scene('steps')
def a_clock_that_was_years_behind():
    """Three telegrams of another year, then the archive of the years between."""
    years = 5 * 365
    wrong = [telegram(START - 2200 * DAY + 10 * i, {'1.8.1': 9000000 + i})
             for i in range(3)]
    right = [telegram(START + 10 * i, {'1.8.1': 9000003 + i})
             for i in range(60)]
    archive = [telegram(START - years * DAY + i * DAY, {'1.8.1': 4900 * i})
               for i in range(1, years)]
    return Scene(wrong + right, archive, held=3, rows=60 + years - 1,
                 import_wh=9000062 - 4900)


# Who is it?


def quarters(*meters):
    return [telegram(START + FIFTEEN * i, {'1.8.0': 7000000 + 125 * i}, meter=m)
            for i, m in enumerate(meters)]


def no_name(count):
    """An identifier, then an empty one for some telegrams, then it again."""
    return quarters(METER, *[''] * count, METER)


@scene('identifiers')
def an_empty_identifier_for_nine_telegrams():
    return Scene(*pieces(no_name(9), 4, 10), import_wh=1250, rows=11)


@scene('identifiers')
def an_empty_identifier_for_ten_telegrams():
    return Scene(*pieces(no_name(10), 4, 11), import_wh=1375, rows=12)


@scene('identifiers')
def an_identifier_that_appears():
    return Scene(*pieces(quarters(None, None, METER, METER, METER), 2),
                 import_wh=500, rows=5)


@scene('identifiers')
def an_identifier_in_small_letters():
    small = METER.lower()
    return Scene(*pieces(quarters(METER, METER, small, small, small), 2),
                 import_wh=500, rows=5)


# The same energy, counted once or by tariff.


def forms(*kinds):
    sent = []
    for i, kind in enumerate(kinds):
        day, night = 3000000 + 75 * i, 5000000 + 50 * i
        registers = {'1.8.0': day + night} if kind == 'total' else {
            '1.8.1': day, '1.8.2': night}
        sent.append(telegram(START + FIFTEEN * i, registers))
    return sent


@scene('forms')
def a_total_then_tariffs():
    sent = forms(*['total'] * 4, *['tariffs'] * 10)
    return Scene(*pieces(sent, 3, 6), import_wh=1625, rows=14)


@scene('forms')
def tariffs_then_a_total():
    sent = forms(*['tariffs'] * 4, *['total'] * 10)
    return Scene(*pieces(sent, 3, 6), import_wh=1625, rows=14)


def faults_of(house, right):
    """What is wrong in a database, as sentences."""
    wrong = []

    def check(what, is_, want):
        if want is not None and is_ != want:
            wrong.append(f'{what} {is_}, right is {want}')

    for name in SUMS:
        check(name, house.number(f'SELECT sum({name}) FROM daily_wh'),
              right.sums.get(name))
    check('held', house.number(
        'SELECT ifnull(sum(count), 0) FROM quarantine'), right.held)
    check('rows', house.number('SELECT count(*) FROM electricity'), right.rows)
    check('hours below zero', house.number(
        'SELECT count(*) FROM hourly_wh WHERE min(import_wh, '
        'ifnull(gas_dm3, 0), ifnull(water_dm3, 0)) < 0'), 0)
    check('--verify', house.run('--verify')[0], 0)
    return wrong


def accepted(house):
    return house.ask('SELECT ts, 0 FROM electricity UNION ALL '
                     'SELECT ts, value FROM mbus ORDER BY 1, 2')


def play(right, folder):
    """Import a scene in each order; '' or what is wrong."""
    first = None
    for order in right.orders():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        house = House(folder)
        for telegrams in order:
            house.read(telegrams)
        wrong, kept = faults_of(house, right), accepted(house)
        if first not in (None, kept):
            wrong.append('other readings are accepted than in another order')
        if wrong:
            places = [right.files.index(f) + 1 for f in order]
            return f'files {places}: ' + '; '.join(wrong)
        first = kept
    return ''


def main(folder, group):
    status = 0
    for function in SCENES[group]:
        wrong = play(function(), Path(folder) / 'scene')
        if wrong:
            print(f'{function.__name__}: {wrong}')
            status = 1
    return status


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))

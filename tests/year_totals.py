#!/usr/bin/env python3
"""year_totals.py DATABASE [RRD-FOLDER [SETTINGS]] <TRUTH: are all sums exact?

Works out the consumption of every local hour, day, month and year from a truth
file of p1sim, with nothing of the project's and of SQLite's arithmetic, and
holds the views, the RRD files and p1report against it. Prints what it compared; ends
with status 1 at the first disagreement, which it names.
"""
import bisect
import csv
import math
import sqlite3
import subprocess
import sys
from array import array
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo('Europe/Amsterdam')
ELECTRICITY = ('import_t1_wh', 'import_t2_wh', 'export_t1_wh', 'export_t2_wh')
SUMS = {'import_wh': ELECTRICITY[:2], 'export_wh': ELECTRICITY[2:]}
MBUS = {'gas': 'gas_dm3', 'water': 'water_dm3', 'heat': 'heat_mj'}
RATES = {  # data source of each RRD file: column of the views
    'electricity': {'power_import': 'import_wh', 'power_export': 'export_wh',
                    'power_import_t1': 'import_t1_wh',
                    'power_import_t2': 'import_t2_wh',
                    'power_export_t1': 'export_t1_wh',
                    'power_export_t2': 'export_t2_wh'},
    'gas': {'gas': 'gas_dm3'}, 'water': {'water': 'water_dm3'},
    'heat': {'heat': 'heat_mj'},
}


def seconds(iso):
    """'2025-01-31T12:00:00Z' in seconds since 1970."""
    return int(datetime.fromisoformat(iso[:-1] + '+00:00').timestamp())


class Medium:
    """The readings of all meters of a medium, one after the other."""

    def __init__(self, columns):
        self.ts = array('q')
        self.counter = {c: array('q') for c in columns}
        self.meter = None
        self.offset = dict.fromkeys(columns, 0)
        self.total = dict.fromkeys(columns, 0)  # over the installations
        self.first = {}
        self.last = {}

    def add(self, ts, meter, values):
        if self.ts and ts <= self.ts[-1]:
            return
        if meter != self.meter:
            for c, v in values.items():
                if self.ts:
                    self.total[c] += self.last[c] - self.first[c]
                    self.offset[c] = self.counter[c][-1] - v
                self.first[c] = v
            self.meter = meter
        self.ts.append(ts)
        for c, v in values.items():
            self.counter[c].append(v + self.offset[c])
            self.last[c] = v

    def close(self):
        for c in self.total:
            self.total[c] += self.last[c] - self.first[c]

    def known(self, start, end):
        return bool(self.ts) and end > self.ts[0] and start <= self.ts[-1]

    def around(self, t):
        """Indices of the readings at or before, and at or after, t."""
        t = min(max(t, self.ts[0]), self.ts[-1])
        after = bisect.bisect_left(self.ts, t)
        return t, after - (self.ts[after] != t), after

    def gap(self, t):
        _, before, after = self.around(t)
        return self.ts[after] - self.ts[before]

    def at(self, column, t):
        t, before, after = self.around(t)
        c = self.counter[column]
        if before == after:
            return c[before]
        climbed = c[after] - c[before]
        return c[before] + (climbed * (t - self.ts[before]) //
                            (self.ts[after] - self.ts[before]))

    def used(self, column, start, end):
        return self.at(column, end) - self.at(column, start)


def read_truth(lines):
    media = {'electricity': Medium(ELECTRICITY)}
    for name, column in MBUS.items():
        media[name] = Medium((column,))
    rows = csv.reader(lines)
    index = {name: i for i, name in enumerate(next(rows))}
    power = media['electricity']
    registers = [(c, index[c]) for c in ELECTRICITY]
    others = [(media[n], c, index[n + '_meter'], index[n + '_utc'], index[c])
              for n, c in MBUS.items()]
    stamps = {}
    for row in rows:
        power.add(seconds(row[index['utc']]), row[index['meter']],
                  {c: int(row[i]) for c, i in registers})
        for medium, column, meter, utc, value in others:
            if row[utc] == '' or stamps.get(column) == row[utc]:
                continue
            stamps[column] = row[utc]
            medium.add(seconds(row[utc]), row[meter], {column: int(row[value])})
    for medium in media.values():
        if medium.ts:
            medium.close()
    return {n: m for n, m in media.items() if m.ts}


def midnight(date):
    return int(datetime(date.year, date.month, date.day,
                        tzinfo=ZONE).timestamp())


def periods(media):
    """What begins and ends when: {view: [(start, end), ...]}."""
    first = min(m.ts[0] for m in media.values())
    last = max(m.ts[-1] for m in media.values())
    day = datetime.fromtimestamp(first, ZONE).date()
    found = {'hourly': [], 'daily': [], 'monthly': [], 'yearly': []}
    month = year = None
    while midnight(day) <= last:
        start, end = midnight(day), midnight(day + timedelta(days=1))
        found['daily'].append((start, end))
        found['hourly'] += [(h, min(h + 3600, end))
                            for h in range(start, end, 3600)]
        if month != (day.year, day.month):
            month = (day.year, day.month)
            following = (day.replace(day=1) + timedelta(days=32))
            found['monthly'].append((midnight(day.replace(day=1)),
                                     midnight(following.replace(day=1))))
        if year != day.year:
            year = day.year
            found['yearly'].append(
                (midnight(day.replace(month=1, day=1)),
                 midnight(day.replace(year=year + 1, month=1, day=1))))
        day += timedelta(days=1)
    return found


def expected(media, start, end):
    """One row of a view: {column: amount or None}."""
    row = {}
    for name, medium in media.items():
        known = medium.known(start, end)
        for column in medium.total:
            row[column] = medium.used(column, start, end) if known else None
        gap = 'gap_s' if name == 'electricity' else name + '_gap_s'
        row[gap] = max(medium.gap(start), medium.gap(end)) if known else None
    for column, parts in SUMS.items():
        row[column] = (None if row[parts[0]] is None
                       else sum(row[p] for p in parts))
    return row


def iso(t):
    return datetime.fromtimestamp(t, ZONE).isoformat()


def check_view(db, view, media, spans):
    """Each row of a view is what was worked out; returns the sums."""
    told = {(r['start_ts'], r['end_ts']): r
            for r in db.execute(f'SELECT * FROM {view}_wh')}
    sums = {}
    for start, end in spans:
        want = expected(media, start, end)
        row = told.pop((start, end), None)
        if row is None:
            if any(v is not None for v in want.values()):
                sys.exit(f'{view}: no row for {iso(start)}')
            continue
        for column, value in want.items():
            if row[column] != value:
                sys.exit(f'{view} {iso(start)}: {column} is {row[column]}, '
                         f'not {value}')
            if value is not None and not column.endswith('gap_s'):
                sums[column] = sums.get(column, 0) + value
    if told:
        sys.exit(f'{view}: a row too many, from {iso(min(told)[0])}')
    return sums


def check_big(db, view):
    """The view in kWh, m3 and GJ says the same as that in Wh, dm3 and MJ."""
    pairs = {'import_kwh': 'import_wh', 'export_t2_kwh': 'export_t2_wh',
             'gas_m3': 'gas_dm3', 'water_m3': 'water_dm3',
             'heat_gj': 'heat_mj', 'gap_s': 'gap_s'}
    both = db.execute(f'SELECT * FROM {view} ORDER BY start_ts').fetchall()
    small = db.execute(f'SELECT * FROM {view}_wh ORDER BY start_ts').fetchall()
    for big, row in zip(both, small, strict=True):
        for name, other in pairs.items():
            part = 1 if name == 'gap_s' else 1000
            if row[other] is None:
                right = big[name] is None
            else:
                right = big[name] == row[other] / part
            if not right:
                sys.exit(f'{view} {iso(row["start_ts"])}: {name} is '
                         f'{big[name]}, and {other} {row[other]}')


def check_database(path, media, spans):
    db = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
    db.row_factory = sqlite3.Row
    totals = {c: t for m in media.values() for c, t in m.total.items()}
    for column, parts in SUMS.items():
        totals[column] = sum(totals[p] for p in parts)
    for view, of_view in spans.items():
        sums = check_view(db, view, media, of_view)
        if sums != totals:
            sys.exit(f'{view}: the sums are {sums}, not {totals}')
        if view != 'hourly':  # it is made by the same rule, and slow
            check_big(db, view)
        print(f'{view}: {len(of_view)} rows, sums exact')
    print(', '.join(f'{c} {t}' for c, t in sorted(totals.items())))


def fetch(folder, name, step, start, end):
    """{end of the step: {data source: rate or None}}"""
    out = subprocess.run(
        ['rrdtool', 'fetch', f'{folder}/{name}.rrd', 'AVERAGE', '-r',
         str(step), '-s', str(start), '-e', str(end - 1)], check=True,
        capture_output=True, text=True).stdout.splitlines()
    sources, rows = out[0].split(), {}
    for line in out[2:]:
        ts, values = line.split(': ')
        rows[int(ts)] = {s: None if 'nan' in v else float(v)
                         for s, v in zip(sources, values.split())}
    return rows


def check_rrd(folder, name, medium, days, step):
    """Days as sums of steps; one with a gap must have unknown steps."""
    whole = gaps = 0
    rows = fetch(folder, name, step, days[0][0], days[-1][1])
    widest = 1200 if name == 'electricity' else 3 * 3600
    for start, end in days:
        steps = [rows.get(t) for t in range(start + step, end + 1, step)]
        if start < medium.ts[0] or end > medium.ts[-1]:
            continue
        inside = medium.ts[bisect.bisect_right(medium.ts, start) - 1:
                           bisect.bisect_left(medium.ts, end) + 1]
        gap = max(b - a for a, b in zip(inside, inside[1:])) > widest
        for source, column in RATES[name].items():
            rates = [s and s.get(source) for s in steps]
            unknown = any(r is None for r in rates)
            if unknown != gap:
                sys.exit(f'{name}.rrd {iso(start)}: {source} is '
                         f'{"unknown" if unknown else "known"} in part')
            if gap:
                continue
            want = sum(medium.used(c, start, end)
                       for c in SUMS.get(column, (column,)))
            told = math.fsum(rates) * step / 3600
            if abs(told - want) > 1e-4:
                sys.exit(f'{name}.rrd {iso(start)}: {source} adds up to '
                         f'{told}, not {want}')
        gaps += gap
        whole += not gap
    print(f'{name}.rrd, steps of {step} s: {whole} days exact, '
          f'{gaps} with unknown steps')
    return whole, gaps


def check_quarters(path, media):
    """The view `quarter`: each one that ended before the last reading."""
    power = media['electricity']
    db = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
    n = 0
    for start, taken, given, gap in db.execute(
            'SELECT start_ts, import_wh, export_wh, gap_s FROM quarter'):
        want = expected({'electricity': power}, start, start + 900)
        if (taken, given, gap) != (want['import_wh'], want['export_wh'],
                                   want['gap_s']):
            sys.exit(f'quarter {iso(start)}: {taken}, {given}, {gap}, not '
                     f'{want}')
        n += 1
    if n != power.ts[-1] // 900 - -(-power.ts[0] // 900):
        sys.exit(f'quarter: {n} rows')
    print(f'quarter: {n} rows, all exact')


def number(text):
    """'1.234' as 1234."""
    whole, part = text.split('.')
    return int(whole + part)


def check_report(settings, step, media, totals):
    """p1report's rows of the whole year in such steps."""
    big = {'_wh': '_kwh', '_dm3': '_m3', '_mj': '_gj'}
    names = {c: next(c[:-len(a)] + b for a, b in big.items() if c.endswith(a))
             for c in totals}
    out = subprocess.run(
        ['p1report', '--config', settings, '--total', '--by', step, '--csv'],
        check=True, capture_output=True, text=True).stdout.splitlines()
    sums, n = dict.fromkeys(totals, 0), 0
    for row in csv.DictReader(out):
        want = expected(media, seconds(row['start']), seconds(row['end']))
        for column, name in names.items():
            told = number(row[name]) if row[name] else None
            if told != want[column]:
                sys.exit(f'p1report --by {step} {row[step]}: {name} is '
                         f'{told}, not {want[column]}')
            sums[column] += told or 0
        n += 1
    if sums != totals:
        sys.exit(f'p1report --by {step}: {sums}, not {totals}')
    print(f'p1report --by {step}: {n} rows, sums exact')


def check_reports(path, settings, media):
    totals = {c: t for m in media.values() for c, t in m.total.items()}
    for column, parts in SUMS.items():
        totals[column] = sum(totals[p] for p in parts)
    check_quarters(path, media)
    for step in ('quarter', 'hour', 'day', 'week', 'month', 'year'):
        check_report(settings, step, media, totals)


def main():
    media = read_truth(sys.stdin)
    spans = periods(media)
    check_database(sys.argv[1], media, spans)
    if len(sys.argv) > 3:
        check_reports(sys.argv[1], sys.argv[3], media)
    if len(sys.argv) < 3:
        return
    for name, medium in media.items():
        days = spans['daily']
        fine = [d for d in days if d[0] > medium.ts[-1] - 34 * 86400]
        for step, of_step, least in (300, fine, 30), (3600, days, 355):
            whole, gaps = check_rrd(sys.argv[2], name, medium, of_step, step)
            if whole < least or not gaps:
                sys.exit(f'{name}.rrd: too little was there to compare')


main()

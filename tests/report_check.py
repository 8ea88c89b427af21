#!/usr/bin/env python3
"""Hold what p1report prints against p1sim's truth file, and its JSON against the
schema.

report_check.py schema REPORT <JSON    is it such a report, as the schema says?
report_check.py width <TABLE           does each line fit a terminal?
report_check.py at SETTINGS TRUTH N    N random instants: what the meters showed
report_check.py peaks SETTINGS TRUTH W  the peaks of quarters, by month; the meter's
                                       own are at most W away
report_check.py hours SETTINGS TRUTH   the highest hours, by month
"""
import bisect
import csv
import json
import pathlib
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from web_openapi import wrongs

ZONE = ZoneInfo('Europe/Amsterdam')
COLUMNS = 80
REGISTERS = {'1.8.1': 'import_t1_wh', '1.8.2': 'import_t2_wh',
             '2.8.1': 'export_t1_wh', '2.8.2': 'export_t2_wh'}
MBUS = {'gas': 'gas_dm3', 'water': 'water_dm3'}
QUARTER = 900


def seconds(iso):
    return int(datetime.fromisoformat(iso.replace('Z', '+00:00')).timestamp())


def utc(t):
    return datetime.fromtimestamp(t, timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def thousandths(value):
    return round(value * 1000)


def report(settings, *options):
    return json.loads(subprocess.run(
        ['p1report', '-c', settings, '--json', *options], check=True,
        capture_output=True, text=True).stdout, parse_float=float)


def check_schema(name):
    schema = json.loads((pathlib.Path(__file__).parent.parent / 'docs' /
                         'p1report.schema.json').read_text())
    document = json.load(sys.stdin)
    if document['report'] != name:
        sys.exit(f'it is {document["report"]}')
    found = list(wrongs(schema, schema['$defs'][name], document, name))
    sys.exit('\n'.join(found) if found else 0)


def check_width():
    lines = sys.stdin.read().splitlines()
    for line in lines:
        if len(line) > COLUMNS or line != line.rstrip():
            sys.exit(f'{len(line)} columns: {line}')
    sys.exit(0 if lines else 'nothing was printed')


class Truth:
    """What each meter showed, and when."""

    def __init__(self, path):
        self.power = []  # of electricity: (ts, meter, {column: value})
        self.mbus = {m: {} for m in MBUS}  # of a medium: {ts: (meter, value)}
        with open(path, encoding='ascii') as f:
            for row in csv.DictReader(f):
                t = seconds(row['utc'])
                self.power.append((t, row['meter'], {
                    c: int(row[c]) for c in REGISTERS.values() if row[c]}))
                for medium, column in MBUS.items():
                    if row[medium + '_utc']:
                        self.mbus[medium][seconds(row[medium + '_utc'])] = (
                            row[medium + '_meter'], int(row[column]))
        self.ts = [p[0] for p in self.power]
        self.mbus_ts = {m: sorted(v) for m, v in self.mbus.items()}

    def total(self, t):
        """Imported in all at t: of two readings around it, rounded down."""
        at = bisect.bisect_left(self.ts, t)
        b = self.power[at]
        a = self.power[at - (b[0] != t)]
        assert a[1] == b[1], 'the meter was replaced'
        return sum(
            a[2][c] + (b[2][c] - a[2][c]) * (t - a[0]) // max(1, b[0] - a[0])
            for c in ('import_t1_wh', 'import_t2_wh'))


def check_bracket(row, t, truth, where):
    """`truth`: (ts, value) of all that the meter ever showed."""
    times = [x[0] for x in truth]
    value, before = thousandths(row['value']), thousandths(row['before'])
    stored = seconds(row['before_at'])
    at = bisect.bisect_right(times, t) - 1
    if times[at] == t and stored == t:
        if not row['exact'] or value != truth[at][1]:
            sys.exit(f'{where}: {value}, not exactly {truth[at][1]}')
        return True
    if row['exact'] or truth[bisect.bisect_left(times, stored)] != (stored, before):
        sys.exit(f'{where}: there was no {before} at {stored}')
    high = thousandths(row['after']) if 'after' in row else truth[-1][1]
    if not before <= value <= high:
        sys.exit(f'{where}: {value} is not in its bracket')
    # What it really was lies in the bracket, too.
    low, above = truth[at][1], truth[min(at + 1, len(truth) - 1)][1]
    if not (before <= low and (low <= high or above <= high)):
        sys.exit(f'{where}: {low} is not from {before} to {high}')
    return False


def check_at(settings, path, n):
    truth = Truth(path)
    first, last = truth.ts[0], truth.ts[-1]
    pick = random.Random(1)
    # A quarter of them where a reading may lie.
    stored = [t for t in truth.ts if t % 300 == 0]
    instants = [pick.randint(first, last) if i % 4 else pick.choice(stored)
                for i in range(n)]
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda t: report(settings, '--at', utc(t)), instants)
        exact = others = 0
        for t, answer in zip(instants, answers):
            for row in answer['readings']:
                serial = row['meter'].encode().hex().upper()
                if row['medium'] == 'electricity':
                    shown = [(p[0], p[2][REGISTERS[row['obis']]])
                             for p in truth.power if p[1] == serial]
                else:
                    shown = [(ts, truth.mbus[row['medium']][ts][1])
                             for ts in truth.mbus_ts[row['medium']]
                             if truth.mbus[row['medium']][ts][0] == serial]
                where = f'{utc(t)} {row["medium"]} {row["obis"]}'
                if check_bracket(row, t, shown, where):
                    exact += 1
                else:
                    others += 1
    if not exact or not others:
        sys.exit(f'{exact} exact, {others} between')
    print(f'{n} instants: {exact} exact, {others} within their bracket')


def spans(truth, length):
    """Whole quarters or hours: {month: [(Wh, -start), ...]}, highest first."""
    months = {}
    start = -(-truth.ts[0] // length) * length
    before = truth.total(start)
    while start + length <= truth.ts[-1]:
        after = truth.total(start + length)
        month = datetime.fromtimestamp(start, ZONE).strftime('%Y-%m')
        months.setdefault(month, []).append((after - before, -start))
        before = after
        start += length
    return {m: sorted(v, reverse=True) for m, v in months.items()}


def meter_peaks(path):
    """{month: the last 1.6.0 in it}"""
    with open(path, encoding='ascii') as f:
        return {datetime.fromtimestamp(seconds(r['utc']), ZONE).strftime('%Y-%m'):
                (int(r['demand_peak_w']), seconds(r['demand_peak_utc']))
                for r in csv.DictReader(f)}


def check_peaks(settings, path, most):
    truth, meter = Truth(path), meter_peaks(path)
    want = spans(truth, QUARTER)
    rows = {r['month']: r for r in report(settings, '--peaks', '--year', '2025')['peaks']}
    n = 0
    for month, quarters in want.items():
        row, (wh, start) = rows[month], quarters[0]
        got = (row['counted_w'], seconds(row['counted_start']))
        if got != (4 * wh, -start):
            sys.exit(f'{month}: {got}, not {4 * wh} at {utc(-start)}')
        # The one that was running at the month's end is in the log alone.
        w, ts = meter[month]
        if row.get('meter_98_1_0_w', w) < w or (
                row['meter_1_6_0_w'], seconds(row['meter_1_6_0_at'])) != (w, ts):
            sys.exit(f'{month}: the meter told {w} at {utc(ts)}, not {row}')
        if row['difference_w'] != row['counted_w'] - row['meter_w']:
            sys.exit(f'{month}: {row["difference_w"]} is not the difference')
        if abs(row['difference_w']) > int(most):
            sys.exit(f'{month}: {row["difference_w"]} W from the meter')
        n += 1
        listed = report(settings, '--peaks', '--month', month, '--top', '20')['peaks']
        told = [(r['counted_w'], seconds(r['counted_start'])) for r in listed]
        if told != [(4 * wh, -s) for wh, s in quarters[:20]]:
            sys.exit(f'{month}: {told}')
    print(f'{n} months: as worked out from the truth')


def check_hours(settings, path):
    want = spans(Truth(path), 3600)
    rows = {r['month']: r for r in
            report(settings, '--peaks=hour', '--year', '2025')['peaks']}
    for month, hours in want.items():
        days, best = set(), []
        for wh, start in hours:
            day = datetime.fromtimestamp(-start, ZONE).date()
            if day not in days:
                days.add(day)
                best.append((wh, -start))
        told = [(rows[month][f'{p}_w'], seconds(rows[month][f'{p}_start']))
                for p in ('first', 'second', 'third') if f'{p}_w' in rows[month]]
        if told != best[:3]:
            sys.exit(f'{month}: {told}, not {best[:3]}')
    print(f'{len(want)} months: as worked out from the truth')


def main():
    what, *rest = sys.argv[1:]
    if what == 'schema':
        check_schema(*rest)
    elif what == 'width':
        check_width()
    elif what == 'at':
        check_at(rest[0], rest[1], int(rest[2]))
    elif what == 'peaks':
        check_peaks(*rest)
    else:
        check_hours(*rest)


main()

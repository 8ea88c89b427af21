#!/usr/bin/env python3
"""import_other.py PROGRAM: a year of a household in the form of that program.

The counters change in the middle of each quarter hour, so that the last reading
of an hour shows what the meter shows at its end.  Writes the other program's
files to the current folder, and to `want` what was used each local day, as
p1logger's view daily_wh has it.
"""
import sqlite3
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

ZONE = ZoneInfo('Europe/Amsterdam')
UTC = timezone.utc
STEP = 900
FIRST = datetime(2024, 3, 1, tzinfo=ZONE).astimezone(UTC)
LAST = datetime(2025, 3, 1, tzinfo=ZONE).astimezone(UTC)


def local(t):
    """The time as a program on local time writes it."""
    return t.astimezone(ZONE).replace(tzinfo=None)


def counters(t):
    """T1 and T2 in, T1 and T2 out in Wh, gas in dm3."""
    n = int((t - FIRST).total_seconds()) // STEP
    return (4123456 + n * 17 + n % 7, 3890120 + n * 23 + n % 5,
            210500 + n * 3, 480021 + n * 9, 1834551 + n // 4)


def times(step):
    t = FIRST
    while t <= LAST:
        yield t
        t += timedelta(seconds=step)


def kwh(values):
    return tuple(v / 1000 for v in values)


def want():
    day = local(FIRST)
    with open('want', 'w', encoding='ascii') as f:
        while day < local(LAST):
            after = day + timedelta(days=1)
            a, b = (counters(d.replace(tzinfo=ZONE).astimezone(UTC))
                    for d in (day, after))
            print(f'{day:%Y-%m-%d}', *(y - x for x, y in zip(a, b)), sep='|',
                  file=f)
            day = after


def dsmr_reader():
    """What psql's \\copy writes of the two tables."""
    with open('electricity.txt', 'w', encoding='ascii') as e, \
            open('gas.txt', 'w', encoding='ascii') as g:
        for t in times(STEP):
            i1, i2, e1, e2, gas = kwh(counters(t))
            stamp = f'{t:%Y-%m-%d %H:%M:%S}+00'
            print(f'{stamp},{i1:.3f},{i2:.3f},{e1:.3f},{e2:.3f}', file=e)
            print(f'{stamp},{gas:.3f}', file=g)


def p1_monitor():
    """Tables of hours and days; an hour that comes twice has one row."""
    db = sqlite3.connect('e_historie.db')
    for table, ahead in (('uur', '%Y-%m-%d %H:00:00'),
                         ('dag', '%Y-%m-%d 00:00:00')):
        db.execute(f'CREATE TABLE e_history_{table} (TIMESTAMP TEXT PRIMARY '
                   'KEY NOT NULL, VERBR_KWH_181 REAL, VERBR_KWH_182 REAL, '
                   'GELVR_KWH_281 REAL, GELVR_KWH_282 REAL, VERBR_KWH_X REAL, '
                   'GELVR_KWH_X REAL, TARIEFCODE TEXT, VERBR_GAS_2421 REAL, '
                   'VERBR_GAS_X REAL)')
        # The first hour's start is the end of the one before.
        rows = {}
        for t in times(STEP):
            label = local(t - timedelta(seconds=1)).strftime(ahead)
            rows[label] = kwh(counters(t))
        rows['2025-03-01 00:00:00'] = kwh(counters(LAST))  # has just begun
        db.executemany(
            f'INSERT INTO e_history_{table} (TIMESTAMP, VERBR_KWH_181, '
            'VERBR_KWH_182, GELVR_KWH_281, GELVR_KWH_282, VERBR_GAS_2421) '
            'VALUES (?, ?, ?, ?, ?, ?)',
            [(label, *row) for label, row in rows.items()])
    db.commit()


def domoticz():
    """Days of the year, and quarter hours of the last week."""
    db = sqlite3.connect('domoticz.db')
    values = ', '.join(f'Value{i} BIGINT DEFAULT 0' for i in range(1, 7))
    totals = ', '.join(f'Counter{i} BIGINT DEFAULT 0' for i in range(1, 5))
    db.execute(f'CREATE TABLE MultiMeter (DeviceRowID BIGINT, {values}, '
               'Date DATETIME)')
    db.execute(f'CREATE TABLE MultiMeter_Calendar (DeviceRowID BIGINT, '
               f'{values}, {totals}, Date DATETIME)')
    db.execute('CREATE TABLE Meter (DeviceRowID BIGINT, Value BIGINT, '
               'Usage INTEGER DEFAULT 0, Date DATETIME)')
    db.execute('CREATE TABLE Meter_Calendar (DeviceRowID BIGINT, '
               'Value BIGINT, Counter BIGINT DEFAULT 0, Date DATETIME)')
    for t in times(STEP):
        i1, i2, e1, e2, gas = counters(t)
        at = local(t)
        if at.hour == at.minute == 0:
            day = (at - timedelta(days=1)).strftime('%Y-%m-%d')
            db.execute('INSERT INTO MultiMeter_Calendar (DeviceRowID, Value1, '
                       'Counter1, Counter2, Counter3, Counter4, Date) VALUES '
                       '(1, 77, ?, ?, ?, ?, ?)', (i1, e1, i2, e2, day))
            db.execute('INSERT INTO Meter_Calendar VALUES (2, 9, ?, ?)',
                       (gas, day))
        if t > LAST - timedelta(days=7):
            db.execute('INSERT INTO MultiMeter VALUES (1, ?, ?, 0, 0, ?, ?, '
                       '?)', (i1, e1, i2, e2, f'{at:%Y-%m-%d %H:%M:%S}'))
            db.execute('INSERT INTO Meter VALUES (2, ?, 0, ?)',
                       (gas, f'{at:%Y-%m-%d %H:%M:%S}'))
    # From before there were counters, and another device.
    db.execute('INSERT INTO MultiMeter_Calendar (DeviceRowID, Value1, Date) '
               "VALUES (1, 5000, '2013-01-01')")
    db.execute('INSERT INTO MultiMeter_Calendar (DeviceRowID, Counter1, Date) '
               "VALUES (8, 5000, '2024-06-01')")
    db.commit()


def home_assistant():
    db = sqlite3.connect('home-assistant_v2.db')
    db.execute('CREATE TABLE statistics_meta (id INTEGER PRIMARY KEY, '
               'statistic_id TEXT, source TEXT, unit_of_measurement TEXT, '
               'has_mean BOOLEAN, has_sum BOOLEAN, name TEXT)')
    db.execute('CREATE TABLE statistics (id INTEGER PRIMARY KEY, '
               'metadata_id INTEGER, start_ts FLOAT, state FLOAT, sum FLOAT)')
    names = ('energy_consumption_tarif_1', 'energy_consumption_tarif_2',
             'energy_production_tarif_1', 'energy_production_tarif_2',
             'gas_consumption', 'outside_temperature')
    for i, name in enumerate(names):
        db.execute('INSERT INTO statistics_meta (id, statistic_id) '
                   'VALUES (?, ?)', (i, 'sensor.' + name))
    for t in times(3600):
        for i, value in enumerate(kwh(counters(t)) + (17.5,)):
            db.execute('INSERT INTO statistics (metadata_id, start_ts, state, '
                       'sum) VALUES (?, ?, ?, ?)',
                       (i, t.timestamp() - 3600.0, value, value - 1000))
    db.commit()


def log():
    with open('log.txt', 'w', encoding='ascii') as f:
        for t in times(STEP):
            at = local(t)
            print(f'{at:%Y-%m-%d %H:%M:%S}',
                  *(f'{v:.3f}' for v in kwh(counters(t))), sep=';', file=f)


want()
{'dsmr-reader': dsmr_reader, 'p1-monitor': p1_monitor, 'domoticz': domoticz,
 'home-assistant': home_assistant, 'log': log}[sys.argv[1]]()

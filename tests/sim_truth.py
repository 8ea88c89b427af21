#!/usr/bin/env python3
"""sim_truth.py STREAM TRUTH: does the stream say what the truth file says?

A reader of its own, of p1sim's plain telegrams: it shares nothing with the
parser of the project. Prints how many telegrams agree, or what does not.
"""
import csv
import re
import sys
from datetime import datetime, timedelta, timezone

TABLE = []
for i in range(256):
    for _ in range(8):
        i = i >> 1 ^ (0xA001 if i & 1 else 0)
    TABLE.append(i)

REGISTERS = {
    '1-0:1.8.0': 'import_total_wh', '1-0:2.8.0': 'export_total_wh',
    '1-0:3.8.0': 'reactive_import_total_varh',
    '1-0:4.8.0': 'reactive_export_total_varh',
    '1-0:3.7.0': 'reactive_power_import_var',
    '1-0:4.7.0': 'reactive_power_export_var',
    '0-0:96.14.0': 'tariff',
    '1-0:1.8.1': 'import_t1_wh', '1-0:1.8.2': 'import_t2_wh',
    '1-0:2.8.1': 'export_t1_wh', '1-0:2.8.2': 'export_t2_wh',
    '1-0:1.7.0': 'power_import_w', '1-0:2.7.0': 'power_export_w',
    '1-0:21.7.0': 'power_import_l1_w', '1-0:22.7.0': 'power_export_l1_w',
    '1-0:41.7.0': 'power_import_l2_w', '1-0:42.7.0': 'power_export_l2_w',
    '1-0:61.7.0': 'power_import_l3_w', '1-0:62.7.0': 'power_export_l3_w',
    '1-0:32.7.0': 'voltage_l1_mv', '1-0:52.7.0': 'voltage_l2_mv',
    '1-0:72.7.0': 'voltage_l3_mv', '1-0:31.7.0': 'current_l1_ma',
    '1-0:51.7.0': 'current_l2_ma', '1-0:71.7.0': 'current_l3_ma',
    '0-0:96.7.21': 'power_failures', '0-0:96.7.9': 'long_power_failures',
    '1-0:32.32.0': 'voltage_sags_l1', '1-0:52.32.0': 'voltage_sags_l2',
    '1-0:72.32.0': 'voltage_sags_l3', '1-0:32.36.0': 'voltage_swells_l1',
    '1-0:52.36.0': 'voltage_swells_l2', '1-0:72.36.0': 'voltage_swells_l3',
    '1-0:1.4.0': 'demand_average_w', '1-0:1.6.0': 'demand_peak_w',
}
# How many decimals of the unit the truth file counts.
SCALE = {'kwh': 3, 'wh': 0, 'kw': 3, 'w': 0, 'kvarh': 3, 'varh': 0, 'kvar': 3,
         'var': 0, 'v': 3, 'kv': 6, 'a': 3, 'ka': 6, 'm3': 3, 'gj': 3, '': 0}
# Columns that no telegram tells.
ABOUT = ('status', 'accept', 'false')
# Where a meter's identifier is.
METER = ('1-0:96.1.0', '0-0:96.1.1', '0-0:96.1.0', '0-0:96.1.255', '0-0:42.0.0', '0-0:0.0.0')
# Seconds that winter time is ahead of UTC, by the start of the header.
BASE = {b'/ADN9': 7200, b'/ESO5': 7200, b'/ISk5\\2MIE': 0}
MEDIA = {3: ('gas', 'gas_dm3'), 7: ('water', 'water_dm3'),
         4: ('heat', 'heat_mj')}


def crc16(data):
    crc = 0
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 255]
    return crc


def number(text, unit=None):
    """'00123.456*m3' as dm3, '0002' as it is; '(1.2)' with the unit behind."""
    value, _, printed = text.partition('*')
    whole, _, part = value.partition('.')
    scale = SCALE[(printed or unit or '').lower()]
    return int(whole + (part + '0' * 9)[:scale])


def instant(text, base=3600):
    """'250330030000S' as ISO UTC; without a letter Dutch time is taken."""
    if text.startswith('6325'):
        return ''
    text = re.sub('[-: ]', '', text)
    local = datetime.strptime(text[:12], '%y%m%d%H%M%S')
    if len(text) == 12:
        from zoneinfo import ZoneInfo
        utc = local.replace(tzinfo=ZoneInfo('Europe/Amsterdam'))
        utc = utc.astimezone(timezone.utc)
    else:
        summer = 3600 if text[12] == 'S' else 0
        utc = local - timedelta(seconds=base + summer)
    return utc.strftime('%Y-%m-%dT%H:%M:%SZ')


def net(fields, key, groups):
    """Power drawn less returned: of all phases, or of one."""
    phase = ('16', '36', '56', '76').index(key[4:6])
    tail = f'_l{phase}_w' if phase else '_w'
    minus = groups[0].startswith('-')
    watts = number(groups[0].lstrip('-'))
    fields['power_import' + tail] = str(0 if minus else watts)
    fields['power_export' + tail] = str(watts if minus else 0)


def ring(fields, key, groups):
    """One line of the ACE4000's gas: the newest of them counts."""
    if key == '0-3:96.1.0':
        fields['gas_meter'] = groups[0].strip()
    elif key == '7-0:23.1.0':
        utc = instant(groups[1])
        if utc >= fields.get('gas_utc', ''):
            fields['gas_utc'] = utc
            fields['gas_dm3'] = str(number(groups[0]))


def device(fields, channel, key, groups, base):
    """One line of an M-Bus device."""
    mine = channel.setdefault(key[2], {})
    reference = key[4:]
    if reference == '24.1.0':
        mine['type'] = int(groups[0])
    elif reference in ('96.1.0', '96.1.1'):
        mine['meter'] = groups[0]
    elif reference in ('24.2.1', '24.2.3', '24.3.0'):
        mine['utc'] = instant(groups[0], base)
        mine['value'] = str(number(groups[-1], 'm3')) if mine['utc'] else ''
        medium, column = MEDIA[mine['type']]
        fields[medium + '_meter'] = mine['meter']
        fields[medium + '_utc'] = mine['utc']
        fields[column] = mine['value']


def decode(telegram):
    """A telegram as a row of the truth file, of the columns that it has."""
    fields, channel = {}, {}
    text = telegram.decode('latin-1').replace('(m3)\r\n(', '(m3)(')
    text = text.replace('(GJ)\r\n(', '(GJ)(')
    base = next((BASE[h] for h in BASE if telegram.startswith(h)), 3600)
    for line in text.split('\r\n'):
        match = re.match(r'(\d-\d:[\d.]+)(?:\*255)?((?:\(.*?\))+)$', line)
        if not match:
            continue
        key = match[1].replace('1-1:', '1-0:')
        groups = re.findall(r'\((.*?)\)', match[2])
        if key == '0-0:1.0.0':
            fields['utc'] = instant(groups[0], base)
        elif key in METER:
            if key != '0-0:42.0.0' or 'meter' not in fields:
                fields['meter'] = groups[0]
        elif key in ('0-3:96.1.0', '7-0:23.1.0') and b'/ACE' in telegram:
            ring(fields, key, groups)
        elif re.match(r'0-[1-4]:(24|96\.1)', key):
            device(fields, channel, key, groups, base)
        elif re.match(r'1-0:[1357]6.7.0', key):
            net(fields, key, groups)
        elif key in REGISTERS:
            name = REGISTERS[key]
            fields[name] = str(number(groups[-1]))
            if name == 'demand_peak_w':
                fields['demand_peak_utc'] = instant(groups[0], base)
    return fields


def telegrams(stream, crc):
    """The good ones, in order: each '!' tried with each '/' before it."""
    start = 0
    pattern = rb'!([0-9A-Fa-f]{1,4})\0?\r?\n' if crc else rb'\n!()\0?\r?\n'
    for end in re.finditer(pattern, stream):
        at = stream.rfind(b'/', start, end.start())
        while at >= 0:
            body = stream[at:end.start() + (1 if crc else 2)]
            whole = re.sub(rb'\r?\n', b'\r\n', body)
            if len(body) > 65536:
                break
            if not crc or int(end[1], 16) in (crc16(body), crc16(whole)):
                yield whole
                start = end.end()
                break
            at = stream.rfind(b'/', start, at)


def main():
    stream = open(sys.argv[1], 'rb').read()
    rows = list(csv.DictReader(open(sys.argv[2], encoding='ascii')))
    owed = [row for row in rows for _ in range(int(row['accept'] or 0))]
    crc = b'1-3:0.2.8' in stream or b'0-0:1.0.0' in stream
    n = 0
    for row, telegram in zip(owed, telegrams(stream, crc)):
        told = decode(telegram)
        for column, truth in row.items():
            if column in ABOUT or column not in told:
                if truth and column not in ABOUT + ('utc',):
                    sys.exit(f"{row['utc']}: {column} {truth} is not told")
            elif column in row['false'].split():
                if told[column] == truth:
                    sys.exit(f"{row['utc']} {row['status']}: {column} is told "
                             f"as it is, {truth}")
            elif told[column] != truth:
                sys.exit(f"{row['utc']} {row['status']}: {column} is told as "
                         f"{told[column]}, not {truth}")
        n += 1
    if n != len(owed):
        sys.exit(f'{n} good telegrams, not {len(owed)}')
    print(n)


main()

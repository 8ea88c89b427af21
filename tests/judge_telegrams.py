"""Telegrams with a correct CRC, and a database that p1logger reads them into."""
import os
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

BIN = Path(os.environ.get('P1_BIN', Path(__file__).resolve().parents[1] / 'build'))
ZONE = ZoneInfo('Europe/Amsterdam')
HOUR, DAY = 3600, 86400
START = 1767949200  # 2026-01-09T09:00:00Z, before every p1logger's today
METER = '4B414C4D3031'
UNITS = {'gas': (3, 'm3'), 'water': (7, 'm3'), 'heat': (4, 'GJ'),
         'electricity': (2, 'kWh')}


def make_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
        table.append(byte)
    return table


TABLE = make_table()


def checksum(data):
    crc = 0
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF]
    return crc


def stamp(ts):
    """UTC seconds as a meter in the Netherlands prints them."""
    local = datetime.fromtimestamp(ts, ZONE)
    return f'{local:%y%m%d%H%M%S}' + ('S' if local.dst() else 'W')


def thousandths(value):
    return f'{value // 1000:06d}.{value % 1000:03d}'


def value(kind, ts, count, channel=1, meter=None):
    """Lines of an M-Bus meter: dm3, MJ or Wh at a time."""
    number, unit = UNITS[kind]
    if meter is None:
        meter = f'4D42{channel:02d}'
    return [f'0-{channel}:24.1.0({number:03d})',
            f'0-{channel}:96.1.0({meter})',
            f'0-{channel}:24.2.1({stamp(ts)})({thousandths(count)}*{unit})']


def telegram(ts, registers, *values, meter=METER):
    """DSMR 5. `registers`: OBIS code without 1-0 to Wh; meter None: none."""
    lines = ['/KLM5MADEUP', '', '1-3:0.2.8(50)', f'0-0:1.0.0({stamp(ts)})']
    if meter is not None:
        lines.append(f'0-0:96.1.1({meter})')
    lines += [f'1-0:{code}({thousandths(wh)}*kWh)'
              for code, wh in sorted(registers.items())]
    for more in values:
        lines += more
    body = ('\r\n'.join(lines) + '\r\n!').encode()
    return body + b'%04X\r\n' % checksum(body)


class House:
    """A database in a folder that is there and empty."""

    def __init__(self, folder, interval=10):
        self.folder = Path(folder)
        self.ini = self.folder / 'p1.ini'
        self.database = self.folder / 'p1.db'
        self.ini.write_text(f'[meter]\nport = -\n[storage]\n'
                            f'database = {self.database}\nrrd =\n'
                            f'timezone = {ZONE.key}\ninterval = {interval}\n',
                            encoding='ascii')

    def run(self, *arguments):
        """p1logger's status, and all that it said."""
        done = subprocess.run([BIN / 'p1logger', '-c', self.ini, *arguments],
                              stdout=subprocess.PIPE, timeout=120, check=False,
                              stderr=subprocess.STDOUT, encoding='utf-8')
        return done.returncode, done.stdout

    def read(self, telegrams, *options):
        """Import a file of these telegrams; what p1logger said of it."""
        path = self.folder / 'telegrams'
        path.write_bytes(b''.join(telegrams))
        status, said = self.run('--import', path, *options)
        if status not in (0, 65):
            raise AssertionError(f'--import ends with {status}: {said}')
        return said

    def ask(self, sql, *arguments):
        db = sqlite3.connect(f'file:{self.database}?mode=ro', uri=True)
        try:
            return db.execute(sql, arguments).fetchall()
        finally:
            db.close()

    def number(self, sql, *arguments):
        return self.ask(sql, *arguments)[0][0]

#!/usr/bin/env python3
"""fleet_send.py DATABASE JOURNAL BEFORE AFTER [FROM TO [LIST]]: print the call of
fleet.store() that sends what p1logger's DATABASE has from FROM to TO, and moves the
cursor of JOURNAL from the change BEFORE (or NULL) to AFTER. LIST says which lists of
the house to send, separated by commas; by default all, and none if it is "-". Cursors
are written at 1000 + their number. A quarter's boundaries stand for those of `readings`.
"""
import json
import sqlite3
import sys

READINGS = """SELECT DISTINCT ts, import_wh, NULL, NULL, NULL, NULL, export_wh, NULL, NULL,
 NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, gap FROM (SELECT
 start_ts + iif(sign > 0, 900, 0) AS ts, import_wh, export_wh, iif(past, apart, 0) AS gap
 FROM quarter_end) WHERE ts BETWEEN ? AND ? ORDER BY ts"""
TABLES = {"meters": "meter", "runs": "installation"}
LISTS = "meters,runs,calendar_day,calendar_month,calendar_year"


def quote(text):
    return "'" + text.replace("'", "''") + "'"


def lines(rows):
    return quote("\n".join(",".join("" if v is None else str(v) for v in row)
                           for row in rows))


def range_of(db, table, from_ts, to_ts):
    names = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")
             if name != "hour"]
    return lines(db.execute(f"SELECT {', '.join(names)} FROM {table}"
                            " WHERE ts BETWEEN ? AND ?", (from_ts, to_ts)))


def house_of(db, names):
    def rows(table):
        cursor = db.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor]

    house = {name: rows(TABLES.get(name, name)) for name in names.split(",")}
    house["timezone"] = db.execute(
        "SELECT value FROM meta WHERE key = 'timezone'").fetchone()[0]
    return quote(json.dumps(house))


def written(change):
    return change if change == "NULL" else str(1000 + int(change))


def main(path, journal, before, after, from_ts=0, to_ts=2**62, names=LISTS):
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    span = (int(from_ts), int(to_ts))
    last = db.execute("SELECT max(ts) FROM electricity").fetchone()[0]
    print("SELECT fleet.store(" + ", ".join((
        quote(journal), before, written(before), after, written(after),
        str(span[0]), str(span[1]), lines(db.execute(READINGS, span)),
        range_of(db, "counter_from", *span), range_of(db, "counter_to", *span),
        "NULL" if names == "-" else house_of(db, names), str(last),
        range_of(db, "electricity", *span), range_of(db, "mbus", *span),
        range_of(db, "phases", *span))) + ");")


main(*sys.argv[1:])

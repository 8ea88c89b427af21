#!/usr/bin/env python3
"""cut.py SCENE [--cuts N] [--seed S] [--jobs J] [--liar]: power cuts, N of them.

Plays a scene once with the real programs, noting all that they do to their
files (record.c), then cuts the power N times: each time it lays out in a new
folder what a disk may hold then (disk.py), and asks

  * is the database sound, and exactly as one of the commits left it: the last
    that returned, or one that was under way (all tables, every column);
  * does p1logger, the real one, open it and store the next reading;
  * do the views add up, by sums that are worked out here;
  * are a small file and a backup whole, as they once were;
  * now and then: does p1logger --verify find nothing, and does p1rrd catch up
    to files that it proves true.

With --liar the disk says that it synced and did not: there must be losses.
Prints one line of figures; status 1 when anything was lost or false. The
program folder is P1_BIN.
"""
import argparse
import bisect
import contextlib
import hashlib
import json
import marshal
import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import disk  # noqa: E402
import scenes  # noqa: E402

VIEWS = ('hourly_wh', 'monthly_wh', 'yearly_wh')
EVERY = 25  # of so many cuts one is followed by p1rrd and --verify


def dump(path):
    """A digest of all that a database holds; None: no table at all."""
    db = sqlite3.connect(path)
    tables = [r[0] for r in db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    if not tables:
        return None
    out = hashlib.sha256()
    for table in tables:
        rows = db.execute(f'SELECT * FROM "{table}"').fetchall()
        out.update(marshal.dumps(rows, 0))
    db.close()
    return out.hexdigest()


def lay_out(files, folder, chance=None):
    """Write {name: bytes}; of the -shm file, after a cut, anything.

    Names of one file have the same object for their bytes, as disk.py makes them.
    """
    written = {}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if len(content) > 1 and id(content) in written:
            path.hardlink_to(written[id(content)])
            continue
        written[id(content)] = path
        path.write_bytes(content)
        path.chmod(0o640)
    if chance is not None and chance.random() < 0.5:
        (folder / 'p1.db-shm').write_bytes(
            chance.randbytes(32768) if chance.random() < 0.5
            else bytes(32768))


def state_of(files, scratch):
    """The digest of the database in {name: bytes}."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        wanted = {n: c for n, c in files.items()
                  if n in ('p1.db', 'p1.db-wal', 'p1.db-journal')}
        if not wanted.get('p1.db'):
            return None
        lay_out(wanted, Path(folder))
        return dump(f'{folder}/p1.db')


class Story:
    """The steps of a scene, and what each of them promised."""

    def __init__(self, scene, scratch):
        self.scene = scene
        self.steps = disk.read_steps(scene.log)
        self.root = str(scene.data) + '/'
        self.cuts = [i for i, s in enumerate(self.steps) if s.op not in 'MN']
        self.states = []    # digests, in order
        self.begins = []    # before which step each can first be met
        self.promises = []  # (step, state): from there on none before
        self.small = {}     # name: all its whole contents
        self.backups = {None}
        self.walk(scratch)

    def disk(self):
        return disk.Disk(self.scene.before, self.scene.inodes)

    def local(self, files):
        return {p[len(self.root):]: c for p, c in files.items()}

    def walk(self, scratch):
        d = self.disk()
        self.states = [state_of(self.local(d.whole()), scratch)]
        self.begins = [-1]
        self.remember(self.local(d.whole()), scratch)
        db = self.root + 'p1.db'
        renamed = False
        for i, step in enumerate(self.steps):
            if step.op not in 'MN':
                d.step(step)
            names = step.names() if step.op in 'MNRLUC' else []
            if step.op in 'RL':
                self.remember(self.local(d.whole()), scratch)
            moved = step.op in 'RLU' and any(
                n in (db, db + '-wal') for n in names)
            if moved or (step.op in 'MN' and names[0] == db):
                self.add(i, state_of(self.local(d.whole()), scratch))
                renamed = renamed or moved
            if (step.op == 'M' and names[0] == db and not renamed) or (
                    step.op == 'D' and renamed):
                renamed = False
                self.promises.append((i, len(self.states) - 1))
        self.end = self.local(d.whole())

    def add(self, i, state):
        if state != self.states[-1]:
            self.states.append(state)
            self.begins.append(i)

    def remember(self, files, scratch):
        for name, content in files.items():
            if name.endswith('.port'):
                self.small.setdefault(name, {None}).add(content)
            elif scenes.is_backup(name):
                self.backups.add(state_of({'p1.db': content}, scratch))

    def allowed(self, cut):
        """Indices of states that may be met when `cut` steps were done."""
        first = 0
        for at, state in self.promises:
            if at < cut:
                first = state
        last = bisect.bisect_left(self.begins, cut)
        return range(first, min(last, len(self.states) - 1) + 1)

    def check_record(self):
        """Nothing went by the recorder: its end is the folder's end."""
        real = {str(p.relative_to(self.scene.data)): p.read_bytes()
                for p in self.scene.data.rglob('*')
                if p.is_file() and not p.name.endswith('-shm')}
        if real != self.end:
            wrong = [n for n in real.keys() | self.end.keys()
                     if real.get(n) != self.end.get(n)]
            sys.exit(f'{self.scene.name}: written behind the recorder: {wrong}')


class Trial:
    """One cut."""

    def __init__(self, story, files, allowed, seed, scratch):
        self.story, self.files, self.allowed = story, files, allowed
        self.chance = random.Random(seed)
        self.folder = Path(tempfile.mkdtemp(dir=scratch))
        self.wrong = []

    def run(self, rrd):
        try:
            self.check_state()
            self.check_small()
            data = self.folder / 'data'
            data.mkdir()
            lay_out(self.files, data, self.chance)
            self.check_next(data / 'p1.db')
            if rrd:
                self.check_followers()
        finally:
            shutil.rmtree(self.folder)
        return self.wrong

    def check_state(self):
        with tempfile.TemporaryDirectory(dir=self.folder) as copy:
            lay_out(self.files, Path(copy), self.chance)
            path = f'{copy}/p1.db'
            try:
                state = dump(path) if os.path.exists(path) else None
            except sqlite3.Error as e:
                self.wrong.append(('lost', f'cannot be read: {e}'))
                return
        states = self.story.states
        if state in [states[i] for i in self.allowed]:
            return
        if state in states[:self.allowed[0]]:
            back = self.allowed[0] - states.index(state)
            self.wrong.append(('lost', f'{back} commits'))
        else:
            self.wrong.append(('false', 'what no commit left'))

    def check_small(self):
        for name, contents in self.story.small.items():
            if self.files.get(name) not in contents:
                self.wrong.append(('false', f'{name} is torn'))
        for name, content in self.files.items():
            if not scenes.is_backup(name):
                continue
            try:
                state = state_of({'p1.db': content}, self.folder)
            except sqlite3.Error as e:
                state = e
            if state not in self.story.backups or state is None:
                self.wrong.append(('lost', f'{name} is not a backup: {state}'))

    def program(self, *args):
        done = subprocess.run(args, capture_output=True, text=True,
                              timeout=120, check=False)
        if done.returncode != 0:
            self.wrong.append(('lost', f'{" ".join(map(str, args))}: status '
                               f'{done.returncode}: {done.stdout}{done.stderr}'))

    def check_next(self, path):
        """The program starts again, and the next reading comes."""
        ini = self.folder / 'p1.ini'
        scenes.write_ini(ini, path)
        self.program(scenes.BIN / 'p1logger', '-c', ini, '--import',
                     self.story.scene.next_file)
        if self.wrong:
            return
        db = sqlite3.connect(path)
        said = db.execute('PRAGMA integrity_check').fetchall()
        if said != [('ok',)]:
            self.wrong.append(('lost', f'integrity_check: {said}'))
        self.check_rows(db)
        self.check_sums(db)
        db.close()

    def check_rows(self, db):
        truth = self.story.scene.truth
        rows = db.execute('SELECT ts, import_t1_wh, import_t2_wh, '
                          'export_t1_wh, export_t2_wh '
                          'FROM electricity').fetchall()
        for row in rows:
            if row[1:] != truth.get(row[0]):
                self.wrong.append(('false', f'a reading never given: {row}'))
        if not rows or max(rows)[0] < self.story.scene.next_ts:
            self.wrong.append(('lost', 'the next reading'))

    def check_sums(self, db):
        columns = ('import_t1_wh', 'import_t2_wh', 'export_t1_wh',
                   'export_t2_wh')
        rows = db.execute(f'SELECT {", ".join(columns)} FROM electricity '
                          'ORDER BY ts').fetchall()
        want = tuple(b - a for a, b in zip(rows[0], rows[-1]))
        for view in self.chance.choice(VIEWS), 'daily_wh':
            sums = ', '.join(f'sum({c})' for c in columns)
            told = db.execute(f'SELECT {sums} FROM {view}').fetchone()
            if told != want:
                self.wrong.append(('false', f'{view}: {told}, not {want}'))

    def check_followers(self):
        """The RRD files of before the scene, or half of what was at its end."""
        ini, rrd = self.folder / 'p1.ini', self.folder / 'rrd'
        shutil.copytree(self.story.scene.rrd, rrd)
        scenes.write_ini(ini, self.folder / 'data' / 'p1.db', rrd)
        self.program(scenes.BIN / 'p1rrd', '--config', ini)
        self.program(scenes.BIN / 'p1rrd', '--config', ini, '--verify')
        self.program(scenes.BIN / 'p1logger', '-c', ini, '--verify')


STORY = None
LEFT_OUT = 'MN'  # steps that the disk does not do


def try_chunk(work):
    """Cuts in the order of their steps, so that the disk is walked once."""
    chunk, scratch = work
    d, done, wrong = STORY.disk(), 0, []
    for cut, seed in chunk:
        while done < cut:
            if STORY.steps[done].op not in LEFT_OUT:
                d.step(STORY.steps[done])
            done += 1
        files = STORY.local(d.cut(seed))
        found = Trial(STORY, files, STORY.allowed(cut), seed,
                      scratch).run(seed % EVERY == 0)
        wrong += [(cut, seed, *f) for f in found]
    return wrong


def choose(story, args):
    """Which cuts: every step once, those of names and sizes ten times."""
    chance = random.Random(args.seed)
    seeds = iter(range(args.seed * 1000003, 1 << 62))
    chosen = []
    while len(chosen) < args.cuts:
        points = [i + 1 for i in story.cuts] + 9 * [
            i + 1 for i in story.cuts if story.steps[i].op in 'CRLUTD']
        chance.shuffle(points)
        chosen += [(p, next(seeds)) for p in points]
    return sorted(chosen[:args.cuts])


def run(args, scratch):
    global STORY, LEFT_OUT
    began = time.monotonic()
    scene = scenes.play(args.scene, Path(scratch) / 'scene', args.seed)
    STORY = Story(scene, scratch)
    STORY.check_record()
    LEFT_OUT = 'MNSD' if args.liar else 'MN'
    chosen = choose(STORY, args)
    size = max(5, min(50, len(chosen) // (3 * args.jobs)))
    chunks = [(chosen[i:i + size], scratch)
              for i in range(0, len(chosen), size)]
    with multiprocessing.get_context('fork').Pool(args.jobs) as pool:
        wrong = [w for part in pool.imap(try_chunk, chunks) for w in part]
    for cut, seed, kind, text in wrong[:10]:
        step = STORY.steps[cut - 1]
        print(f'{args.scene} --seed {args.seed}, cut behind step {cut} '
              f'({step.op} {step.names() if step.op in "CRLUD" else ""}), '
              f'chance {seed}: {kind}: {text}', file=sys.stderr)
    return {'what': args.scene, 'seed': args.seed, 'times': len(chosen),
            'steps': len(STORY.cuts), 'states': len(STORY.states),
            'lost': sum(w[2] == 'lost' for w in wrong),
            'false': sum(w[2] == 'false' for w in wrong),
            'seconds': round(time.monotonic() - began)}


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('scene', choices=scenes.NAMES)
    args.add_argument('--cuts', type=int, default=200)
    args.add_argument('--seed', type=int, default=1)
    args.add_argument('--jobs', type=int, default=2)
    args.add_argument('--liar', action='store_true')
    args = args.parse_args()
    with contextlib.ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(
            prefix='p1-power-', dir=scenes.memory_folder()))
        result = run(args, scratch)
    print(json.dumps(result))
    sys.exit(1 if result['lost'] or result['false'] else 0)


if __name__ == '__main__':
    main()

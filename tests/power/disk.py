"""What a disk may hold after a power cut, from the notes of record.c.

A file's bytes are certain when the file was synced after they were written, a
name when its folder was synced after it was given. Of all else a cut keeps,
loses or spoils what it likes, sector by sector and in any order; only that a
write spoils no byte beside it is taken for granted, as SQLite does.
"""
import random
import struct
from dataclasses import dataclass, field

SECTOR = 512
HEAD = struct.Struct('=QQqq')
WAYS = ('lost', 'kept', 'mixed', 'torn', 'spoiled')


@dataclass
class Step:
    op: str
    inode: int
    offset: int
    data: bytes

    def names(self):
        return [n.decode() for n in self.data.split(b'\0')]


def read_steps(path):
    with open(path, 'rb') as log:
        text = log.read()
    steps, at = [], 0
    while at < len(text):
        op, inode, offset, size = HEAD.unpack_from(text, at)
        at += HEAD.size
        steps.append(Step(chr(op), inode, offset, text[at:at + size]))
        at += size
    return steps


@dataclass
class File:
    certain: bytearray = field(default_factory=bytearray)
    waiting: list = field(default_factory=list)  # steps not synced

    def content(self):
        out = bytearray(self.certain)
        for step in self.waiting:
            put(out, step)
        return out


def put(out, step):
    """One write or change of size, whole."""
    if step.op == 'T':
        size = step.offset
        del out[size:]
        out.extend(bytes(size - len(out)))
        return
    end = step.offset + len(step.data)
    out.extend(bytes(max(0, end - len(out))))
    out[step.offset:end] = step.data


def put_torn(out, step, chance, spoil):
    """A write whose sectors are each there, or not, or nonsense."""
    at, end = step.offset, step.offset + len(step.data)
    while at < end:
        stop = min(end, (at // SECTOR + 1) * SECTOR)
        part = step.data[at - step.offset:stop - step.offset]
        if spoil and chance.random() < 0.3:
            part = chance.randbytes(len(part))
        elif chance.random() < 0.5:
            part = None
        if part is not None:
            put(out, Step('W', 0, at, part))
        at = stop


def survive(file, how, chance):
    """The bytes that the disk has of a file, by one of WAYS."""
    if how == 'lost':
        return bytes(file.certain)
    if how == 'kept':
        return bytes(file.content())
    out = bytearray(file.certain)
    for step in file.waiting:
        if how == 'mixed' or step.op == 'T':
            if chance.random() < 0.5:
                put(out, step)
        else:
            put_torn(out, step, chance, how == 'spoiled')
    return bytes(out)


def rename(names, step):
    """One change of names; without effect where its file never came."""
    path = step.names()
    if step.op == 'C':
        names[path[0]] = step.file
    elif step.op == 'U':
        names.pop(path[0], None)
    elif path[0] in names:
        names[path[1]] = names[path[0]]
        if step.op == 'R':
            del names[path[0]]


class Disk:
    """Files as the steps leave them; `folders` holds {path: bytes} before."""

    def __init__(self, before, inodes):
        self.certain = {}  # path: File, as the folders have it for sure
        self.waiting = []  # changes of names
        self.files = {}    # inode: File
        for path, content in before.items():
            self.certain[path] = File(bytearray(content))
            self.files[inodes[path]] = self.certain[path]

    def step(self, step):
        if step.op == 'C':
            step.file = self.files[step.inode] = File()
            self.waiting.append(step)
        elif step.op in 'RLU':
            self.waiting.append(step)
        elif step.op in 'WT':
            self.files[step.inode].waiting.append(step)
        elif step.op == 'S':
            file = self.files[step.inode]
            file.certain, file.waiting = file.content(), []
        elif step.op == 'D':
            self.sync_folder(step.names()[0] + '/')

    def sync_folder(self, folder):
        rest = []
        for step in self.waiting:
            if any(n.startswith(folder) and '/' not in n[len(folder):]
                   for n in step.names()):
                rename(self.certain, step)
            else:
                rest.append(step)
        self.waiting = rest

    def whole(self):
        """{path: bytes} without a cut."""
        names = dict(self.certain)
        for step in self.waiting:
            rename(names, step)
        return {path: bytes(f.content()) for path, f in names.items()}

    def cut(self, seed):
        """{path: bytes} after a cut; the same for the same seed."""
        chance = random.Random(seed)
        how = WAYS[seed % len(WAYS)]
        names = dict(self.certain)
        keep = {'lost': 0, 'kept': 1}.get(how, chance.random())
        for step in self.waiting:
            if chance.random() < keep:
                rename(names, step)
        chosen = {id(f): survive(f, how, chance) for f in names.values()}
        return {path: chosen[id(f)] for path, f in names.items()}

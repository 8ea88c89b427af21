#!/usr/bin/env python3
"""graph_columns.py PICTURE: where along a day's picture the curve is missing.

Reads a PNG of p1graph and prints the runs of columns without the colours of
import and export, as fractions of the curve's whole width: "0.468-0.676".
"""
import functools
import struct
import sys
import zlib

# Lines of the light theme, and the areas below them: a dash may hide the line.
CURVE = {(0x1F, 0x63, 0xB0), (0xCC, 0x7A, 0x00), (0x74, 0x9E, 0xCE),
         (0xDC, 0xA5, 0x52)}
LEGEND = 72  # rows on top, with squares of the same colours


def chunks(data):
    at = 8
    while at < len(data):
        (n,) = struct.unpack(">I", data[at:at + 4])
        yield data[at + 4:at + 8], data[at + 8:at + 8 + n]
        at += 12 + n


def predict(kind, left, up, corner):
    if kind == 1:
        return left
    if kind == 2:
        return up
    if kind == 3:
        return (left + up) // 2
    if kind == 4:
        a, b = abs(up - corner), abs(left - corner)
        c = abs(left + up - 2 * corner)
        return left if a <= b and a <= c else up if b <= c else corner
    return 0


def rows(path):
    with open(path, "rb") as f:
        data = f.read()
    parts = list(chunks(data))
    width, _, _, colours = struct.unpack(">IIBB", parts[0][1][:10])
    size = {2: 3, 6: 4}[colours]
    raw = zlib.decompress(b"".join(d for k, d in parts if k == b"IDAT"))
    above = bytes(width * size)
    for at in range(0, len(raw), width * size + 1):
        kind, line = raw[at], bytearray(raw[at + 1:at + 1 + width * size])
        for i in range(len(line) if kind else 0):
            left = line[i - size] if i >= size else 0
            corner = above[i - size] if i >= size else 0
            line[i] = (line[i] + predict(kind, left, above[i], corner)) & 255
        above = bytes(line)
        yield [tuple(line[i:i + 3]) for i in range(0, len(line), size)]


def main():
    seen = set()
    for y, row in enumerate(rows(sys.argv[1])):
        if y >= LEGEND:
            seen.update(x for x, c in enumerate(row) if close(c))
    first, last = min(seen), max(seen)
    missing = [x for x in range(first, last) if x not in seen]
    for x in missing:
        if x - 1 not in missing:
            begin = x
        if x + 1 not in missing and x - begin > 3:
            print("%.3f-%.3f" % ((begin - first) / (last - first),
                                 (x + 1 - first) / (last - first)))


@functools.lru_cache(maxsize=None)
def close(colour):
    """The line is drawn over its own area, so its colour is not exact."""
    return any(sum(abs(a - b) for a, b in zip(colour, c)) < 40 for c in CURVE)


if __name__ == "__main__":
    main()

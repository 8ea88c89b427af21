#!/usr/bin/env python3
"""Clients that p1web had better not trust; all of them on 127.0.0.1.

web_abuse.py PORT requests N [TOKEN]  N requests that are wrong in some way
web_abuse.py PORT sockets N           N WebSockets that break RFC 6455
web_abuse.py PORT hold N              N half requests, a byte now and then
web_abuse.py PORT stall N PATH        N clients that ask and do not read

The last two go on until the good client was served SERVED times.

Beside each of them a good client asks for the meters all the time. Prints what
was answered how often; ends 1 when something wrong was answered as if it were
right, or when the good client was not served within LATE seconds.
"""
import base64
import collections
import concurrent.futures
import os
import random
import socket
import struct
import sys
import threading
import time

PORT = int(sys.argv[1])
# Time for a busy machine: it says nothing about p1web. A good client that is
# kept out waits at least 10 s for each answer, so SERVED answers come too late.
LATE = 60.0
SERVED = 30
TOKEN = sys.argv[4] if len(sys.argv) > 4 else None
HOST = f"Host: 127.0.0.1:{PORT}\r\n"


def connect():
    return socket.create_connection(("127.0.0.1", PORT), timeout=LATE)


def get(path, heads="", version="HTTP/1.1", host=HOST):
    return f"GET {path} {version}\r\n{host}{heads}\r\n".encode("latin-1")


def upgrade(heads="", key=None, version=13, path="/live"):
    key = base64.b64encode(os.urandom(16)).decode() if key is None else key
    return get(path, "Upgrade: websocket\r\nConnection: Upgrade\r\n"
               f"Sec-WebSocket-Key: {key}\r\n"
               f"Sec-WebSocket-Version: {version}\r\n" + heads)


def answer(data, end=True):
    """Send; the status of the response, or how it ended."""
    s = connect()
    try:
        s.sendall(data)
        if end:
            s.shutdown(socket.SHUT_WR)
        got = b""
        while b"\r\n" not in got:
            piece = s.recv(4096)
            if not piece:
                return "hung up"
            got += piece
        return got.split(b" ")[1].decode("latin-1")
    except socket.timeout:
        return "silent"
    except OSError:
        return "hung up"
    finally:
        s.close()


class Good(threading.Thread):
    """Asks for the meters until it is told to end."""

    def __init__(self):
        super().__init__()
        self.ended, self.times, self.bad = threading.Event(), [], []

    def run(self):
        while not self.ended.wait(0.02):
            began = time.monotonic()
            got = "refused"
            # Once more, as a browser does when it was not let in.
            while got != "200" and time.monotonic() - began < LATE:
                got = answer(get("/api/v1/meters", "Connection: close\r\n" + auth()),
                             False)
            if got != "200":
                self.bad.append(got)
            self.times.append(time.monotonic() - began)

    def finish(self):
        self.ended.set()
        self.join()
        print(f"good client: {len(self.times)} answers, the slowest "
              f"{1e3 * max(self.times):.0f} ms, not served: {self.bad}")
        return not self.bad


def auth():
    return f"Authorization: Bearer {TOKEN}\r\n" if TOKEN else ""


# What must never be answered as if all were well, by kind.
PATHS = [
    "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd",
    "/graph/../../../etc/passwd", "/graph/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/graph/..%5c..%5cetc%5cpasswd", "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
    "/%252e%252e/%252e%252e/etc/passwd", "//etc/passwd", "/etc/passwd",
    "/api/v1/meters%00", "/api/v1/meters%00.json", "/%00/health", "/health%0a",
    "/health%0d%0aX-Evil:%201", "/graph/day.png%00.txt", "/api/v1/../v1/nix",
    "/%00/health", "/health%0d", "/api/v1/meters%0d%0aHost:%20localhost%0d%0aX:",
    "http://evil.example/api/v1/nix", "http://evil.example:80/../etc/passwd",
    "evil.example:80", "*", "?", "%", "/%", "/%zz", "/\\..\\etc\\passwd",
    "file:///etc/passwd", "/api/v1/" + "a" * 3000, "/" + "../" * 800 + "x",
    "/api/v1/history?resolution=" + "%41" * 900, "/js/../../etc/passwd",
    "/api/v1/history?from=" + "9" * 900, "/...", "/;/health",
]
TOKENS = ["", "Bearer", "Bearer ", "Bearer x", "Basic QTpC", "bearer\t", "B",
          "Bearer " + "a" * 26, "Bearer " + "a" * 4000, "Bearer \xff\xfe",
          "Digest username=\"Mufasa\"", "Bearer ${TOKEN}", "Bearer null"]


FORMS = ["", "token=", "token=x", "token", "&&&=&", "token=" + "a" * 26,
         "token=" + "%41" * 200, "token=" + "a" * 5000, "x=" + "&x=" * 2000,
         "\x00" * 500, "token=%", "token=%zz", "token=%00", "token[]=x"]
ACTS = ["/api/store-history", "/api/load-history", "/api/load-history?x=1",
        "/api/store-history?token=" + "a" * 26]


def form(r):
    """A form with a token that is wrong, or that is wrong itself."""
    body = r.choice(FORMS)
    return (f"POST /login HTTP/1.1\r\n{HOST}"
            "Content-Type: application/x-www-form-urlencoded\r\n" + r.choice([
                f"Content-Length: {len(body)}\r\n\r\n{body}",
                f"Content-Length: {len(body)}\r\n\r\n{body}",
                f"\r\n{body}", f"Content-Length: 100\r\n\r\n{body[:50]}",
                f"Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n{body}",
                f"Content-Length: 1000000\r\n\r\n{body * 100}",
                f"Content-Length: {len(body)}\r\nOrigin: http://evil.example"
                f"\r\n\r\n{body}"])).encode("latin-1")


def wrong_requests(r):
    """Kind and bytes of a request that is wrong, chance by `r`."""
    return r.choice([
        lambda: ("path", get(r.choice(PATHS), auth())),
        lambda: ("method", f"{r.choice(METHODS)} /api/v1/meters HTTP/1.1\r\n"
                 f"{HOST}{auth()}\r\n".encode()),
        lambda: ("huge header", get("/api/v1/meters", "X: " + "a" * r.choice(
            [9000, 20000, 100000]) + "\r\n")),
        lambda: ("huge name", get("/api/v1/meters", "a" * 30000 + ": b\r\n")),
        lambda: ("huge path", get("/" + "a" * r.choice([9000, 70000]))),
        lambda: ("many headers", get("/nix", "".join(
            f"X-{i}: {i}\r\n" for i in range(r.randrange(100, 3000))))),
        lambda: ("no host", get("/api/v1/meters", auth(), host="")),
        lambda: ("host", get("/api/v1/meters", auth(), host="Host: %s\r\n" %
                             r.choice(HOSTS))),
        lambda: ("origin", get("/api/v1/meters", auth() + "Origin: %s\r\n" %
                               r.choice(ORIGINS))),
        lambda: ("other protocol", r.choice(OTHERS)),
        lambda: ("bytes", r.randbytes(r.randrange(1, 4000))),
        lambda: ("form", form(r)),
        lambda: ("act", get(r.choice(ACTS), r.choice([
            "", f"Cookie: p1web={TOKEN}\r\n", "Cookie: p1web=\r\n",
            f"Authorization: {r.choice(TOKENS)}\r\n"]))),
        lambda: ("cookie", get("/api/v1/meters", "Cookie: " + r.choice(
            ["p1web=", "p1web", "p1web=x", "p1web=" + "a" * 26, "=", ";;;",
             "x=y; p1web=z", "p1web=" + "a" * 1990, "a=b; " * 400]) + "\r\n")),
        lambda: ("token", get("/api/v1/meters", "Authorization: " +
                              r.choice(TOKENS) + "\r\n")),
    ])()


METHODS = ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT",
           "GETGET", "G\x00ET", "\x01", "PROPFIND", "A" * 3000]
HOSTS = ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example",
         "", " ", "127.0.0.1:x", "[::1", "a" * 3000, "127.0.0.1@evil.example",
         "evil.example\r\nHost: evil2.example", "127.0.0.1, evil.example",
         "127.0.0.1:123456"]
ORIGINS = ["http://evil.example", "null", "http://", "https://127.0.0.1.evil",
           f"http://127.0.0.1:{PORT}.evil.example", "file://", "a" * 2000,
           f"http://127.0.0.1:{PORT}@evil.example", f"ftp://127.0.0.1:{PORT}"]
OTHERS = [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(100),
          bytes.fromhex("1603010200010001fc0303") + bytes(500),
          b"\x00" * 2000, b"\r\n" * 2000, b"SSH-2.0-x\r\n", b"/TST5\\meter\r\n",
          b"EHLO evil.example\r\n", b"\x05\x01\x00", b"GET", b"GET / ",
          b"GET /health\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
          b"{" * 5000, b"\xff" * 5000]


def odd_requests(r):
    """Legal or nearly: a request that was damaged, or says odd things."""
    good = get("/api/v1/history?resolution=hour&from=2026-03-10", auth())
    cheap = get("/health", auth())
    damaged = bytearray(good)
    for _ in range(r.randrange(1, 6)):
        at = r.randrange(len(damaged))
        damaged[at:at + r.randrange(2)] = r.randbytes(r.randrange(3))
    return r.choice([
        lambda: ("damaged", bytes(damaged)),
        lambda: ("cut", good[:r.randrange(len(good))]),
        lambda: ("body", get("/api/v1/meters", "Content-Length: %s\r\n" % r.choice(
            ["5", "-1", "99999999999999999999", "0x10", "1, 2"])) + b"12345"),
        lambda: ("chunks", get("/api/v1/meters", "Transfer-Encoding: chunked\r\n") +
                 b"ffffffffffffffff\r\n" + bytes(300)),
        lambda: ("smuggled", get("/api/v1/meters", "Content-Length: 5\r\nContent-"
                                 "Length: 60\r\n") + get("/nix")),
        lambda: ("line ends", cheap.replace(b"\r\n", b"\n")),
        lambda: ("folded", get("/api/v1/meters", "X: a\r\n b\r\n\tc\r\n")),
        lambda: ("pipelined", cheap * r.randrange(2, 40)),
        lambda: ("many arguments", get("/api/v1/history?" + "&".join(
            ["from=1"] * 900))),
        lambda: ("upgrade", get("/live", "Upgrade: %s\r\nConnection: Upgrade\r\n"
                                % r.choice(["h2c", "websocket", "TLS/1.0"]))),
    ])()


def requests(n):
    r = random.Random(1)
    wrong = [wrong_requests(r) for _ in range(n // 2)]
    odd = [odd_requests(r) for _ in range(n - n // 2)]
    if TOKEN is None:
        wrong = [w for w in wrong if w[0] not in ("token", "cookie")]
    seen = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        # Half of them leave their side open, as a client would.
        for (kind, data), got in zip(wrong, pool.map(
                lambda w: answer(w[1], r.random() < 0.5 or w[0] == "form"
                                 or b"\n\r\n" not in w[1]), wrong)):
            seen["wrong", kind, got] += 1
        for (kind, data), got in zip(odd, pool.map(
                lambda w: answer(w[1]), odd)):
            seen["odd", kind, got] += 1
    for (_, kind, got), count in sorted(seen.items()):
        print(f"{count:6} {kind}: {got}")
    return not any(k == "wrong" and got[0] in "123" for k, _, got in seen)


def frame(opcode, payload, fin=True, mask=True, length=None, rsv=0):
    n = len(payload) if length is None else length
    first = (0x80 if fin else 0) | rsv << 4 | opcode
    bit = 0x80 if mask else 0
    head = (bytes([first, bit | n]) if n < 126 else
            struct.pack("!BBH", first, bit | 126, n) if n < 65536 else
            struct.pack("!BBQ", first, bit | 127, n))
    key = os.urandom(4) if mask else b""
    return head + key + (bytes(b ^ key[i % 4] for i, b in enumerate(payload))
                         if mask else payload)


# What ends a connection: RFC 6455, 5.1 to 5.5, 7.4; and floods.
FRAMES = {
    "unmasked": lambda r: frame(1, b"hello", mask=False),
    "reserved opcode": lambda r: frame(r.choice([3, 4, 7, 11, 15]), b"x"),
    "reserved bits": lambda r: frame(1, b"x", rsv=r.choice([1, 2, 3, 7])),
    "long ping": lambda r: frame(9, b"x" * 126),
    "ping in pieces": lambda r: frame(9, b"x", fin=False),
    "no beginning": lambda r: frame(0, b"x"),
    "two beginnings": lambda r: frame(1, b"x", fin=False) + frame(1, b"y"),
    "length with its top bit": lambda r: frame(2, b"", length=1 << 63) +
    bytes(200000),
    "a huge frame": lambda r: frame(2, b"", length=1 << 40) + bytes(400000),
    "endless pieces": lambda r: frame(1, b"x", fin=False) +
    frame(0, b"x", fin=False) * 2000,
    "a flood": lambda r: frame(1, b"x" * 100) * 1000,
    "noise": lambda r: r.randbytes(3000),
}
UPGRADES = {
    "no key": lambda r: upgrade().replace(b"Sec-WebSocket-Key", b"X"),
    "another path": lambda r: upgrade(path=r.choice(PATHS[:20])),
    "another site": lambda r: upgrade("Origin: http://evil.example\r\n"),
    "huge key": lambda r: upgrade(key="a" * 20000),
    "old version": lambda r: upgrade(version=r.choice([0, 7, 8, 99])),
}


def ends(data):
    """Is a WebSocket that sends this ended, by a Close or without?"""
    s = connect()
    try:
        s.sendall(upgrade(auth()))
        f = s.makefile("rb")
        if not f.readline().startswith(b"HTTP/1.1 101"):
            return "not begun"
        while f.readline().strip():
            pass
        s.sendall(data)
        while (head := f.read(2)) and head[0] & 0x0F != 8:
            n = head[1]
            f.read(n if n < 126 else int.from_bytes(f.read(2), "big"))
        return "ended"
    except socket.timeout:
        return "stays"
    except OSError:
        return "ended"
    finally:
        s.close()


def sockets(n):
    r = random.Random(2)
    seen = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        names = [r.choice(list(FRAMES)) for _ in range(n)]
        for name, got in zip(names, pool.map(
                lambda name: ends(FRAMES[name](r)), names)):
            seen[name, got] += 1
        names = [r.choice(list(UPGRADES)) for _ in range(n // 4)]
        for name, got in zip(names, pool.map(
                lambda name: answer(UPGRADES[name](r)), names)):
            seen[name, got] += 1
    for (name, got), count in sorted(seen.items()):
        print(f"{count:6} {name}: {got}")
    return not any(got in ("stays", "not begun", "101") for _, got in seen)


def hold(n):
    """Half requests, kept open; who is hung up on comes again."""
    held, gone = [], 0
    text = get("/api/v1/meters", "X-Slow: " + "a" * 2000)
    while len(good.times) < SERVED or not gone:
        while len(held) < int(n):
            s = connect()
            s.setblocking(False)
            held.append([s, 0])
        for one in list(held):
            try:
                if one[1] == 0:
                    one[0].send(text[:20])
                one[0].send(text[20 + one[1]:21 + one[1]])
                one[1] += 1
                if one[0].recv(100) == b"":
                    raise ConnectionError
            except BlockingIOError:
                pass
            except OSError:
                one[0].close()
                held.remove(one)
                gone += 1
        time.sleep(0.1)
    print(f"hung up on {gone}")
    return gone > 0


def stall(n, path):
    held = []
    for _ in range(int(n)):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.settimeout(LATE)
        try:
            s.connect(("127.0.0.1", PORT))
            s.sendall(get(path, auth()))
        except OSError:
            pass
        held.append(s)
    print("stalled", flush=True)
    before = len(good.times)
    while len(good.times) < before + SERVED:
        time.sleep(0.05)
    return True


what = sys.argv[2]
good = Good()
good.start()
if what in ("requests", "sockets"):
    fine = globals()[what](int(sys.argv[3]))
else:
    fine = globals()[what](*sys.argv[3:])
sys.exit(not (good.finish() and fine))

"""A WebSocket client of its own, for web_*.bats: by RFC 6455, from sockets.

web_socket.py PORT listen N          print N text messages, a line each
web_socket.py PORT origin ORIGIN     print the status of an upgrade from there
web_socket.py PORT path PATH         the same of an upgrade of another path
web_socket.py PORT lazy FEED N       two clients; one reads nothing while N readings
                                     go into FEED: print how many it gets then, the
                                     last one included
web_socket.py PORT hold              print "in" when it is let in, and stay
web_socket.py PORT many N            N clients: how many got a message
web_socket.py PORT ask METHOD PATH   without a WebSocket: a request whose body is
                                     standard input; print the answer's body
"""
import base64
import datetime
import hashlib
import os
import socket
import sys


def connect(port, room=None):
    s = socket.socket()
    s.settimeout(60)
    if room:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    s.connect(("127.0.0.1", int(port)))
    return s


def upgrade(port, path="/live", origin=None, room=None):
    s = connect(port, room)
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}",
             "Upgrade: websocket", "Connection: Upgrade",
             f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
    if origin:
        lines.append(f"Origin: {origin}")
    s.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    f = s.makefile("rb")
    status = f.readline().decode().split(" ")
    heads = {}
    while (line := f.readline().decode().strip()):
        name, value = line.split(":", 1)
        heads[name.lower()] = value.strip()
    if len(status) > 1 and status[1] == "101":
        want = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .encode()).digest()
        assert heads["sec-websocket-accept"] == base64.b64encode(want).decode()
    return s, f, status[1] if len(status) > 1 else "hung up"


def message(f):
    """One text message; a server never masks."""
    text = b""
    while True:
        first, second = f.read(2)
        assert not second & 0x80
        n = second & 0x7F
        if n >= 126:
            n = int.from_bytes(f.read(2 if n == 126 else 8), "big")
        payload = f.read(n)
        if first & 0x0F in (0, 1):
            text += payload
        if first & 0x80 and first & 0x0F in (0, 1):
            return text.decode()


def listen(port, n):
    s, f, status = upgrade(port)
    assert status == "101", status
    for _ in range(int(n)):
        print(message(f), flush=True)


def lazy(port, feed, n):
    """The eager client has got each reading before the next one is sent."""
    eager, late = upgrade(port)[1], upgrade(port, room=4096)[1]
    to = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    first = datetime.datetime(2026, 3, 10)
    for i in range(int(n)):
        at = (first + datetime.timedelta(seconds=i)).isoformat() + "Z"
        line = f'{{"time":"{at}","message":"{"x" * 20000}"}}'
        to.sendto(line.encode(), feed)
        while message(eager) != line:
            pass
    got = 1
    while message(late) != line:
        got += 1
    print(got)


def hold(port):
    status = ""
    while status != "101":
        try:
            s, f, status = upgrade(port)
        except OSError:  # the previous client has not been seen to leave
            pass
    print("in", flush=True)
    f.read()


def many(port, n):
    them = [upgrade(port) for _ in range(int(n))]
    print(sum(message(f).startswith("{") for _, f, st in them if st == "101"))


def ask(port, method, path):
    """Read the answer also of a server that hangs up before it took all."""
    body, got = sys.stdin.buffer.read(), b""
    head = (f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n")
    s = connect(port)
    try:
        s.sendall(head.encode() + body)
    except OSError:
        pass
    try:
        while (piece := s.recv(65536)):
            got += piece
    except OSError:
        pass
    print(got.partition(b"\r\n\r\n")[2].decode())


def main(port, what, *args):
    if what == "origin":
        print(upgrade(port, origin=args[0])[2])
    elif what == "path":
        print(upgrade(port, path=args[0])[2])
    else:
        globals()[what](port, *args)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])

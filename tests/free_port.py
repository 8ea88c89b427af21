#!/usr/bin/env python3
"""free_port.py [PID]: print a port of 127.0.0.1, TCP and UDP, that nothing uses,
and that nobody else is given while the process PID (the caller) lives.

A port that the kernel chooses (port 0) is one of those it also gives to the next
outgoing connection: by the time that a server opens it, it may be taken. These
are below that range, and each is recorded with the process that has it."""
import fcntl
import os
import random
import socket
import sys
import tempfile
from pathlib import Path

LOWEST = 15000
EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")


def candidates():
    end = int(EPHEMERAL.read_text().split()[0]) if EPHEMERAL.exists() else 0
    # A machine may use almost all ports for connections.
    ports = list(range(LOWEST, end if end > LOWEST + 1000 else 32768))
    random.shuffle(ports)
    return ports


def is_unused(port):
    for kind in socket.SOCK_STREAM, socket.SOCK_DGRAM:
        with socket.socket(socket.AF_INET, kind) as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True


def is_taken(record):
    try:
        os.kill(int(record.read_text()), 0)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return False
    except PermissionError:
        pass
    return True


def free_port(pid=None):
    folder = Path(tempfile.gettempdir(), f"p1-ports.{os.getuid()}")
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for port in candidates():
            record = folder / str(port)
            if not is_taken(record) and is_unused(port):
                record.write_text(str(pid or os.getpid()))
                return port
    raise SystemExit("no port is free")


if __name__ == "__main__":
    print(free_port(int(sys.argv[1]) if len(sys.argv) > 1 else os.getppid()))

#!/usr/bin/env python3
"""forward_receive.py FILE PORT[@GROUP]...: write each datagram that comes to one
of these ports of 127.0.0.1 (or of a multicast group on the loopback interface)
into FILE, as a line "PORT TEXT". The first line is "ready"."""
import select
import socket
import sys

with open(sys.argv[1], "w", buffering=1) as out:
    sockets = {}
    for word in sys.argv[2:]:
        port, _, group = word.partition("@")
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        s.bind((group or "127.0.0.1", int(port)))
        if group:
            s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                         socket.inet_aton(group) +
                         socket.inet_aton("127.0.0.1"))
        sockets[s] = port
    print("ready", file=out)
    while True:
        for s in select.select(list(sockets), [], [])[0]:
            text = s.recv(65536).decode("latin-1")
            print(sockets[s], text.rstrip("\n"), file=out)

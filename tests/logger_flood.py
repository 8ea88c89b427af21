#!/usr/bin/env python3
"""A TCP port whose telegrams, each with a correct CRC, differ from one another in
what a meter says seldom, and come as fast as they are read:

    logger_flood.py text|header|meter COUNT     prints the port's number

Their times are an hour apart. When all are sent the connection stays open."""
import socket
import sys
import time

TABLE = []
for byte in range(256):
    for _ in range(8):
        byte = byte >> 1 ^ 0xA001 if byte & 1 else byte >> 1
    TABLE.append(byte)


def crc(data, at=0):  # CRC-16/ARC
    for byte in data:
        at = at >> 8 ^ TABLE[(at ^ byte) & 255]
    return at


def stamp(utc):
    return time.strftime('%y%m%d%H%M%SW', time.gmtime(utc + 3600))


def rest(i, meter, text):
    utc = 1767225600 + i * 3600  # 2026-01-01
    failures = ''.join(f'({stamp(utc - 9000000 + j)})({i:010}*s)'
                       for j in range(10))
    return (f'{text}\r\n0-0:1.0.0({stamp(utc)})\r\n0-0:96.1.1({meter})\r\n'
            f'1-0:1.8.1({1000 + i:06}.000*kWh)\r\n1-0:1.8.2(001000.000*kWh)\r\n'
            f'1-0:99.97.0(10)(0-0:96.7.19){failures}\r\n!')


def telegrams(kind, count):
    long = ('/FLD5\\flood\r\n\r\n1-3:0.2.8(50)\r\n0-0:96.13.0('
            + '41' * 25000).encode()
    known = crc(long)
    for i in range(count):
        if kind == 'text':
            head, at, body = long, known, rest(i, '4530', f'{i:08})')
        else:
            head = f'/FLD5\\{i if kind == "header" else "flood"}\r\n\r\n'
            head, at = head.encode(), crc(head.encode())
            meter = '4530' if kind == 'header' else f'{i:060}'
            body = rest(i, meter, '1-3:0.2.8(50)')
        body = body.encode()
        yield head + body + f'{crc(body, at):04X}\r\n'.encode()


def main():
    listening = socket.socket()
    listening.bind(('127.0.0.1', 0))
    listening.listen()
    print(listening.getsockname()[1], flush=True)
    client, _ = listening.accept()
    for one in telegrams(sys.argv[1], int(sys.argv[2])):
        client.sendall(one)
    print('sent', flush=True)
    client.recv(1)


main()

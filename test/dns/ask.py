# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks a DNS server many questions at a time.

    ask.py SERVER [SECONDS] < QUESTIONS

A line for each question, which is a name without a dot at its end, and a type, with "+do" after it if signatures
are wanted, as resolvers do: the question, the result and,
sorted, what records of that type say: "2001-db8--1.ipv6-literal.net AAAA NOERROR 2001:db8::1". The result is
"nothing" if there is none in 10 SECONDS.
"""
import ipaddress
import socket
import struct
import sys

TYPES = {'A': 1, 'PTR': 12, 'TXT': 16, 'AAAA': 28, 'HTTPS': 65}
RESULTS = 'NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED'.split()
AT_ONCE = 64  # what fits into the buffer of the server's socket


def split(kind):
    """A type, and whether signatures are wanted."""
    return TYPES[kind.removesuffix('+do')], kind.endswith('+do')


def question(number, name, kind):
    number_of_kind, signed = split(kind)
    labels = [label.encode('latin-1') for label in name.split('.') if label]
    wire = b''.join(bytes([len(label)]) + label for label in labels) + b'\0'
    # EDNS0, and of its flags DO.
    more = b'\0' + struct.pack('>2HIH', 41, 4096, 0x8000, 0) if signed else b''
    return struct.pack('>6H', number, 0x100, 1, 0, 0, int(signed)) + wire + struct.pack('>2H', number_of_kind, 1) + more


def read_name(message, at):
    """The name at an offset, and the offset after it."""
    labels = []
    while message[at]:
        if message[at] >= 0xc0:
            rest, _ = read_name(message, (message[at] & 0x3f) << 8 | message[at + 1])
            return '.'.join(labels + [rest]), at + 2
        end = at + 1 + message[at]
        labels.append(message[at + 1:end].decode('latin-1'))
        at = end
    return '.'.join(labels), at + 1


def read_answer(message, kind):
    """The result, and what the records of this type say."""
    flags, _, count = struct.unpack('>3H', message[2:8])
    _, at = read_name(message, 12)
    at += 4
    said = []
    for _ in range(count):
        _, at = read_name(message, at)
        record, _, _, length = struct.unpack('>HHIH', message[at:at + 10])
        at += 10
        data = message[at:at + length]
        if record == split(kind)[0]:
            if record in (TYPES['A'], TYPES['AAAA']):
                said.append(str(ipaddress.ip_address(data)))
            elif record == TYPES['PTR']:
                said.append(read_name(message, at)[0])
            else:
                said.append(data.hex())
        at += length
    return RESULTS[flags & 15], sorted(said)


def ask(server, questions, seconds=10):
    """The answers to a list of (name, type), in order; None for one that is not answered in time."""
    address = ipaddress.ip_address(server)
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    answers = [None] * len(questions)
    with socket.socket(family, socket.SOCK_DGRAM) as here:
        here.connect((server, 53))
        here.settimeout(seconds)
        for start in range(0, len(questions), AT_ONCE):
            waiting = set(range(start, min(start + AT_ONCE, len(questions))))
            for number in waiting:
                here.send(question(number, *questions[number]))
            try:
                while waiting:
                    message = here.recv(4096)
                    number, = struct.unpack('>H', message[:2])
                    if number in waiting:
                        waiting.remove(number)
                        answers[number] = read_answer(message, questions[number][1])
            except TimeoutError:
                pass
    return answers


if __name__ == '__main__':
    asked = [tuple(line.split()) for line in sys.stdin]
    for (name, kind), answer in zip(asked, ask(sys.argv[1], asked, *map(int, sys.argv[2:]))):
        result, said = answer or ('nothing', [])
        print(name, kind, result, *said)

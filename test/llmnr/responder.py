#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A host on the link that answers link-local multicast name resolution (RFC 4795), well or badly.

    responder.py [--claim] LOG INTERFACE...

The name that is asked for says how: see the table `ways` below. Each query is taken apart first, by a reading of
the RFC of its own, and written to LOG: "udp6 eth0 AAAA peer ID PORT", and what is wrong about it if anything is. A line
"ready" comes when the sockets are open. With --claim it answers to all other names, too.
"""
import os
import re
import select
import socket
import struct
import sys
import threading
import time

PORT = 5355
A, PTR, AAAA = 1, 12, 28
QR, C, TC, T = 0x8000, 0x0400, 0x0200, 0x0100
IP_RECVTTL = 12  # <bits/in.h>; not in the module socket
PTR_FILE = "/mnt/ptr"  # if it exists, the name of every address
OFF_LINK = {socket.AF_INET6: "2001:db8:ff::1", socket.AF_INET: "192.0.2.200"}

claims = "--claim" in sys.argv
interfaces = [word for word in sys.argv[1:] if word != "--claim"]
log = open(interfaces.pop(0), "w", buffering=1)
asked = {}


class Query:
    """One query, and whether it is as the RFC wants it."""

    def __init__(self, data):
        self.faults = []
        self.id, flags, *counts = struct.unpack(">6H", data[:12])
        if flags != 0 or counts != [1, 0, 0, 0]:
            self.faults.append("header")
        labels, at = [], 12
        while data[at]:
            labels.append(data[at + 1 : at + 1 + data[at]])
            at += 1 + data[at]
        self.name = b".".join(labels).decode()
        self.type, class_ = struct.unpack(">2H", data[at + 1 : at + 5])
        self.question = data[12 : at + 5]
        if class_ != 1:
            self.faults.append("class")
        if at + 5 != len(data):
            self.faults.append("length")


def wire(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def record(type_, data, owner=b"\xc0\x0c", ttl=30):
    return owner + struct.pack(">HHIH", type_, 1, ttl, len(data)) + data


def v6(*addresses):
    return [record(AAAA, socket.inet_pton(socket.AF_INET6, a)) for a in addresses]


def v4(*addresses):
    return [record(A, socket.inet_aton(a)) for a in addresses]


def reply(query, answers=(), flags=0, rcode=0, id_=None, question=None, counts=None):
    counts = counts or (1, len(answers), 0, 0)
    return (
        struct.pack(">6H", query.id if id_ is None else id_, QR ^ flags | rcode, *counts)
        + (query.question if question is None else question)
        + b"".join(answers)
    )


def plain(query):
    """What an honest host called so would say."""
    if query.type == PTR:
        # 192.0.2.9 has a name that a terminal would obey, and others claim to be this machine.
        names = {"9": "\33[31mred\7", "10": "localhost", "11": "127.1", "12": "Local.example"}
        name = names.get(query.name.split(".")[0], "peer")
        if os.path.exists(PTR_FILE):
            return reply(query, [record(PTR, wire(open(PTR_FILE).read().removesuffix(".")))])
        return reply(query, [record(PTR, wire(name))])
    return reply(query, v6("fe80::1", "2001:db8::1") if query.type == AAAA else v4("192.0.2.1"))


def evil(query, **how):
    """An answer that nobody may believe."""
    return reply(query, v6("fe80::bad") if query.type == AAAA else v4("192.0.2.66"), **how)


def as_long_as(size):
    def make(query):
        if query.type != AAAA:
            return reply(query)
        fixed = len(reply(query))
        count, rest = divmod(size - fixed, 28)
        answers = v6(*(f"fe80::1:{i:x}" for i in range(1, count + 1)))
        # What does not fill an address goes into a record of another kind.
        if rest < 12:
            answers.pop()
            rest += 28
        answers.append(record(16, bytes(rest - 12)))
        return reply(query, answers)

    return make


def loop(query):
    """An owner that is a pointer to itself, one that points at the next, and that one back."""
    at = len(reply(query))
    data = socket.inet_pton(socket.AF_INET6, "fe80::bad")
    owners = [struct.pack(">H", 0xC000 | at), struct.pack(">H", 0xC000 | at + 56), struct.pack(">H", 0xC000 | at + 28)]
    return reply(query, [record(AAAA, data, owner) for owner in owners])


def other_question(query):
    return wire("other") + query.question[-4:]


# What is said to a query over UDP: messages, each None for silence, or (kind, message) for a strange way to send it.
# Beside these there are deaf-N, which does not hear the first N queries of a kind; late-N, which takes its time, N
# milliseconds; on-INTERFACE, which is there alone; say-HEX, which has that address; and nobody has any other name.
ways = {
    "peer": lambda q: [plain(q)],
    "only-six": lambda q: [plain(q) if q.type == AAAA else reply(q)],
    "only-four": lambda q: [plain(q) if q.type == A else reply(q)],
    "mute-on-four": lambda q: [plain(q) if q.type == AAAA else None],
    "mute-on-a": lambda q: [reply(q) if q.type == AAAA else None],
    "no-address": lambda q: [reply(q)],
    "wrong-id": lambda q: [evil(q, id_=q.id ^ 1)],
    "wrong-question": lambda q: [evil(q, question=other_question(q))],
    "wrong-type": lambda q: [evil(q, question=q.question[:-3] + b"\xff\0\1")],
    "no-question": lambda q: [evil(q, question=b"", counts=(0, 1, 0, 0))],
    "two-questions": lambda q: [evil(q, question=2 * q.question, counts=(2, 1, 0, 0))],
    "tentative": lambda q: [evil(q, flags=T)],
    "refused": lambda q: [evil(q, rcode=5)],
    "no-such-name": lambda q: [evil(q, rcode=3)],
    "a-query": lambda q: [evil(q, flags=QR)],
    "loop": lambda q: [loop(q)],
    "cut-off": lambda q: [evil(q)[:-1]],
    "garbage": lambda q: [b"", b"\0", q.question, bytes(12), bytes(600), b"\xff" * 600],
    "other-owner": lambda q: [reply(q, [record(q.type, bytes(16 if q.type == AAAA else 4), wire("other"))])],
    "additional": lambda q: [evil(q, counts=(1, 0, 0, 1))],
    "to-ourselves": lambda q: [reply(q, v6("::1", "::", "::ffff:127.0.0.1", "ff02::1") if q.type == AAAA
                                     else v4("127.0.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255"))],
    "wrong-port": lambda q: [("port", evil(q))],
    "off-link": lambda q: [("off-link", evil(q))],
    "two-answers": lambda q: [plain(q), evil(q)],
    "evil-first": lambda q: [evil(q, id_=q.id ^ 1), evil(q, flags=T), ("off-link", evil(q)), loop(q), plain(q)],
    "conflict": lambda q: [reply(q, v6("fe80::1"), C) if q.type == AAAA else reply(q, v4("192.0.2.1"), C),
                           reply(q, v6("fe80::3"), C) if q.type == AAAA else reply(q, v4("192.0.2.3"), C)],
    "slow-conflict": lambda q: [reply(q, v6("fe80::1"), C), ("later", reply(q, v6("fe80::3"), C))],
    "twice": lambda q: [reply(q, v6("fe80::1", "fe80::1") if q.type == AAAA else v4("192.0.2.1", "192.0.2.1"))],
    "too-long": lambda q: [as_long_as(9195)(q)],
    "longest": lambda q: [as_long_as(9194)(q)],
    "truncated": lambda q: [evil(q, flags=TC)],
    "short-stream": lambda q: [evil(q, flags=TC)],
    "mute-stream": lambda q: [evil(q, flags=TC)],
    "closed-stream": lambda q: [evil(q, flags=TC)],
    "long-stream": lambda q: [evil(q, flags=TC)],
    "truncated-stream": lambda q: [evil(q, flags=TC)],
    "wrong-id-stream": lambda q: [evil(q, flags=TC)],
}


def say_over_tcp(query):
    """The same for TCP: pieces, with None for a wait until the other side gives up."""
    message = evil(query, id_=query.id ^ 1) if query.name == "wrong-id-stream" else plain(query)
    if query.name == "truncated-stream":
        message = evil(query, flags=TC)
    if query.name == "mute-stream":
        return [None]
    if query.name == "closed-stream":
        return []
    if query.name == "long-stream":
        return [struct.pack(">H", 65535), bytes(65535)]
    if query.name == "short-stream":
        return [struct.pack(">H", len(message)), message[:-1], None]
    # In pieces: TCP keeps no boundaries.
    return [b"\0", struct.pack(">H", len(message))[1:], message[:7], message[7:]]


def say(query, way, interface):
    if query.name.endswith(".arpa"):
        # 169.254.7.7 is on the second link alone.
        return [plain(query)] if not query.name.startswith("7.7.254.169.") or interface == "there2" else []
    if query.name.startswith("say-"):
        data = bytes.fromhex(query.name[4:])
        return [reply(query, [record(query.type, data)] if len(data) == (16 if query.type == AAAA else 4) else [])]
    if query.name.startswith("on-"):
        return [plain(query)] if query.name == "on-" + interface else []
    if query.name.startswith("late-"):
        return [plain(query)]
    if query.name.startswith("deaf-"):
        key = (query.name, query.type, way)
        asked[key] = asked.get(key, 0) + 1
        return [plain(query)] if asked[key] > int(query.name[5:]) else []
    return ways.get(query.name.lower(), lambda q: [evil(q)] if claims else [])(query)


def note(way, interface, query, port, faults):
    type_ = {A: "A", AAAA: "AAAA", PTR: "PTR"}.get(query.type, query.type)
    print(way, interface, type_, query.name, query.id, port, *query.faults, *faults, file=log)


def open_datagram(family, interface, port=PORT, address=None):
    s = socket.socket(family, socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
    index = socket.if_nametoindex(interface)
    if family == socket.AF_INET6:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        s.bind((address or "::", port))
        if address is None:
            group = socket.inet_pton(family, "ff02::1:3") + struct.pack("@I", index)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, group)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
    else:
        s.bind((address or "", port))
        if address is None:
            group = socket.inet_aton("224.0.0.252") + bytes(4) + struct.pack("@i", index)
            s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
            s.setsockopt(socket.IPPROTO_IP, IP_RECVTTL, 1)
    return s


def receive(s, interface, family):
    """A query, and how to answer it."""
    data, control, _, sender = s.recvmsg(65535, 256)
    way = "udp6" if family == socket.AF_INET6 else "udp4"
    faults = []
    for level, type_, value in control:
        if (level, type_) in ((socket.IPPROTO_IPV6, socket.IPV6_HOPLIMIT), (socket.IPPROTO_IP, socket.IP_TTL)):
            if struct.unpack("@i", value[:4])[0] != 255:
                faults.append("hops")
    if family == socket.AF_INET6 and not sender[0].startswith("fe80:"):
        faults.append("source")
    if sender[1] < 1024 or sender[1] == PORT:
        faults.append("port")
    query = Query(data)
    note(way, interface, query, sender[1], faults)

    def send():
        for message in say(query, way, interface):
            kind, bytes_ = message if isinstance(message, tuple) else ("", message)
            if bytes_ is None:
                continue
            if kind == "":
                s.sendto(bytes_, sender)
                continue
            if kind == "later":
                threading.Timer(0.03, s.sendto, (bytes_, sender)).start()
                continue
            port, address = (PORT, OFF_LINK[family]) if kind == "off-link" else (PORT + 1, None)
            with open_datagram(family, interface, port, address) as other:
                other.sendto(bytes_, sender)

    late = re.fullmatch(r"late-(\d+)", query.name)
    return (int(late[1]) / 1000 if late else 0), send


def serve_stream(s, interface, way):
    peer, sender = s.accept()
    print(way, interface, "connection", file=log)
    peer.settimeout(5)
    data = b""
    while len(data) < 2 or len(data) < 2 + struct.unpack(">H", data[:2])[0]:
        piece = peer.recv(65535)
        if not piece:
            print(way, interface, "ends early", file=log)
            return
        data += piece
    query = Query(data[2:])
    note(way, interface, query, sender[1], [])
    try:
        for piece in say_over_tcp(query):
            if piece is None:
                peer.recv(1)
            else:
                peer.sendall(piece)
                time.sleep(0.001)
    except OSError:
        pass
    peer.close()


def open_stream(family, interface):
    s = socket.socket(family, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
    if family == socket.AF_INET6:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    s.bind(("::" if family == socket.AF_INET6 else "", PORT))
    # RFC 4795, section 2.5: what comes from farther than the link does not get an answer.
    s.setsockopt(*((socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS) if family == socket.AF_INET6
                   else (socket.IPPROTO_IP, socket.IP_TTL)), 1)
    s.listen(16)
    return s


datagrams, streams = {}, {}
for interface in interfaces:
    for family, number in ((socket.AF_INET6, "6"), (socket.AF_INET, "4")):
        datagrams[open_datagram(family, interface)] = (interface, family)
        streams[open_stream(family, interface)] = (interface, "tcp" + number)
for s in datagrams:
    s.setblocking(False)
print("ready", file=log)
while True:
    select.select([*datagrams, *streams], [], [])
    # The questions of one lookup come in one go, and so do the replies.
    time.sleep(0.003)
    replies = []
    for s, arguments in datagrams.items():
        try:
            while True:
                replies.append(receive(s, *arguments))
        except BlockingIOError:
            pass
    for delay, send in replies:
        if delay > 0:
            threading.Timer(delay, send).start()
        else:
            send()
    for s in select.select(list(streams), [], [], 0)[0]:
        threading.Thread(target=serve_stream, args=(s, *streams[s]), daemon=True).start()

#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a host that answers LLMNR (RFC 4795) does with queries, right ones and others.

    probe.py rows INTERFACE NAME      prints a line for each: what is asked, a tab, what comes
    probe.py conflict INTERFACE NAME  has the name itself: prints "ready", then what the host does that starts then

The host has fe80::1, 2001:db8::1 and 192.0.2.1. It answers good queries in the order in which they come: it is
silent to one if the reply to the next has come.
"""
import select
import socket
import struct
import sys
import time

PORT = 5355
A, PTR, TXT, AAAA, OPT, ANY = 1, 12, 16, 28, 41, 255
QR, C, TC, T = 0x8000, 0x0400, 0x0200, 0x0100
GROUPS = {socket.AF_INET6: "ff02::1:3", socket.AF_INET: "224.0.0.252"}
OPT_RECORD = b"\0" + struct.pack(">HHIH", OPT, 1232, 0, 0)

mode, interface, name = sys.argv[1:]
index = socket.if_nametoindex(interface)
last_id = 0


def labels(text):
    return b"".join(bytes([len(label)]) + label.encode() for label in text.split(".")) + b"\0"


def query(type_, name_=name, flags=0, counts=(1, 0, 0, 0), more=b""):
    global last_id
    last_id += 1
    question = labels(name_) + struct.pack(">2H", type_, 1)
    return struct.pack(">6H", last_id, flags, *counts) + question + more


class Malformed(Exception):
    pass


def read_name(message, at):
    """A name, and where it ends."""
    parts = []
    end = None
    while message[at]:
        if message[at] >= 0xC0:
            end = end or at + 2
            at = (message[at] & 0x3F) << 8 | message[at + 1]
        else:
            parts.append(message[at + 1 : at + 1 + message[at]].decode())
            at += 1 + message[at]
    return ".".join(parts), end or at + 1


class Reply:
    def __init__(self, message):
        try:
            self.read(message)
        except (IndexError, struct.error, OSError) as error:
            raise Malformed from error

    def read(self, message):
        self.id, self.flags, questions, *counts = struct.unpack(">6H", message[:12])
        self.answers, self.ttls, self.name, self.has_edns = [], set(), None, False
        at = 12
        for _ in range(questions):
            self.name, at = read_name(message, at)
            self.type = struct.unpack(">H", message[at : at + 2])[0]
            at += 4
        for i in range(sum(counts)):
            _, at = read_name(message, at)
            type_, _, ttl, length = struct.unpack(">HHIH", message[at : at + 10])
            data = message[at + 10 : at + 10 + length]
            self.has_edns = self.has_edns or type_ == OPT
            if i < counts[0]:
                self.ttls.add(ttl)
                if type_ == PTR:
                    self.answers.append(read_name(message, at + 10)[0])
                elif type_ in (A, AAAA):
                    self.answers.append(socket.inet_ntop(socket.AF_INET if type_ == A else socket.AF_INET6, data))
                else:
                    raise Malformed
            at += 10 + length
        if at != len(message):
            raise Malformed

    def __str__(self):
        return ", ".join(self.answers) or "no address"


def open_socket(family):
    one = socket.socket(family, socket.SOCK_DGRAM)
    if family == socket.AF_INET6:
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_LOOP, 0)
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
    else:
        one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("=4s4si", b"", b"", index))
        one.setsockopt(socket.IPPROTO_IP, 12, 1)  # IP_RECVTTL, which the module socket does not have
    return one


def send(one, message, to=None):
    if one.family == socket.AF_INET6:
        one.sendto(message, (to or GROUPS[one.family], PORT, 0, index))
    else:
        one.sendto(message, (to or GROUPS[one.family], PORT))


def receive(one, seconds):
    """Message, hop limit and sender of what comes, or None."""
    if not select.select([one], [], [], seconds)[0]:
        return None
    message, ancillary, _, sender = one.recvmsg(9216, 64)
    return message, struct.unpack("=i", ancillary[0][2])[0], sender


def good(family):
    return query(AAAA if family == socket.AF_INET6 else A)


def start():
    """Until the name is this host's for certain, over both families."""
    for family in GROUPS:
        with open_socket(family) as one:
            until = time.monotonic() + 20
            found = False
            while not found:
                if time.monotonic() > until:
                    sys.exit("nobody answers")
                send(one, good(family))
                got = receive(one, 0.2)
                found = got is not None and Reply(got[0]).answers and not Reply(got[0]).flags & T


def ask(family, message, to=None):
    """What comes as a reply, and with it hop limit and sender; None if nothing does."""
    with open_socket(family) as one:
        send(one, message, to)
        after = good(family)
        send(one, after)
        while True:
            got = receive(one, 20)
            if got is None:
                sys.exit("it answers no more")
            if got[0][:2] == message[:2]:
                return got
            if got[0][:2] == after[:2]:
                return None


def said(got):
    try:
        return "silent" if got is None else str(Reply(got[0]))
    except Malformed:
        return "malformed"


def over_ipv6(type_, to=None, **what):
    return said(ask(socket.AF_INET6, query(type_, **what), to))


def over_ipv4(type_, to=None, **what):
    return said(ask(socket.AF_INET, query(type_, **what), to))


def by_tcp():
    try:
        with socket.create_connection((f"fe80::1%{interface}", PORT), 20) as stream:
            message = query(AAAA)
            stream.sendall(struct.pack(">H", len(message)) + message)
            with stream.makefile("rb") as reader:
                length = reader.read(2)
                return str(Reply(reader.read(*struct.unpack(">H", length)))) if length else "closed"
    except ConnectionRefusedError:
        return "refused"
    except ConnectionResetError:
        return "closed"


def with_edns():
    got = ask(socket.AF_INET6, query(AAAA, counts=(1, 0, 0, 1), more=OPT_RECORD))
    text = said(got)
    return text if text in ("silent", "malformed") or Reply(got[0]).has_edns else text + ", without EDNS0"


def header(got):
    flags = Reply(got[0]).flags & ~QR
    return "all 0" if flags == 0 else f"{flags:04x}"


def rows():
    reverse = ".".join(reversed(socket.inet_pton(socket.AF_INET6, "fe80::1").hex())) + ".ip6.arpa"
    six = ask(socket.AF_INET6, query(AAAA))
    four = ask(socket.AF_INET, query(A))
    yield "AAAA, over IPv6", said(six)
    yield "A, over IPv4", said(four)
    yield "A, over IPv6", over_ipv6(A)
    yield "AAAA, over IPv4", over_ipv4(AAAA)
    yield "any type (ANY), over IPv6", over_ipv6(ANY)
    yield "the name of fe80::1 (PTR)", over_ipv6(PTR, name_=reverse)
    yield "a type that it does not have (TXT)", over_ipv6(TXT)
    yield "another name", over_ipv6(AAAA, name_="nobody")
    yield "its `netbios name` in smb.conf", over_ipv6(AAAA, name_="pretty")
    yield "with EDNS0", with_edns()
    yield "with the bit T", over_ipv6(AAAA, flags=T)
    yield "with the bit C, by which a conflict is told", over_ipv6(AAAA, flags=C)
    yield "with the bit TC", over_ipv6(AAAA, flags=TC)
    yield "with an unknown OPCODE", over_ipv6(AAAA, flags=0x2800)
    two = (2, 0, 0, 0)
    yield "with two questions", over_ipv6(AAAA, counts=two, more=labels(name) + struct.pack(">2H", A, 1))
    yield "not to the group, to fe80::1", over_ipv6(AAAA, to="fe80::1")
    yield "to another group, ff02::1", over_ipv6(AAAA, to="ff02::1")
    yield "to another group, 224.0.0.1", over_ipv4(A, to="224.0.0.1")
    yield "reply: from port", ", ".join(sorted({str(six[2][1]), str(four[2][1])}))
    yield "reply: from address", f"{six[2][0].split('%')[0]}, {four[2][0]}"
    yield "reply: hop limit, TTL", f"{six[1]}, {four[1]}"
    yield "reply: the bits C, TC, T, the RCODE", header(six)
    yield "reply: valid for, in seconds", ", ".join(map(str, sorted(Reply(six[0]).ttls | Reply(four[0]).ttls)))

    yield "over TCP", by_tcp()  # wsdd2 reopens all its sockets after that

def conflict():
    """Claims the name when it is asked whether that is free, and asks for it meanwhile."""
    ours = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    ours.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    ours.bind(("::", PORT))
    ours.setsockopt(
        socket.IPPROTO_IPV6,
        socket.IPV6_JOIN_GROUP,
        socket.inet_pton(socket.AF_INET6, GROUPS[socket.AF_INET6]) + struct.pack("=i", index),
    )
    asks = "no"
    print("ready", flush=True)
    next_time = time.monotonic()
    until = next_time + 30
    with open_socket(socket.AF_INET6) as one:
        while time.monotonic() < until:
            if time.monotonic() >= next_time:
                send(one, good(socket.AF_INET6))
                next_time += 0.2
            for ready in select.select([ours, one], [], [], 0.1)[0]:
                message, sender = ready.recvfrom(9216)[:2]
                reply = Reply(message)
                if ready is one and reply.answers and not reply.flags & T:
                    return asks, "answers, too"
                if ready is one or sender[0].split("%")[0] != "fe80::1" or reply.flags & QR:
                    continue
                if reply.name.lower() != name:
                    return asks, "takes another name"
                asks = "yes"
                claim = b"\xc0\x0c" + struct.pack(">HHIH", AAAA, 1, 30, 16)
                claim += socket.inet_pton(socket.AF_INET6, "fe80::2")
                answer = struct.pack(">6H", reply.id, QR, 1, 1, 0, 0) + message[12:] + claim
                ours.sendto(answer, sender)
    return asks, "is silent"


if mode == "rows":
    start()
    for row, cell in rows():
        print(row, cell, sep="\t", flush=True)
else:
    for row, cell in zip(("asks whether its name is free", "when another host has it"), conflict()):
        print(row, cell, sep="\t", flush=True)

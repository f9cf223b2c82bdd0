#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Another host on the link of a responder of LLMNR.

    lan.py ask INTERFACE 4|6 NAME TYPE [OPTION]...   sends a query, and prints the reply
    lan.py tcp INTERFACE ADDRESS NAME TYPE [OPTION]...   the same over TCP
    lan.py rival INTERFACE 4|6 NAME [OPTION]...      has the name: replies to who asks for it, a line each
    lan.py flood INTERFACE 4|6 NAME COUNT RATE [OPTION]...   sends queries; prints how many, and the replies
    lan.py stream INTERFACE 4|6 NAME REPLY           "ready", and the different replies to many queries, in order,
                                                     up to this one
    lan.py starve INTERFACE 4|6 NAME PID SOURCE      SOURCE overflows the queue of a responder that is stopped, after
                                                     it has asked too often; prints the reply to another source
    lan.py forge INTERFACE 4|6 NAME SOURCES RATE SECONDS   sends queries with that many different source addresses; prints
                                                     how many
    lan.py client INTERFACE 4|6 NAME COUNT           asks as a client does, three times at the most; prints how often it got
                                                     a reply
    lan.py order INTERFACE 4|6 NAME                  sends twelve queries at once when a responder probes for the name; prints
                                                     "T" if a reply has it, and whether the replies come in order
    lan.py latency INTERFACE 4|6 NAME COUNT          one query after the other; prints the median in microseconds

A reply is printed as its flags, its answers, and what stands in the other sections.
"""
import argparse
import os
import random
import select
import signal
import socket
import struct
import sys
import time

PORT = 5355
GROUPS = {6: "ff02::1:3", 4: "224.0.0.252"}
TYPES = {"A": 1, "SOA": 6, "PTR": 12, "TXT": 16, "AAAA": 28, "OPT": 41, "ANY": 255}


def labels(text):
    raw = os.fsencode(text)
    return b"".join(bytes([len(label)]) + label for label in raw.split(b".") if label) + b"\0"


def query(name, type_, flags=0, opt=None, pad=0):
    id_ = random.getrandbits(16)
    more = b"" if opt is None else b"\0" + struct.pack(">HHBBHH", TYPES["OPT"], 1232, 0, opt, 0, 0)
    head = struct.pack(">6H", id_, flags, 1, 0, 0, 1 if more else 0)
    message = head + labels(name) + struct.pack(">2H", TYPES[type_], 1) + more
    return message + b"\0" * (pad - len(message))


def skip(message, at):
    while message[at]:
        if message[at] >= 0xC0:
            return at + 2
        at += 1 + message[at]
    return at + 1


def name_at(message, at):
    parts = []
    while message[at]:
        if message[at] >= 0xC0:
            at = (message[at] & 0x3F) << 8 | message[at + 1]
        else:
            parts.append(message[at + 1 : at + 1 + message[at]].decode())
            at += 1 + message[at]
    return ".".join(parts)


def describe(message):
    _, flags, questions, *counts = struct.unpack(">6H", message[:12])
    texts = [f"{flags:04x}"]
    at = 12
    for _ in range(questions):
        at = skip(message, at) + 4
    for count, mark in zip(counts, ("", "|", "+")):
        if count and mark:
            texts.append(mark)
        for _ in range(count):
            at = skip(message, at)
            type_, class_, ttl, length = struct.unpack(">HHIH", message[at : at + 10])
            data = message[at + 10 : at + 10 + length]
            if type_ in (TYPES["A"], TYPES["AAAA"]):
                texts.append(socket.inet_ntop(socket.AF_INET if type_ == 1 else socket.AF_INET6, data))
            elif type_ == TYPES["PTR"]:
                texts.append(name_at(message, at + 10))
            elif type_ == TYPES["OPT"]:
                texts.append(f"OPT{ttl >> 24}")
            else:
                texts.append({v: k for k, v in TYPES.items()}.get(type_, str(type_)))
            at += 10 + length
    return " ".join(texts)


def udp(family, index, source=None, port=0):
    one = socket.socket(socket.AF_INET6 if family == 6 else socket.AF_INET, socket.SOCK_DGRAM)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    if family == 6:
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_LOOP, 0)
        if source or port:
            one.bind((source or "::", port, 0, index if source else 0))
    else:
        one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("=4s4si", b"", b"", index))
        one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
        if source or port:
            one.bind((source or "", port))
    return one


def send(one, family, index, message, to=None):
    address = to or GROUPS[family]
    one.sendto(message, (address, PORT, 0, index) if family == 6 else (address, PORT))


def options(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("--flags", type=lambda text: int(text, 16), default=0)
    parser.add_argument("--opt", type=int)
    parser.add_argument("--pad", type=int, default=0)
    parser.add_argument("--source")
    parser.add_argument("--to")
    parser.add_argument("--wait", type=float, default=3)
    parser.add_argument("--tentative", action="store_true")
    parser.add_argument("--pieces", type=int, default=0)
    parser.add_argument("--raw")
    return parser.parse_args(arguments)


def ask(index, family, name, type_, arguments):
    given = options(arguments)
    with udp(family, index, given.source) as one:
        message = query(name, type_, given.flags, given.opt, given.pad)
        send(one, family, index, message, given.to)
        until = time.monotonic() + given.wait
        while (left := until - time.monotonic()) > 0:
            if select.select([one], [], [], left)[0]:
                reply, sender = one.recvfrom(65535)
                if reply[:2] == message[:2] and sender[1] == PORT:
                    return describe(reply)
    return "silent"


def over_tcp(interface, address, name, type_, arguments):
    given = options(arguments)
    target = f"{address}%{interface}" if address.startswith("fe80") else address
    message = query(name, type_, given.flags, given.opt, given.pad)
    stream = struct.pack(">H", len(message)) + message
    if given.raw is not None:
        stream = bytes.fromhex(given.raw)
    try:
        with socket.create_connection((target, PORT), 10) as one:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            step = given.pieces or len(stream) or 1
            for at in range(0, len(stream), step):
                one.sendall(stream[at : at + step])
                if given.pieces:
                    time.sleep(0.01)
            with one.makefile("rb") as reader:
                length = reader.read(2)
                return describe(reader.read(*struct.unpack(">H", length))) if len(length) == 2 else "closed"
    except ConnectionRefusedError:
        return "refused"
    except ConnectionResetError:
        return "closed"
    except TimeoutError:
        return "no end"


def join(one, family, index):
    if family == 6:
        group = socket.inet_pton(socket.AF_INET6, GROUPS[6]) + struct.pack("=i", index)
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, group)
    else:
        group = socket.inet_aton(GROUPS[4]) + struct.pack("=4si", b"\0" * 4, index)
        one.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)


def rival(index, family, name, arguments):
    given = options(arguments)
    one = udp(family, index, port=PORT)
    join(one, family, index)
    print("ready", flush=True)
    while True:
        message, sender = one.recvfrom(65535)
        id_, flags, *_ = struct.unpack(">6H", message[:12])
        end = skip(message, 12)
        type_ = struct.unpack(">H", message[end : end + 2])[0]
        if flags & 0x8400 or (name != "*" and name_at(message, 12).lower() != name):
            continue
        print("asked", type_, flush=True)
        if given.flags != 0x1:
            reply = struct.pack(">6H", id_, 0x8100 if given.tentative else 0x8000, 1, 0, 0, 0)
            one.sendto(reply + message[12 : end + 4], sender)


def flood(index, family, name, count, rate, arguments):
    given = options(arguments)
    replies = 0
    with udp(family, index, given.source) as one:
        one.setblocking(False)
        message = query(name, "AAAA" if family == 6 else "A", given.flags, given.opt, given.pad)
        batch = max(1, min(64, rate // 100))
        start = time.monotonic()
        for i in range(count):
            try:
                send(one, family, index, message)
            except BlockingIOError:
                pass
            if rate and (i + 1) % batch == 0:
                while (ahead := start + i / rate - time.monotonic()) > 0:
                    replies += len(select.select([one], [], [], min(ahead, 0.001))[0]) and drain(one)
        taken = time.monotonic() - start
        until = time.monotonic() + 0.3
        while time.monotonic() < until:
            if select.select([one], [], [], 0.1)[0]:
                replies += drain(one)
    return f"{count} in {taken:.2f} s, {replies} replies"


def drain(one):
    count = 0
    try:
        while True:
            one.recv(65535)
            count += 1
    except BlockingIOError:
        return count


def stream(index, family, name, last):
    """The replies to a query each ten milliseconds, each once, in order."""
    seen = []
    with udp(family, index) as one:
        print("ready", flush=True)
        until = time.monotonic() + 20
        while last not in seen and time.monotonic() < until:
            send(one, family, index, query(name, "AAAA"))
            while select.select([one], [], [], 0.01)[0]:
                text = describe(one.recv(65535))
                if text not in seen:
                    seen.append(text)
    return ", ".join(seen)


def starve(index, family, name, pid, source):
    message = query(name, "AAAA" if family == 6 else "A")
    with udp(family, index, source) as noisy:
        for _ in range(2):
            for i in range(3000):
                send(noisy, family, index, message)
                if i % 64 == 63:
                    time.sleep(0.001)
            while select.select([noisy], [], [], 0.05)[0]:
                noisy.recv(65535)
        os.kill(pid, signal.SIGSTOP)
        try:
            for _ in range(5000):
                send(noisy, family, index, message)
            with udp(family, index) as other:
                send(other, family, index, message)
                os.kill(pid, signal.SIGCONT)
                return describe(other.recv(65535)) if select.select([other], [], [], 2)[0] else "silent"
        finally:
            os.kill(pid, signal.SIGCONT)


def checksum(data):
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF or 0xFFFF


def frame(hardware, family, number, name):
    """A query from the link-local address or the one of 198.18.0.0/15 with this number, as a frame of Ethernet."""
    message = query(name, "AAAA" if family == 6 else "A")
    message += b"\0" * (len(message) % 2)
    length = 8 + len(message)
    ports = struct.pack(">3H", 40000, PORT, length)
    if family == 6:
        addresses = bytes.fromhex("fe80000000000000") + struct.pack(">2I", 0x02000000, number)
        addresses += socket.inet_pton(socket.AF_INET6, GROUPS[6])
        pseudo = addresses + struct.pack(">2I", length, socket.IPPROTO_UDP)
        head = struct.pack(">IHBB", 6 << 28, length, socket.IPPROTO_UDP, 255) + addresses
        to, kind = bytes.fromhex("333300010003"), 0x86DD
    else:
        addresses = struct.pack(">I", 0xC6120000 + number) + socket.inet_aton(GROUPS[4])
        pseudo = addresses + struct.pack(">2H", socket.IPPROTO_UDP, length)
        head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + length, 0, 0, 255, socket.IPPROTO_UDP, 0) + addresses
        head = head[:10] + struct.pack(">H", checksum(head)) + head[12:]
        to, kind = bytes.fromhex("01005e0000fc"), 0x0800
    sum_ = checksum(pseudo + ports + b"\0\0" + message)
    return to + hardware + struct.pack(">H", kind) + head + ports + struct.pack(">H", sum_) + message


def forge(interface, family, name, sources, rate, seconds):
    sent = 0
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as one:
        one.bind((interface, 0))
        hardware = one.getsockname()[4]
        frames = [frame(hardware, family, number + 1, name) for number in range(sources)]
        print("ready", flush=True)
        start = time.monotonic()
        while (elapsed := time.monotonic() - start) < seconds:
            for _ in range(min(int(rate * elapsed) - sent, 1000)):
                try:
                    one.send(frames[sent % sources])
                except OSError:
                    pass
                sent += 1
            if sent >= rate * elapsed:
                time.sleep(0.001)
    return f"{sent} in {elapsed:.1f} s"


def client(index, family, name, count):
    replies = 0
    for _ in range(count):
        with udp(family, index) as one:
            message = query(name, "AAAA" if family == 6 else "A")
            for _ in range(3):
                send(one, family, index, message)
                if select.select([one], [], [], 1)[0]:
                    replies += 1
                    break
    return f"{replies} of {count}"


def order(index, family, name):
    with udp(family, index, port=PORT) as group, udp(family, index) as one:
        join(group, family, index)
        print("ready", flush=True)
        while name_at(group.recv(65535), 12).lower() != name:
            pass
        sent = [query(name, "ANY") for _ in range(12)]
        for message in sent:
            send(one, family, index, message)
        replies = []
        while len(replies) < len(sent) and select.select([one], [], [], 2)[0]:
            replies.append(one.recv(65535))
    assert len(replies) == len(sent), f"{len(replies)} replies"
    is_tentative = any(reply[2] & 1 for reply in replies)
    in_order = [reply[:2] for reply in replies] == [message[:2] for message in sent]
    return f"{'T, ' if is_tentative else ''}{'in order' if in_order else 'not in order'}"


def latency(index, family, name, count):
    times = []
    with udp(family, index) as one:
        for _ in range(count):
            message = query(name, "AAAA" if family == 6 else "A")
            start = time.perf_counter()
            send(one, family, index, message)
            if select.select([one], [], [], 1)[0]:
                one.recv(65535)
                times.append(time.perf_counter() - start)
            time.sleep(0.02)
    times.sort()
    return f"{len(times)} of {count}, median {times[len(times) // 2] * 1e6:.0f} us"


verb, interface, where, name, *rest = sys.argv[1:]
number = socket.if_nametoindex(interface)
if verb == "ask":
    print(ask(number, int(where), name, rest[0], rest[1:]))
elif verb == "tcp":
    print(over_tcp(interface, where, name, rest[0], rest[1:]))
elif verb == "rival":
    rival(number, int(where), name, rest)
elif verb == "flood":
    print(flood(number, int(where), name, int(rest[0]), int(rest[1]), rest[2:]))
elif verb == "stream":
    print(stream(number, int(where), name, rest[0]))
elif verb == "starve":
    print(starve(number, int(where), name, int(rest[0]), rest[1]))
elif verb == "forge":
    print(forge(interface, int(where), name, *map(int, rest)))
elif verb == "client":
    print(client(number, int(where), name, int(rest[0])))
elif verb == "order":
    print(order(number, int(where), name))
elif verb == "latency":
    print(latency(number, int(where), name, int(rest[0])))
else:
    sys.exit(__doc__)

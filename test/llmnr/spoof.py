#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A local user who answers this machine's own LLMNR queries for the name "victim".

    spoof.py READY LOG INTERFACE SOURCE...

Binds port 5355 as every user can, joins the groups, and writes each query that it receives to LOG. Beside that it
finds the ports of the sockets of AF_INET6 and AF_INET in /proc/net, and sends replies with id 0 to each, from each
SOURCE: an own address, or with IPV6_FREEBIND any other one.
"""
import os
import select
import socket
import struct
import sys

PORT = 5355
IPV6_FREEBIND = 78  # <linux/in6.h>; not in the module socket
A, AAAA = 1, 28

ready, log_name, interface, *sources = sys.argv[1:]
log = open(log_name, "w", buffering=1)
index = socket.if_nametoindex(interface)


def listen(family):
    s = socket.socket(family, socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        s.bind(("::", PORT))
        group = socket.inet_pton(family, "ff02::1:3") + struct.pack("@I", index)
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, group)
    else:
        s.bind(("", PORT))
        group = socket.inet_aton("224.0.0.252") + bytes(4) + struct.pack("@i", index)
        s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
    return s


def open_source(address):
    """A socket that sends from this address, and where to send to: the own addresses of its family."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    s = socket.socket(family, socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        s.setsockopt(socket.IPPROTO_IPV6, IPV6_FREEBIND, 1)
        s.bind((address, PORT, 0, index))
    else:
        s.bind((address, PORT))
    return s


def message(type_, data):
    question = b"\6victim\0" + struct.pack(">2H", type_, 1)
    return (struct.pack(">6H", 0, 0x8000, 1, 1, 0, 0) + question
            + struct.pack(">HHHIH", 0xC00C, type_, 1, 30, len(data)) + data)


def ports(table):
    with open("/proc/net/" + table) as lines:
        next(lines)
        return {int(line.split()[1].split(":")[1], 16) for line in lines} - {PORT}


replies = [message(AAAA, socket.inet_pton(socket.AF_INET6, "fe80::bad")), message(A, socket.inet_aton("192.0.2.9"))]
listeners = [listen(socket.AF_INET6), listen(socket.AF_INET)]
senders = [open_source(source) for source in sources]
open(ready, "w").close()
while os.path.exists(ready):
    for s in select.select(listeners, [], [], 0.001)[0]:
        print("heard", s.recv(9194)[12:].hex(), file=log)
    for s in senders:
        six = s.family == socket.AF_INET6
        for port in ports("udp6" if six else "udp"):
            for reply in replies:
                try:
                    for to in ("fe80::2", "ff02::1") if six else ("192.0.2.2", "224.0.0.1"):
                        s.sendto(reply, (to, port, 0, index) if six else (to, port))
                except OSError as error:
                    print("cannot send:", error, file=log)

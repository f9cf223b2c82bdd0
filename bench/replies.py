# SPDX-License-Identifier: LGPL-2.1-or-later
"""replies.py NUMBER < CAPTURE: the rows for bench/run: median times from a packet to its reply, by the time stamps of a
capture of Ethernet. Of each kind there must be NUMBER queries, and nearly as many replies."""
import statistics
import struct
import sys

KERNEL, RESPONDER = 'the kernel: ICMP echo', 'v6lit-llmnrd: LLMNR'
PORT = 5355


def packets(capture):
    """Time in microseconds, and bytes."""
    magic, _, _, _, _, _, link = struct.unpack('=IHHiIII', capture.read(24))
    assert (magic, link) == (0xA1B23C4D, 1), 'no capture of Ethernet in nanoseconds'
    while head := capture.read(16):
        seconds, nanoseconds, length, _ = struct.unpack('=4I', head)
        yield seconds * 1e6 + nanoseconds / 1e3, capture.read(length)


def classify(packet):
    """The case and way, what a reply has in common with its query, and whether it is one; or None."""
    if packet[12:14] == b'\x86\xdd':
        case, protocol, rest = 'IPv6', packet[20], packet[54:]
    else:
        case, protocol, rest = 'IPv4', packet[23], packet[14 + 4 * (packet[14] & 15):]
    if protocol == 17:
        source, to = struct.unpack('>2H', rest[:4])
        is_reply = source == PORT
        return case, RESPONDER, (to if is_reply else source, rest[8:10]), is_reply
    if rest[0] in (0, 8, 128, 129):
        return case, KERNEL, rest[4:8], rest[0] in (0, 129)
    return None


def main(number):
    asked, times = {}, {}
    for when, packet in packets(sys.stdin.buffer):
        kind = classify(packet)
        if kind is None:
            continue
        if not kind[3]:
            asked[kind[:3]] = when
        elif kind[:3] in asked:
            times.setdefault(kind[:2], []).append(when - asked.pop(kind[:3]))
    for case in ('IPv6', 'IPv4'):
        for way in (KERNEL, RESPONDER):
            values = times.get((case, way), [])
            assert number * 0.95 <= len(values) <= number, f'{case}, {way}: {len(values)} replies'
            print('a reply on a link', case, way, statistics.median(values), 'us', sep='\t')


main(int(sys.argv[1]))

# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lookups at 127.0.0.53, for bench/hook:

    stub.py with|without NUMBER    the median of as many lookups of each case: a line each
    stub.py rows < LINES           the rows for bench/run, with the median of those of all rounds
"""
import os
import socket
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '../test/dns'))
import ask  # pylint: disable=wrong-import-position

OTHER, OWN = 'a name that DNS answers', 'a name that no nameserver is queried for'
CASES = {
    'with': ((OTHER, 'with the hook', 'www.example.org', 'A'),
             (OWN, 'v6lit-resolved-hook: 2001-db8--1', '2001-db8--1.ipv6-literal.net', 'AAAA')),
    'without': ((OTHER, 'without the hook', 'www.example.org', 'A'),
                (OWN, 'resolved itself: localhost', 'localhost', 'AAAA')),
}


def measure(way, number):
    here = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    here.settimeout(10)
    here.connect(('127.0.0.53', 53))
    # One case after the other: a lookup that wakes the hook would slow down the next one.
    for case, name, host, kind in CASES[way]:
        times = []
        for i in range(number):
            query = ask.question(i, host, kind)
            start = time.perf_counter()
            here.send(query)
            reply = here.recv(4096)
            times.append(time.perf_counter() - start)
            assert reply[7] == 1, host  # one answer
        print(case, name, statistics.median(times[number // 10:]), sep='\t')


def print_rows():
    times = {(OTHER, 'without the hook'): [], (OTHER, 'with the hook'): [], (OWN, CASES['without'][1][1]): []}
    for line in sys.stdin:
        case, name, took = line.split('\t')
        times.setdefault((case, name), []).append(float(took) * 1e6)
    for (case, name), values in times.items():
        print('resolved, a lookup', case, name, statistics.median(values), 'us', sep='\t')


if sys.argv[1] == 'rows':
    print_rows()
else:
    measure(sys.argv[1], int(sys.argv[2]))

# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks a DNS server for random names, and compares with what the table says of each kind of them.

    compare.py SERVER PROGRAM TABLE COUNT

The TABLE is test/data/dns.tsv, and PROGRAM the heading of its column. What each name stands for is what
`v6lit decode` says. A line "ok" or "not ok" for each row, and before it what was not as it should be. One more line
is for the way back, from addresses in 2001:db8::/32 to names.
"""
import ipaddress
import random
import subprocess
import sys

from ask import ask

DOMAIN = '.ipv6-literal.net'


def decode(bodies):
    """What v6lit makes of each name: an address and whether it has a zone; None for a malformed one."""
    run = subprocess.run(['v6lit', 'decode'], text=True, encoding='latin-1', stderr=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, input=''.join(body + DOMAIN + '\n' for body in bodies))
    lines = run.stdout.split('\n')[:-1]
    assert len(lines) == len(bodies)
    return [line or None for line in lines]


def random_address(dice):
    """One group in a row of eight is zero as often as not, so that runs of zeros come in all lengths."""
    groups = [dice.choice(['0', '0', '%x' % dice.getrandbits(dice.choice([4, 8, 12, 16]))]) for _ in range(8)]
    if dice.random() < 0.2:
        groups = ['0'] * 5 + [dice.choice(['ffff', '0'])] + groups[6:]
    return groups


def random_body(dice):
    """An address in any of its spellings, and often not quite."""
    groups = random_address(dice)
    tail = []
    if dice.random() < 0.15:
        groups, tail = groups[:6], ['.'.join(str(dice.randrange(256)) for _ in range(4))]
    if dice.random() < 0.1:
        groups = [group.zfill(dice.randrange(1, 5)) for group in groups]
    runs = [(i, j) for i in range(len(groups)) for j in range(i + 1, len(groups) + 1)
            if set(groups[i:j]) <= {'0', '00', '000', '0000'}]
    body = '-'.join(groups + tail)
    if runs and dice.random() < 0.9:
        start, end = max(runs, key=lambda run: (run[1] - run[0], dice.random()))
        body = '-'.join(groups[:start]) + '--' + '-'.join(groups[end:] + tail)
    if dice.random() < 0.05:
        body = '--ffff-%d-%d-%d-%d' % tuple(dice.randrange(256) for _ in range(4))
    if dice.random() < 0.1:
        body += dice.choice(['s', 'S', '%'] if not tail else 'sS') + \
            dice.choice(['4', '0', 'eth0', 'br-lan', 'eth0.100', 'LO'])
    if dice.random() < 0.1:
        body = body.upper()
    if dice.random() < 0.05:
        body = dice.choice([body + '.x', 'www.' + body, body.replace('-', ':')])
    for _ in range(dice.choice([0, 0, 0, 1, 2]) if '%' not in body else 0):
        at = dice.randrange(len(body) + 1)
        body = body[:at] + dice.choice(['', dice.choice('0123456789abcdefgsxz--..:_/')]) + \
            body[at + dice.randrange(2):]
    return body


def possible(body):
    """Whether it can be asked of DNS at all."""
    return all(0 < len(label) < 64 for label in body.split('.')) and ' ' not in body


def first_label(body):
    return body.split('.')[0].replace(':', '-')


def dotted(body):
    """What dnsmasq reads: dots for all hyphens after the first three."""
    return '--ffff-' + body.removeprefix('--ffff-').replace('-', '.')


def kind(body, address, first):
    """The row of the table that a name belongs to, by that row's example."""
    if address:
        text, mark, _ = body.lower().partition('s')
        if '.' in text:
            return '--ffff-192.0.2.1' + ('s4' if mark else '')
        if mark:
            return 'fe80--1s4'
        return '--ffff-c000-201' if body.startswith('--ffff-') else '2001-db8--1'
    if '%' in body:
        return 'fe80--1%4'
    if first:
        return '2001-db8--1.x' if '.' in body else '2001:db8::1'
    return 'fe80--1--2'


def names_back(server, dice):
    """How many of 1000 addresses have no name that v6lit reads as the same address."""
    addresses = [ipaddress.IPv6Address('2001:db8:' + ':'.join(random_address(dice)[2:])) for _ in range(1000)]
    answers = ask(server, [(address.reverse_pointer, 'PTR') for address in addresses])
    names = [answer[1][0] if answer and len(answer[1]) == 1 else '' for answer in answers]
    read = decode([name.removesuffix(DOMAIN) for name in names])
    return sum(text is None or ipaddress.IPv6Address(text) != address for text, address in zip(read, addresses))


def main():
    server, program, path, number = sys.argv[1:]
    with open(path, encoding='utf-8') as lines:
        rows = [line.rstrip('\n').split('\t') for line in lines if not line.startswith('#')]
    column = rows[0].index(program)
    wanted_of = {row[0]: row[column] for row in rows[1:]}
    dice = random.Random(1)
    bodies = []
    while len(bodies) < int(number):
        body = random_body(dice)
        if possible(body):
            bodies.append(body)
    addresses = decode(bodies)
    firsts = decode([label if 's' not in label.lower() else '' for label in map(first_label, bodies)])
    dots = decode([dotted(body) for body in bodies])
    answers = ask(server, [(body + DOMAIN, 'AAAA') for body in bodies])
    count = dict.fromkeys(wanted_of, 0)
    bad = dict.fromkeys(wanted_of, 0)
    for body, address, first, dot, answer in zip(bodies, addresses, firsts, dots, answers):
        row = kind(body, address, first)
        unless_scoped = address if '%' not in (address or '%') else None
        wanted = {'address': address, 'first label': first, 'dots': dot,
                  'unless scoped': unless_scoped}.get(wanted_of[row])
        results = ['SERVFAIL'] if wanted_of[row] == 'SERVFAIL' else ['NOERROR', 'NXDOMAIN']
        count[row] += 1
        good = answer and answer[0] in results and \
            answer[1] == ([str(ipaddress.IPv6Address(wanted))] if wanted else [])
        if not good:
            bad[row] += 1
            if bad[row] <= 3:
                print(f'# {body}: wanted {wanted}, got {answer}')
    for row in wanted_of:
        print('not ok' if bad[row] or not count[row] else 'ok',
              f'{program}: {count[row]} names like {row}: {wanted_of[row]}', sep='\t')
    if program.split()[0] in ('Knot', 'dnsmasq'):
        wrong = names_back(server, dice)
        print('not ok' if wrong else 'ok', f'{program}: 1000 addresses have names, {wrong} not their own', sep='\t')


main()

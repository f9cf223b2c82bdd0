# SPDX-License-Identifier: LGPL-2.1-or-later
"""nameserver.py READY REPLY ADDRESS...: nameservers that have one reply to all, and print each question and to which of
the addresses it came. REPLY is a code, and the section and the primary of an SOA record: "3", "0 answer localhost",
"3 authority a.gtld-servers.net", or of an NS record: "3 authority ns:ns1.example.net"; "echo": the query; "junk"; or
"question REPLY": to another question. A code is as in RFC 1035, and may have more of the flags: "0x0003"."""
import select
import socket
import struct
import sys

ready, reply, *addresses = sys.argv[1:]


def name(text):
    return b''.join(bytes([len(label)]) + label.encode() for label in text.split('.')) + b'\0'


def answer(query, text):
    question = query[12:query.index(b'\0', 12) + 5]
    if text == 'junk':
        return query[:2] + b'\x84\0' + b'\xff' * 40
    if text == 'echo':
        return query
    if text.startswith('question '):
        return answer(query.replace(b'literal', b'littler'), text.split(' ', 1)[1])
    code, section, primary, *_ = text.split() + ['', '']
    kind, data = 6, name(primary) + name('root.' + primary) + struct.pack('>5I', 1, 3600, 600, 86400, 60)
    if primary.startswith('ns:'):
        kind, data = 2, name(primary[3:])
    record = b'\xc0\x0c' + struct.pack('>HHIH', kind, 1, 60, len(data)) + data if section else b''
    flags = int(code, 16) if code.startswith('0x') else 0x8180 | int(code)
    return query[:2] + struct.pack('>5H', flags, 1, section == 'answer', section == 'authority', 0) + \
        question + record


servers = [socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET, socket.SOCK_DGRAM) for address in addresses]
for server, address in zip(servers, addresses):
    server.bind((address, 53))
open(ready, 'w').close()
while True:
    for server in select.select(servers, [], [])[0]:
        query, sender = server.recvfrom(4096)
        end = query.index(b'\0', 12)
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode())
            at += 1 + query[at]
        print(server.getsockname()[0], '.'.join(labels), *struct.unpack('>H', query[end + 1:end + 3]), flush=True)
        server.sendto(answer(query, reply), sender)

# SPDX-License-Identifier: LGPL-2.1-or-later
"""nameserver.py ADDRESS: a nameserver that has an address for each name in example.org, and for no other name. It prints
each question that it hears, by UDP and TCP."""
import asyncio
import socket
import struct
import sys


def read_question(message):
    labels = []
    at = 12
    while message[at]:
        labels.append(message[at + 1:at + 1 + message[at]].decode('latin-1'))
        at += 1 + message[at]
    kind, = struct.unpack('>H', message[at + 1:at + 3])
    return '.'.join(labels), kind, message[12:at + 5]


def answer(message):
    name, kind, question = read_question(message)
    print(repr(name), kind, flush=True)
    known = name.lower().endswith('example.org')
    answers = b''
    if known and kind == 1:
        answers = b'\xc0\x0c' + struct.pack('>HHIH', 1, 1, 1, 4) + socket.inet_aton('192.0.2.80')
    flags = 0x8180 if known else 0x8183
    return message[:2] + struct.pack('>HHHHH', flags, 1, len(answers) > 0, 0, 0) + question + answers


class Datagrams(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.transport.sendto(answer(data), address)


async def serve_stream(reader, writer):
    try:
        length, = struct.unpack('>H', await reader.readexactly(2))
        reply = answer(await reader.readexactly(length))
        writer.write(struct.pack('>H', len(reply)) + reply)
        await writer.drain()
    except asyncio.IncompleteReadError:
        pass
    writer.close()


async def main():
    address = sys.argv[1]
    await asyncio.get_running_loop().create_datagram_endpoint(Datagrams, local_addr=(address, 53))
    server = await asyncio.start_server(serve_stream, address, 53)
    print('listening', flush=True)
    await server.serve_forever()


asyncio.run(main())

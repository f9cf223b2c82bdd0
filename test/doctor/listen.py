# SPDX-License-Identifier: LGPL-2.1-or-later
# Listens where it is told to, until it is killed: listen.py READY [COMM] ADDRESS...
# An address is a path, or IPv4 or IPv6 text, then on port 445. COMM=name: under this name. UDP=port: takes
# datagrams there. TCP=port: listens there. CONNECTED: has a connection at port 445 and listens on another one.
import os
import signal
import socket
import sys

ready, *addresses = sys.argv[1:]
sockets = []
for address in addresses:
    if address.startswith("COMM="):
        with open("/proc/self/comm", "w") as comm:
            comm.write(address[5:])
        continue
    if address.startswith("UDP="):
        sockets.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        sockets[-1].bind(("0.0.0.0", int(address[4:])))
        continue
    if address.startswith("TCP="):
        sockets.append(socket.create_server(("0.0.0.0", int(address[4:]))))
        continue
    if address == "CONNECTED":
        with socket.create_server(("127.0.0.1", 445)) as server:
            sockets.append(socket.create_connection(("127.0.0.1", 445)))
            sockets.append(server.accept()[0])
        sockets.append(socket.create_server(("0.0.0.0", 4450)))
        continue
    if address.startswith("/"):
        server = socket.socket(socket.AF_UNIX)
        server.bind(address)
    elif ":" in address:
        server = socket.socket(socket.AF_INET6)
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, not address.startswith("::ffff:"))
        server.bind(socket.getaddrinfo(address, 445)[0][4])
    else:
        server = socket.socket(socket.AF_INET)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((address, 445))
    server.listen()
    sockets.append(server)
open(ready, "w").close()
signal.pause()

#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A server on port 6379 that tells a Redis client by which address it came, whatever it asks. Writes "ready" to
file descriptor 3 as soon as it listens."""

import os
import socket
import socketserver


class Greeting(socketserver.StreamRequestHandler):
    def handle(self):
        self.request.recv(4096)
        self.wfile.write(f"+Hello, {self.client_address[0]}.\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    address_family = socket.AF_INET6


server = Server(("::", 6379), Greeting)
os.write(3, b"ready\n")
os.close(3)
server.serve_forever()

#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""notify.py SOCKET: what a service tells systemd (sd_notify(3)), a line for each assignment."""
import socket
import sys

with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one:
    one.bind(sys.argv[1])
    print("listening", flush=True)
    while True:
        print(one.recv(4096).decode(), flush=True)

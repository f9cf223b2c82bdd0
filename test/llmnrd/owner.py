# SPDX-License-Identifier: LGPL-2.1-or-later
"""owner.py ADDRESS TYPE [USER [INTERFACE]]: has the port of LLMNR with a socket of this type (DGRAM, STREAM), until it is
ended, as USER and bound to INTERFACE. TYPE can be "many": DGRAM, and ten more processes with 12000 descriptors each."""
import os
import resource
import signal
import socket
import sys
import time

address, kind, user, interface, *_ = sys.argv[1:] + [''] * 3
pids = []


def end(*_):
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    sys.exit()


if kind == 'many':
    # The port is opened last, and has the highest number of a process.
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    null = os.open('/dev/null', os.O_RDONLY)
    for _ in range(12000):
        os.dup(null)
    for _ in range(10):
        pids.append(os.fork())
        if pids[-1] == 0:
            time.sleep(60)
            os._exit(0)
    os.closerange(3, 20000)
    pids.append(os.fork())
    if pids[-1] > 0:
        signal.signal(signal.SIGTERM, end)
        time.sleep(60)
if user:
    os.setuid(int(user))
one = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET,
                    socket.SOCK_STREAM if kind == 'STREAM' else socket.SOCK_DGRAM)
one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, kind == 'STREAM')
if interface:
    one.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
one.bind((address, 5355))
if kind == 'STREAM':
    one.listen()
print('ready', flush=True)
time.sleep(60)

# SPDX-License-Identifier: LGPL-2.1-or-later
"""client.py SOCKET UID WHAT: a client of the hook, with the rights of a user. WHAT is one of

  ask NUMBER      as many queries, one after the other, each tenth on a new connection; prints how many were answered
  crowd NUMBER    keeps as many connections open, each with half a message, or closed by the hook; ends with standard
                  input
  deaf NUMBER     the same; sends 20,000 queries without reading a reply, or until the hook hangs up
  filter SECONDS  asks for the filter, with "more"; prints it, and whether the connection is open after that time
  long SIZE       one message of so many bytes, of nested arrays; prints what comes of it
"""
import json
import os
import resource
import socket
import sys

QUESTION = {'method': 'io.systemd.Resolve.Hook.ResolveRecord', 'parameters': {'question': [
    {'key': {'class': 1, 'type': 28, 'name': '2001-db8--1.ipv6-literal.net'}}]}}


def message(value):
    return json.dumps(value).encode() + b'\0'


def connect(path):
    here = socket.socket(socket.AF_UNIX)
    here.connect(path)
    return here


def ask(path, number):
    here = None
    answered = 0
    for n in range(number):
        if n % 10 == 0:
            here = connect(path)
        QUESTION['parameters']['question'][0]['key']['name'] = f'2001-db8--{n % 65536:x}.ipv6-literal.net'
        here.sendall(message(QUESTION))
        reply = b''
        while not reply.endswith(b'\0'):
            reply += here.recv(4096)
        answered += b'"raw"' in reply
    print(answered)


def wait(path, number, send):
    connections = [connect(path) for _ in range(number)]
    for here in connections:
        send(here)
    print('ready', flush=True)
    sys.stdin.read()


def ask_filter(path, seconds):
    here = connect(path)
    here.sendall(message({'method': 'io.systemd.Resolve.Hook.QueryFilter', 'more': True}))
    reply = json.loads(here.recv(4096).rstrip(b'\0'))
    here.settimeout(seconds)
    try:
        state = 'closed' if here.recv(1) == b'' else 'more'
    except TimeoutError:
        state = 'open'
    print(*reply['parameters']['filterDomains'], state)


def send_half(here):
    try:
        here.sendall(message(QUESTION)[:40])
    except (BrokenPipeError, ConnectionResetError):
        pass


def send_deaf(here):
    try:
        for _ in range(20000):
            here.sendall(message(QUESTION))
    except (BrokenPipeError, ConnectionResetError):
        pass


def send_long(path, size):
    here = connect(path)
    text = b'{"method":"io.systemd.Resolve.Hook.ResolveRecord","parameters":{"question":[' + b'[],' * (size // 3)
    try:
        here.sendall(text + b'[]]}}\0')
        print('answered' if here.recv(65536) else 'hung up')
    except (BrokenPipeError, ConnectionResetError):
        print('hung up')


def main():
    path, user, what, number = sys.argv[1:]
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    os.setgroups([])
    os.setgid(int(user))
    os.setuid(int(user))
    try:
        {'ask': ask, 'filter': ask_filter, 'long': send_long,
         'crowd': lambda path, number: wait(path, number, send_half),
         'deaf': lambda path, number: wait(path, number, send_deaf)}[what](path, int(number))
    except PermissionError:
        print('refused')


main()

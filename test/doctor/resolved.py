# SPDX-License-Identifier: LGPL-2.1-or-later
"""resolved.py READY VERSION HOOK: the Varlink socket of a systemd-resolved of that version, until it is killed. HOOK is
"answers", "other" (another address), "none" (an error), "hangs up" or "junk" (no end of it)."""
import json
import os
import socket
import sys

ready, version, hook = sys.argv[1:]
path = '/run/systemd/resolve/io.systemd.Resolve'
GROUPS = {'answers': [32, 1, 13, 184] + [0] * 11 + [1], 'other': [0] * 16}


def reply(method):
    if method.endswith('GetInfo'):
        return {'parameters': {'product': 'systemd (systemd-resolved)', 'version': version}} if version else \
            {'error': 'org.varlink.service.MethodNotFound'}
    if hook in GROUPS:
        return {'parameters': {'addresses': [{'family': 10, 'address': GROUPS[hook]}], 'flags': 134217729}}
    return {'error': 'io.systemd.Resolve.NoSource'}


os.makedirs(os.path.dirname(path), exist_ok=True)
if os.path.exists(path):
    os.unlink(path)
with socket.socket(socket.AF_UNIX) as server:
    server.bind(path)
    server.listen()
    open(ready, 'w').close()
    while True:
        with server.accept()[0] as here:
            call = json.loads(here.recv(4096).rstrip(b'\0'))
            if call['method'].endswith('ResolveHostname') and call['parameters']['flags'] & 1 << 15 == 0:
                print('resolved would query the network', flush=True)
            if hook == 'hangs up' and not call['method'].endswith('GetInfo'):
                continue
            if hook == 'junk':
                here.sendall(b'x' * 8192)
            else:
                here.sendall(json.dumps(reply(call['method']), separators=(',', ':')).encode() + b'\0')

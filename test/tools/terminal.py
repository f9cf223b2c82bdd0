#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs a command on a terminal of its own and says what it sends there.

    terminal.py [--name ARGV0] COMMAND [ARGUMENT]...

Prints "obeyed: " and the characters that a terminal would not just show, if there are any, and
"escaped" if \\x1b or \\u001b stands there for a control character.
"""
import os
import pty
import sys
import unicodedata

arguments = [os.fsencode(argument) for argument in sys.argv[1:]]
name = None
if arguments[0] == b"--name":
    name = arguments[1]
    arguments = arguments[2:]

child, terminal = pty.fork()
if child == 0:
    os.execv(arguments[0], [name or arguments[0]] + arguments[1:])

written = b""
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:  # EIO: nobody has it open any more
        break
    if not piece:
        break
    written += piece
os.waitpid(child, 0)

# Invalid UTF-8 becomes surrogates, which are no text either. A newline is "\r\n" on a terminal.
text = written.decode("utf-8", "surrogateescape").replace("\r\n", "").replace("\t", "")
obeyed = sorted({c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")})
if obeyed:
    print("obeyed:", " ".join("U+%04X" % ord(c) for c in obeyed))
if "\\x1b" in text or "\\u001b" in text.lower():
    print("escaped")

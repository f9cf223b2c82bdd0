#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""corpus.py unpack CORPUS DIR: writes each line of a corpus to a file. corpus.py pack DIR...: the reverse."""
import hashlib
import pathlib
import re
import sys


def unescape(line):
    return re.sub(rb"\\x(..)", lambda match: bytes.fromhex(match[1].decode()), line)


def escape(data):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else f"\\x{b:02x}" for b in data)


command, *arguments = sys.argv[1:]
if command == "unpack":
    corpus, directory = map(pathlib.Path, arguments)
    for line in corpus.read_bytes().splitlines() if corpus.exists() else []:
        data = unescape(line)
        (directory / hashlib.sha1(data).hexdigest()).write_bytes(data)
elif command == "pack":
    files = [file for directory in arguments for file in pathlib.Path(directory).iterdir()]
    print("\n".join(sorted({escape(file.read_bytes()) for file in files})))
else:
    sys.exit(__doc__)

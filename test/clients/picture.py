# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints the size of a PNG picture, and how many percent of it are of a colour: WIDTH x HEIGHT, PERCENT.

  picture.py FILE RRGGBB"""

import struct
import sys
import zlib

picture = open(sys.argv[1], "rb").read()
assert picture.startswith(b"\x89PNG\r\n\x1a\n"), "no PNG picture"
at, data = 8, b""
while at < len(picture):
    length, kind = struct.unpack_from(">I4s", picture, at)
    chunk = picture[at + 8:at + 8 + length]
    if kind == b"IHDR":
        width, height, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", chunk)
    elif kind == b"IDAT":
        data += chunk
    at += 12 + length
assert depth == 8 and colours in (2, 6) and not interlaced, "a kind of PNG picture that this cannot read"

size = 4 if colours == 6 else 3
data = zlib.decompress(data)
above = bytearray(width * size)
wanted = bytes.fromhex(sys.argv[2])
found = 0
for row in range(height):
    start = row * (width * size + 1)
    kind, line = data[start], bytearray(data[start + 1:start + 1 + width * size])
    for i, byte in enumerate(line):
        a, b, c = (line[i - size], above[i], above[i - size]) if i >= size else (0, above[i], 0)
        # The filters of the PNG specification: none, left, up, average and Paeth.
        paeth = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
        line[i] = byte + (0, a, b, (a + b) // 2, paeth)[kind] & 255
    found += sum(line[i:i + 3] == wanted for i in range(0, len(line), size))
    above = line
print(f"{width} x {height}, {found * 100 // (width * height)}")

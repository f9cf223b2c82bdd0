#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Gets the page of a host with GLib's GSocketClient, as gio(1), libsoup and GStreamer connect.

    glib.py HOST
"""

import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

host = sys.argv[1]
try:
    connection = Gio.SocketClient().connect_to_host(host, 80, None)
    connection.get_output_stream().write(f"GET / HTTP/1.0\r\nHost: {host}\r\n\r\n".encode(), None)
    answer = b""
    while part := connection.get_input_stream().read_bytes(4096, None).get_data():
        answer += part
    print(answer.decode())
except GLib.Error as error:
    sys.exit(error.message)

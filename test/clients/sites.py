# SPDX-License-Identifier: LGPL-2.1-or-later
"""A web server that leads a browser from page to page, and prints which cookies and requests it gets on the way.

  sites.py NAS

NAS is the literal name under which this host has a link-local address; 2001:db8::1 and fd00::1 are others of its
addresses, attacker.example its name. One way begins at http://NAS:8000/0, another at http://NAS:8000/11; both end with
the line "end". Writes "ready" to file descriptor 3 as soon as it can be asked."""

import http.server
import json
import os
import socket
import sys

NAS = sys.argv[1]
BODY = NAS.split("s", 1)[0]
STRANGER = "attacker.example"
OTHER = "2001-db8--1.ipv6-literal.net"
NUMERIC = "[2001:db8::1]"
NUMERIC_OTHER = "[fd00::1]"

LOGIN = ["strict=1; SameSite=Strict", "lax=1; SameSite=Lax", "default=1"]
WIDE = "wide=1; Domain=ipv6-literal.net"
PLANTED = "strict=2; Domain=ipv6-literal.net; Path=/x"

# What a page on the Internet may try: the other addresses of the browser's host and of its links, by guessed indexes.
GUESSES = ["0--1.ipv6-literal.net"] + [f"{BODY}s{index}.ipv6-literal.net:8000" for index in range(1, 30)]
FETCH = """Promise.race([
    new Promise(done => setTimeout(done, 5000)),
    Promise.allSettled(%s.map(host => fetch(`http://${host}/fetched`, {mode: "no-cors"}))),
]).then(next)""" % json.dumps(GUESSES)
GO = "next()"
POST = "document.forms[0].submit()"
REDIRECT = f'location = "http://{STRANGER}:8000/redirect/3"'
# Other tabs go to the other name, directly, with the dot of the root, and by a redirect; this one goes on.
DETOUR = (f'open("http://{OTHER}:8000/3"); open("http://{OTHER}.:8000/3"); '
          f'open("http://{STRANGER}:8000/redirect/3"); setTimeout(next, 5000)')

# Each page: its host and directory, the cookies that it sets, what it does, and what to call a request for it.
PAGES = [
    (NAS, "", [*LOGIN, WIDE], GO, None),
    (STRANGER, "", [], POST, None),
    (NAS, "", [], REDIRECT, "a form of attacker.example"),
    (OTHER, "", [PLANTED], POST, "the other name"),
    (NAS, "", [], GO, "a form of the other name"),
    (NAS, "/x", [], GO, "after the other name"),
    (NUMERIC, "", LOGIN, GO, None),
    (NUMERIC_OTHER, "", [], POST, None),
    (NUMERIC, "", [], GO, "a form of another address"),
    (STRANGER, "", [], FETCH, None),
    (STRANGER, "", [], "", "end"),
    (NAS, "", LOGIN, GO, None),
    (STRANGER, "", [], FETCH, None),
    (STRANGER, "", [], DETOUR, None),
    (NAS, "/x", [], GO, "after the other name"),
    (STRANGER, "", [], "", "end"),
]


def url(number):
    host, directory = PAGES[number][:2]
    return f"http://{host}:8000{directory}/{number}"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        last = self.path.rsplit("/", 1)[1]
        if last == "fetched":
            print(f"fetched: {self.headers['Host']}", flush=True)
        if not last.isdecimal():
            self.send_error(404)
            return
        number = int(last)
        if self.path.startswith("/redirect/"):
            self.send_response(302)
            self.send_header("Location", url(number))
            self.end_headers()
            return
        _, _, cookies, script, title = PAGES[number]
        if title:
            print(f"{title}: {self.headers.get('Cookie', 'none')}", flush=True)
        target = url(number + 1) if number + 1 < len(PAGES) else ""
        page = (f'<!DOCTYPE html><meta charset="utf-8"><title>{number}</title><p>Page {number}'
                f'<form method="post" action="{target}"></form>'
                f'<script>const next = () => {{ location = "{target}" }}; onload = () => {{ {script} }}</script>').encode()
        self.send_response(200)
        for cookie in cookies:
            self.send_header("Set-Cookie", cookie if "Path" in cookie else f"{cookie}; Path=/")
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6


server = Server(("::", 8000), Handler)
os.write(3, b"ready\n")
os.close(3)
server.serve_forever()

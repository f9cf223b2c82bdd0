# SPDX-License-Identifier: LGPL-2.1-or-later
"""Opens the web sites of these names in a browser and prints what each page shows, or the browser's error:
a line NAME <tab> TEXT each.

  browse.py firefox|chromium NAME...

Or makes a picture of Firefox's window with the web site in it:

  browse.py picture FILE NAME"""

import base64
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time


class Firefox:
    """Driven by its Marionette: each message is LENGTH:[0, ID, COMMAND, PARAMETERS]."""

    # Quiet and light, and as a person's in all that has to do with names.
    PREFERENCES = {
        "app.normandy.enabled": False,
        "browser.aboutwelcome.enabled": False,
        "browser.newtabpage.enabled": False,
        "browser.startup.homepage_override.mstone": "ignore",
        "browser.startup.page": 0,
        "datareporting.policy.dataSubmissionEnabled": False,
        "dom.ipc.processCount": 1,
        "dom.ipc.processPrelaunch.enabled": False,
        "fission.autostart": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "remote.prefs.recommended": False,
        "toolkit.telemetry.enabled": False,
        "ui.prefersReducedMotion": 1,
    }
    # It comes from this host, and needs neither a zone nor DNS.
    LAST = "http://127.0.0.1/last"
    # How many seconds the others may be behind the last.
    WAIT_SECONDS = 10

    def __init__(self, profile):
        with open(f"{profile}/user.js", "w") as file:
            for name, value in self.PREFERENCES.items():
                file.write(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n")
        self.program = subprocess.Popen(["firefox-esr", "--headless", "--profile", profile, "--marionette",
                                         "--remote-allow-system-access"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                self.stream = socket.create_connection(("127.0.0.1", 2828)).makefile("rwb")
                break
            except ConnectionRefusedError:
                if self.program.poll() is not None:
                    raise
                time.sleep(0.2)
        self.receive()
        self.command("WebDriver:NewSession", pageLoadStrategy="none")

    def receive(self):
        length = b""
        while not length.endswith(b":"):
            length += self.stream.read(1)
        return json.loads(self.stream.read(int(length[:-1])))

    def command(self, name, **parameters):
        message = json.dumps([0, 1, name, parameters]).encode()
        self.stream.write(b"%d:%s" % (len(message), message))
        self.stream.flush()
        _, _, error, result = self.receive()
        if error:
            raise OSError(error["message"])
        return result

    def open(self, url):
        tab = self.command("WebDriver:NewWindow", type="tab")["handle"]
        self.command("WebDriver:SwitchToWindow", handle=tab)
        self.command("WebDriver:Navigate", url=url)
        return tab

    def text(self):
        """What the page in this tab shows, or None as long as there is none."""
        # There is no answer while one page gives way to the next.
        uri, state, text = self.command(
            "WebDriver:ExecuteScript", args=[],
            script="return [document.documentURI, document.readyState, document.body?.innerText]",
        )["value"] or ("", "", "")
        error = re.match(r"about:neterror\?e=(\w+)", uri)
        if error:
            return error[1]
        return text if uri.startswith("http:") and state == "complete" else None

    def visit(self, urls):
        # All at once, since Firefox may show a page as loading without end.
        tabs = [self.open(url) for url in urls + [self.LAST]]
        while self.text() is None:
            time.sleep(0.5)
        deadline = time.monotonic() + self.WAIT_SECONDS
        for tab in tabs[:-1]:
            self.command("WebDriver:SwitchToWindow", handle=tab)
            while (text := self.text()) is None and time.monotonic() < deadline:
                time.sleep(0.5)
            yield text or "keeps loading"
        self.quit()

    def picture(self, url):
        self.command("WebDriver:SetWindowRect", width=960, height=240)
        self.command("WebDriver:Navigate", url=url)
        while self.text() is None:
            time.sleep(0.5)
        # The window, as it is for a person.
        self.command("Marionette:SetContext", value="chrome")
        self.command("WebDriver:ExecuteScript", args=[],
                     script="document.documentElement.removeAttribute('remotecontrol')")
        picture = self.command("WebDriver:TakeScreenshot", full=False, hash=False)["value"]
        self.quit()
        return base64.b64decode(picture)

    def quit(self):
        self.command("Marionette:Quit", flags=["eForceQuit"])


class Chromium:
    """Driven by the DevTools protocol on file descriptors 3 and 4: JSON, each message with a NUL after."""

    def __init__(self, profile):
        reading, self.commands = os.pipe()
        answers, writing = os.pipe()
        self.program = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3<&{reading} 4>&{writing}', "sh", "chromium", "--headless", "--no-sandbox",
             "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", f"--user-data-dir={profile}",
             "--remote-debugging-pipe"],
            pass_fds=[reading, writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(reading)
        os.close(writing)
        self.answers = os.fdopen(answers, "rb")
        self.last = 0
        self.session = {}
        target = self.command("Target.createTarget", url="about:blank")["targetId"]
        self.session = {"sessionId": self.command("Target.attachToTarget", targetId=target,
                                                  flatten=True)["sessionId"]}

    def command(self, name, **parameters):
        self.last += 1
        message = {"id": self.last, "method": name, "params": parameters, **self.session}
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = b""
            while not answer.endswith(b"\0"):
                byte = self.answers.read(1)
                if not byte:
                    raise EOFError("Chromium has ended")
                answer += byte
            answer = json.loads(answer[:-1])
            if answer.get("id") == self.last:
                return answer["result"]

    def visit(self, urls):
        for url in urls:
            text = self.command("Page.navigate", url=url).get("errorText")
            while not text:
                time.sleep(0.1)
                text = self.command("Runtime.evaluate", expression="document.readyState == 'complete' && "
                                    "document.body.innerText")["result"].get("value")
            yield text
        self.command("Browser.close")


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
    if sys.argv[1] == "picture":
        browser = Firefox(profile)
        with open(sys.argv[2], "wb") as file:
            file.write(browser.picture(f"http://{sys.argv[3]}/"))
    else:
        browser = {"firefox": Firefox, "chromium": Chromium}[sys.argv[1]](profile)
        names = sys.argv[2:]
        for name, text in zip(names, browser.visit([f"http://{name}/" for name in names]), strict=True):
            print(name, text.strip(), sep="\t", flush=True)
    browser.program.wait()

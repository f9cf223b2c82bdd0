# SPDX-License-Identifier: LGPL-2.1-or-later
"""Types at a shell and prints what each command line runs v6lit with, one argument a line, or "nothing".

  keys.py COMPLETIONS bash|zsh LINE...

COMPLETIONS is the directory of the completions. A tab in a line is the key. Works in the current directory, where it
leaves its files."""

import os
import pty
import select
import sys
import time

STUB = """#!/bin/sh
printf '%s\\n' "$@" > "$ARGUMENTS"
"""
BASH = """PS1='ready> '
set +o history
bind 'set bell-style none' 'set enable-bracketed-paste off' 2> /dev/null
. "$COMPLETIONS/v6lit.bash"
"""
ZSH = """PS1='ready> '
unsetopt beep prompt_sp prompt_cr zle_bracketed_paste 2> /dev/null
unset zle_bracketed_paste
fpath=($COMPLETIONS $fpath)
autoload -Uz compinit
compinit -u -D
"""


def write(name, text, mode=0o644):
    with open(name, "w") as file:
        file.write(text)
    os.chmod(name, mode)


class Shell:
    def __init__(self, completions, shell):
        here = os.getcwd()
        os.makedirs("bin", exist_ok=True)
        write("bin/v6lit", STUB, 0o755)
        write("bashrc", BASH)
        write(".zshrc", ZSH)
        self.arguments = f"{here}/arguments"
        command = ["bash", "--noprofile", "--rcfile", "bashrc", "-i"] if shell == "bash" else ["zsh", "-i"]
        environment = {"PATH": f"{here}/bin:{os.environ['PATH']}", "HOME": here, "ZDOTDIR": here, "TERM": "dumb",
                       "LC_ALL": "C.UTF-8", "ARGUMENTS": self.arguments, "COMPLETIONS": completions}
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.execvpe(command[0], command, environment)
        self.wait()

    def wait(self):
        """Until there is a prompt and nothing more comes."""
        seen = b""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if select.select([self.terminal], [], [], 0.1)[0]:
                seen += os.read(self.terminal, 65536)
            elif seen.rstrip().endswith(b"ready>"):
                return
        sys.exit(f"no prompt: {seen!r}")

    def run(self, line):
        if os.path.exists(self.arguments):
            os.unlink(self.arguments)
        os.write(self.terminal, line.encode() + b"\r")
        self.wait()
        try:
            with open(self.arguments, errors="surrogateescape") as file:
                return file.read()
        except FileNotFoundError:
            return "nothing\n"


sys.stdout.reconfigure(errors="surrogateescape")
shell = Shell(os.path.abspath(sys.argv[1]), sys.argv[2])
for line in sys.argv[3:]:
    sys.stdout.write(shell.run(line))

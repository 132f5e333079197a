"""Runs a command on a terminal of its own and answers each prompt the moment it appears.

usage: at_terminal.py PROMPT ANSWER [PROMPT ANSWER]... -- COMMAND...
Standard output is everything that the terminal showed; the exit code is the command's.
"""

import os
import pty
import sys

split = sys.argv.index("--")
words = [word.encode().decode("unicode_escape").encode() for word in sys.argv[1:split]]
answers = list(zip(words[::2], words[1::2]))
command = sys.argv[split + 1 :]
shown = b""


def read(terminal: int) -> bytes:
    global shown
    data = os.read(terminal, 4096)
    shown += data
    if answers and answers[0][0] in shown:
        os.write(terminal, answers.pop(0)[1])
    return data


sys.exit(os.waitstatus_to_exitcode(pty.spawn(command, read, lambda _: b"")))

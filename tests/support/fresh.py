"""Time and memory of a call in a fresh interpreter, where neither other tests nor coverage add their own."""

import subprocess
import sys

MEASURED = r"""
import re, sys, time
from pathlib import Path
{before}
start = time.process_time()
{call}
seconds = time.process_time() - start
print(seconds, int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def cost(before: str, call: str, *arguments: str) -> tuple[float, int]:
    """Return the seconds of processor time that a call takes and the most memory of its process, in MB.

    What the system calls the high-water mark is of the interpreter alone; getrusage counts the parent's memory too.
    """
    code = MEASURED.format(before=before, call=call)
    command = [sys.executable, "-c", code, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 -- our own interpreter
    seconds, megabytes = ran.stdout.split()
    return float(seconds), int(megabytes)

"""Time and memory of a call in a fresh interpreter, where neither other tests nor coverage add their own."""

import subprocess
import sys

MEASURED = """
import resource, sys, time
{before}
start = time.process_time()
{call}
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def cost(before: str, call: str, *arguments: str) -> tuple[float, int]:
    """Return the seconds of processor time that a call takes and the most memory of its process, in MB."""
    code = MEASURED.format(before=before, call=call)
    command = [sys.executable, "-c", code, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 -- our own interpreter
    seconds, megabytes = ran.stdout.split()
    return float(seconds), int(megabytes)

"""Spend an account from 16 threads: repeated keys, refunds told three times. Run as a process that may be killed.

It prints the answers to each key as one line of JSON each, after all threads are done.
"""

import importlib
import json
import random
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pricing_rules import InsufficientCredits

THREADS = 16
BODIES = tuple(
    json.dumps({
        "model": "sora-2-text-to-video", "prompt": "a wave", "inputMode": "text_to_video",
        "duration": 5, "resolution": resolution,
    }).encode()
    for resolution in ("720p", "1080p")
)  # fmt: skip


def spend(
    take: Callable[..., Any], refund: Callable[[str], None], thread: int, number: int, keys: int
) -> list[tuple[str, Any]]:
    """Send requests with keys that other threads send too, some of them with the other body; refund each fifth key."""
    chance, told = random.Random(thread), list[tuple[str, Any]]()  # noqa: S311 -- no secret
    for _ in range(number):
        turn = chance.randrange(keys)
        is_other = chance.random() < 0.1
        try:
            status, answer = take("demo", "video", BODIES[(turn + is_other) % 2], f"key-{turn}")
        except InsufficientCredits as error:
            status, answer = 402, {"balance": str(error.balance)}
        told.append((f"key-{turn}", [status, answer]))
        if status == 200 and turn % 5 == 0:
            for _ in range(3):
                refund(answer["taskId"])
    return told


if __name__ == "__main__":
    name, number, keys = sys.argv[1:]
    module = importlib.import_module(name)
    with ThreadPoolExecutor(THREADS) as pool:
        runs = [pool.submit(spend, module.take, module.refund, one, int(number), int(keys)) for one in range(THREADS)]
    sys.stdout.writelines(f"{json.dumps(line)}\n" for run in runs for line in run.result())
    if hasattr(module, "pool"):
        module.pool.close()

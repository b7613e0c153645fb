"""How far an audit is: a bar where somebody looks, with what is left."""

from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


class Bar:
    """A bar on a terminal, nothing elsewhere; rows are counted, or bytes of text."""

    def __init__(self, stream: TextIO) -> None:
        self.progress = Progress(
            TextColumn("audit"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
            TimeRemainingColumn(),
            console=Console(file=stream),
            disable=not stream.isatty(),
            transient=True,
        )
        self.task = self.progress.add_task("audit", total=1)

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def told(self, done: int, every: int) -> None:
        """Show how far the audit is, in rows or bytes."""
        self.progress.update(self.task, completed=done, total=max(every, 1))

"""What the commands print: sentences and progress for people, or one JSON object a line for programs."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

import msgspec
from rich.console import Console as Terminal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Console:
    """One run of a command. Answers go to standard output, progress to standard error."""

    def __init__(self, *, as_json: bool) -> None:
        """Print for programs when `as_json`."""
        self._as_json = as_json
        self._out = Terminal(highlight=False, soft_wrap=True)
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._silent = as_json or not sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finish()

    def tell(self, answer: object, *sentences: str) -> None:
        """Print an answer: as it is for a program, as sentences for a person."""
        if self._as_json:
            sys.stdout.write(msgspec.json.encode(answer).decode() + "\n")
            sys.stdout.flush()
            return
        for sentence in sentences:
            self._out.print(sentence, markup=False)

    def progress(self, what: str, done: int, total: int) -> None:
        """Show how far something is; gone when it is done."""
        if self._silent:
            return
        if self._progress is None:
            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Terminal(stderr=True),
                transient=True,
            )
            self._progress.start()
            self._task = self._progress.add_task(what, total=total)
        if self._task is not None:
            self._progress.update(self._task, completed=done, total=total)
        if done >= total:
            self._finish()

    def _finish(self) -> None:
        if self._progress is not None:
            self._progress.stop()
        self._progress = self._task = None

"""A register with real variety, and trials on it: one change each, of which `register verify` must name the place."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from copy import copy, deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psycopg

from api.checking import own
from api.checking.finding import Wrong
from api.checking.replaying import Replays
from register.private import read_private
from register.publishing.keys import read_keys
from register.publishing.publisher import Home
from register.store.roles import Logins
from tests.api.edge import Edge, running_edge
from tests.databases import fresh_register
from tests.tamper.changing import Bytes, Rows
from tests.tamper.files import Files, double, drop, swap
from tests.tamper.places import Place, SaysTheSame
from tests.tamper.rows import Database, RefusedByPostgres

SECONDS = 30.0

Make = Callable[[], AbstractContextManager[Place]]


@contextmanager
def told_register(server: str, data_dir: Path) -> Iterator[Logins]:
    """The shipped history as the demo tells it, all of it published and projected; nothing runs on it any more."""
    with fresh_register(server, data_dir) as logins:
        with running_edge(logins, data_dir) as edge:
            _withdraw(edge)
            _settled(logins, edge.size())
        yield logins


def _withdraw(edge: Edge) -> None:
    """One text of the history is withdrawn, so that its absence is accounted for."""
    decision = edge.made["amendement-a56"]
    said = {
        "of": {"id": decision, "seq": 1, "field": "question"},
        "ground": "avg-17",
        "authority": "mra",
        "on": "2026-11-21",
    }
    edge.record("beheer", "/register/withdrawals", said)


def _settled(logins: Logins, size: int) -> None:
    """Wait until everything is published and projected."""
    deadline = time.monotonic() + SECONDS
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        while True:
            row = connection.execute(
                "SELECT (SELECT max(size) FROM log.checkpoints), (SELECT min(position) + 1 FROM read.positions)"
            ).fetchone()
            if row == (size, size):
                return
            assert time.monotonic() < deadline, f"{row} of {size} entries are published and projected"
            time.sleep(0.1)


@dataclass
class Tally:
    """What came of the trials of one kind."""

    made: int = 0
    found: int = 0
    named: int = 0
    refused: int = 0
    same: int = 0
    missed: list[str] = field(default_factory=list[str])


class Trials:
    """Changes are drawn with one seed; each is undone before the next."""

    def __init__(self, logins: Logins, data_dir: Path, seed: int) -> None:
        """`logins` are those of a register on which nothing runs."""
        self.seed, self.random = seed, Random(seed)
        self.tallies: dict[str, Tally] = {}
        self.places: Counter[str] = Counter()
        self._logins, self._home = logins, Home(data_dir)
        self._secret = read_private(data_dir / "request.key")
        self._sound: own.Looked | None = None
        self._stack = ExitStack()
        self._replays = self._stack.enter_context(Replays(logins.owner))
        database = Database(logins.owner)
        self._stack.callback(database.close)
        self._files, self._rows = Files(self._home.log, self.random), Rows(database, self.random)
        self.bytes = Bytes(self._files, self._rows)

    def close(self) -> None:
        """The register is as it was."""
        self._stack.close()

    def look(self, *, files_too: bool = True) -> list[Wrong]:
        """Everything that `register verify` finds wrong; files of which none was touched since are not read again."""
        looked = self._of_files() if files_too or self._sound is None else _again(self._sound)
        if files_too and self._sound is None and not looked.wrong:
            self._sound = _again(looked)
        means = own.Means(secret=self._secret, replays=self._replays, tell=_quiet, patience=0.0)
        own.database(looked, self._logins, means)
        return looked.wrong

    def _of_files(self) -> own.Looked:
        keys = read_keys(self._home.keys)
        assert keys is not None
        whose = own.Whose(str(self._home.log), [key.vkey for key in keys.current], [])
        return own.files(whose, _quiet, tries=1)

    def kinds(self) -> dict[str, Make]:
        """Every other change than of one byte."""
        files, rows = self._files, self._rows
        return {
            "file removed": lambda: files.with_bytes(*files.removed()),
            "file cut short": lambda: files.with_bytes(*files.truncated()),
            "file doubled": lambda: files.with_bytes(*files.duplicated()),
            "file too many": lambda: files.with_bytes(*files.extra()),
            "entries swapped in a bundle": lambda: files.with_bytes(*files.entries(swap)),
            "entry removed from a bundle": lambda: files.with_bytes(*files.entries(drop)),
            "entry doubled in a bundle": lambda: files.with_bytes(*files.entries(double)),
            "row removed": lambda: rows.without(rows.any_row()),
            "row doubled": lambda: rows.with_row(rows.copy()),
            "values of rows swapped": lambda: rows.swapped(*rows.pair()),
            "value cut short": lambda: rows.with_cell(*rows.cut()),
        }

    def one_byte(self) -> AbstractContextManager[Place]:
        """One byte of all there are."""
        return self.bytes.changed(self.random)

    def run(self, kind: str, make: Make, count: int) -> None:
        """So many changes of a kind; one that cannot be made is drawn anew, and counted apart."""
        tally = self.tallies.setdefault(kind, Tally())
        while tally.made < count:
            try:
                with make() as place:
                    wrong = self.look(files_too="." not in place.where or "/" in place.where)
                    tally.made += 1
                    self.places[place.group] += 1
            except RefusedByPostgres:
                tally.refused += 1
                continue
            except SaysTheSame:
                tally.same += 1
                continue
            tally.found += bool(wrong)
            if any(names(each, place) for each in wrong):
                tally.named += 1
            else:
                tally.missed.append(f"{place}: {'; '.join(map(str, wrong[:3])) or 'nothing was found'}")


def _again(looked: own.Looked) -> own.Looked:
    """The same pass over files once more, for whoever goes on from it."""
    log = copy(looked.log)
    log.report = deepcopy(looked.log.report)
    log.streams, log.digests, log.done_causes = dict(log.streams), dict(log.digests), set(log.done_causes)
    log.withdrawn = dict(log.withdrawn)
    return own.Looked(log=log, wrong=[])


def names(wrong: Wrong, place: Place) -> bool:
    """Whether a finding says where something was changed: the file, or the table and the row, and the column when it is one."""
    return (
        wrong.where == place.where
        and (place.entry is None or wrong.entry == place.entry)
        and place.key in {"", wrong.key}
        and (place.column in wrong.column or place.where in {"log.events", "log.openings"})
    )


def _quiet(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""

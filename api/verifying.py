"""What `register verify` does: a published log is read as a whole, by the program that is given to everybody, and all else is held against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from api.checking import own
from api.checking.answering import Sample
from api.checking.elsewhere import Elsewhere, Spooled, Unreachable, ask_both, register_at
from api.checking.finding import in_order
from api.checking.own import Looked, Whose
from api.checking.replaying import Replays
from api.checking.sources import published
from api.console import Console
from api.house import data_dir_of, database
from api.serving import address
from api.settings import Settings
from register import verify as outside
from register.private import read_private
from register.publishing.keys import Keys, read_keys
from register.publishing.publisher import Home
from register.store.binaries import NoPostgres, find_binaries
from register.store.scratch import FOLDER, NoScratch, own_server
from register.tlog.policies import Policy

FAULTS = (NoScratch, Unreachable, outside.Broken)
"""What is told in one sentence; the sentence says what to do."""
SHOWN = 20
"""Findings that are told one by one."""


class Checked(msgspec.Struct, frozen=True, rename="camel"):
    """What was looked at, and how much of it is wrong."""

    entries: int
    root: str
    signed_by: tuple[str, ...]
    cosigned_by: tuple[str, ...]
    files: int
    checkpoints: int
    stamps: int
    """Time stamps of others that lie beside checkpoints."""
    rows: int
    """Rows of entries in the database that were held against the log; 0 when no database is at hand."""
    texts: int
    withdrawn: int
    commands: int
    unmarked: int
    unpublished: int
    replayed: int
    """Entries that were replayed into read models, of which every row was compared."""
    not_replayed: str
    decided: int
    """Commands that were decided again."""
    asked: int
    """Addresses that were asked of a register and of the replay of its log."""
    at: str
    costs: dict[str, float]
    """Microseconds for each thing, by what was done."""
    wrong: int


class Wanted(msgspec.Struct, frozen=True):
    """Which log, and whose signatures it must or may have."""

    log: str | None
    must: Sequence[str]
    known: Sequence[str]
    rules: bool = False
    """Whether every command is decided again."""
    api: str | None = None
    """Where the register answers whose log it is; without it, the place that the address of the log is below."""
    sample: int = 1000
    """How many addresses are asked at most; 0 is all."""
    policy: str = ""
    """Which keys must have signed, and which witnesses, as a file that was kept says it."""


def verify(settings: Settings, region: str, wanted: Wanted, console: Console) -> bool:
    """Check a log from outside, and hold all that its register has and answers against it; True when nothing is wrong."""
    data_dir = data_dir_of(settings, region)
    home = Home(data_dir)
    must, known, policy = signers(settings, home, [*wanted.must, *_named(wanted.policy)], wanted.known)
    if wanted.policy:
        policy = outside.policy_of(wanted.policy.encode())
    start = "" if wanted.log else "; start the register, which publishes it"
    whose = Whose(wanted.log or str(home.log), must, known, start, policy)
    if wanted.log is None:
        return _told(_own(settings, data_dir, whose, wanted, console), console)
    return _told(_elsewhere(settings, whose, wanted, console), console)


def _own(settings: Settings, data_dir: Path, whose: Whose, wanted: Wanted, console: Console) -> Looked:
    """Our own register: its files, its database, and what it answers when it runs."""
    looked = own.files(whose, console.progress)
    aside = [*own.beside(looked, whose)]
    secret = read_private(data_dir / "request.key")
    running = Elsewhere(wanted.api or address(settings.host, settings.port))
    with database(settings, data_dir) as logins, Replays(logins.owner) as replays:
        means = own.Means(secret=secret, replays=replays, tell=console.progress, rules=wanted.rules)
        own.database(looked, logins, means)
        if looked.replayed is not None and not looked.not_replayed:
            first = next(published(looked.log), b"")
            if wanted.api is not None or _answers(running, first):
                ask_both(looked, running, means, Sample(wanted.sample))
    looked.wrong += aside
    return looked


def _answers(there: Elsewhere, first: bytes) -> bool:
    """Whether a register of the same log answers somewhere."""
    try:
        return there.is_of(first)
    except Unreachable:
        return False


def _elsewhere(settings: Settings, whose: Whose, wanted: Wanted, console: Console) -> Looked:
    """A log of somebody else: its files, and what its register answers when it is known where."""
    by_http = re.match(r"https?://", whose.where) is not None
    root = wanted.api or (whose.where.rstrip("/").removesuffix("/log") if by_http else None)
    with TemporaryDirectory(prefix=FOLDER) as folder:
        try:
            looked = own.files(whose, console.progress, fetched=lambda url: Spooled(url, Path(folder)))
        except OSError as fault:
            msg = f"{whose.where} cannot be read: {fault}"
            raise Unreachable(msg) from fault
        there = Elsewhere(root) if root is not None else None
        if there is None or not (wanted.api or _answers(there, next(published(looked.log), b""))):
            where = f"at {root}" if root else "of this log is known; name it with --api"
            looked.not_replayed = f"no register {where}, so only the files were looked at"
            return looked
        with _server(settings) as server, Replays(server) as replays:
            means = own.Means(secret=None, replays=replays, tell=console.progress, rules=wanted.rules)
            register_at(looked, there, Path(folder), means, Sample(wanted.sample))
    return looked


@contextmanager
def _server(settings: Settings) -> Iterator[str]:
    """Somewhere to replay: a server of our own for as long as it takes, else the one that is set."""
    named = {"REGISTER_PG_BIN": str(settings.pg_bin)} if settings.pg_bin is not None else {}
    try:
        bin_dir = find_binaries(named)
    except NoPostgres:
        if settings.database_url is None:
            raise
        yield settings.database_url
        return
    with own_server(bin_dir) as server:
        yield server


def _named(policy: str) -> Iterator[str]:
    """The keys of a log that a policy names; what else stands in it is read where it counts."""
    for words in map(str.split, policy.splitlines()):
        if words[:1] == ["log"]:
            yield from words[1:2]


def signers(
    settings: Settings, home: Home, must: Sequence[str], known: Sequence[str]
) -> tuple[list[str], list[str], outside.Policy]:
    """Who must have signed, who may have, and which witnesses count: those of our own log, unless a key is named, which is of another one."""
    must_, known_ = (list(must), list(known)) if must else own_keys(read_keys(home.keys))
    return must_, known_, outside.policy_of((Policy() if must else settings.log_witnesses).text.encode())


def _told(looked: Looked, console: Console) -> bool:
    wrong = in_order(looked.wrong)
    for each in wrong[:SHOWN]:
        console.tell(each, f"WRONG {each}")
    report = looked.log.report
    checked = Checked(
        entries=report.size,
        root=report.root,
        signed_by=tuple(report.signed_by),
        cosigned_by=tuple(report.cosigned_by),
        files=report.files,
        checkpoints=report.checkpoints,
        stamps=report.stamps,
        rows=looked.rows,
        texts=looked.texts,
        withdrawn=looked.withdrawn,
        commands=looked.commands,
        unmarked=looked.unmarked,
        unpublished=looked.unpublished,
        replayed=0 if looked.not_replayed or looked.replayed is None else looked.replayed.size,
        not_replayed=looked.not_replayed,
        decided=looked.decided,
        asked=looked.asked,
        at=looked.at,
        costs={each.what: round(each.seconds / max(each.count, 1) * 1e6, 1) for each in looked.costs},
        wrong=len(wrong),
    )
    console.tell(checked, *_sentences(checked), *(str(each) for each in looked.costs))
    return not wrong


def _sentences(checked: Checked) -> tuple[str, ...]:
    who = ", ".join(checked.signed_by) or "nobody whose key is known here, so it is not shown whose log this is"
    rows = ", and every row of the read models compared" if checked.rows else ""
    return (
        f"{checked.entries} entries, root {checked.root}, signed by {who}.",
        *([f"Witnesses that signed it too: {', '.join(checked.cosigned_by)}."] if checked.cosigned_by else []),
        f"Every byte was read of {checked.files} files with {checked.checkpoints} checkpoints and {checked.stamps} time stamps.",
        f"{checked.rows} rows, {checked.commands} commands and {checked.texts} texts were held against them.",
        *([f"{checked.withdrawn} texts are withdrawn, each by an entry."] if checked.withdrawn else []),
        *(
            [f"{checked.unmarked} requests are of before they were kept with marks, and could not be checked."]
            if checked.unmarked
            else []
        ),
        *([f"{checked.unpublished} entries are not published yet."] if checked.unpublished else []),
        *([f"{checked.replayed} entries were replayed{rows}."] if checked.replayed else []),
        *([f"{checked.decided} commands were decided again by the rules of today."] if checked.decided else []),
        *([f"{checked.at} was asked {checked.asked} things, and so was what was replayed."] if checked.asked else []),
        *([f"Not replayed: {checked.not_replayed}."] if checked.not_replayed else []),
        f"{checked.wrong} things are wrong." if checked.wrong else "Nothing is wrong.",
    )


def own_keys(keys: Keys | None) -> tuple[list[str], list[str]]:
    """Who must have signed our log, and who may have: newer keys only with the next checkpoint, former ones long ago."""
    if keys is None:
        return [], []
    oldest, *newer = keys.pairs
    others = [*(key for pair in newer for key in pair.keys), *keys.former]
    return [key.vkey for key in oldest.keys], [key.vkey for key in others]

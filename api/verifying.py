"""What `register verify` does: a published log is read as a whole, by the program that is given to everybody, and all else is held against it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from api.checking import own
from api.checking.finding import in_order
from api.checking.own import Looked, Whose
from api.checking.replaying import Replays
from api.console import Console
from api.house import data_dir_of, database
from api.settings import Settings
from register import verify as outside
from register.private import read_private
from register.publishing.keys import Keys, read_keys
from register.publishing.publisher import Home
from register.tlog.policies import Policy

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


def verify(settings: Settings, region: str, wanted: Wanted, console: Console) -> bool:
    """Check a log from outside, and hold the database against it when it is our own; True when nothing is wrong."""
    data_dir = data_dir_of(settings, region)
    home = Home(data_dir)
    must, known, policy = signers(settings, home, wanted.must, wanted.known)
    start = "" if wanted.log else "; start the register, which publishes it"
    looked = own.files(Whose(wanted.log or str(home.log), must, known, start, policy), console.progress)
    if wanted.log is None:
        secret = read_private(data_dir / "request.key")
        with database(settings, data_dir) as logins, Replays(logins.owner) as replays:
            means = own.Means(secret=secret, replays=replays, tell=console.progress, rules=wanted.rules)
            own.database(looked, logins, means)
    return _told(looked, console)


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
        rows=looked.rows,
        texts=looked.texts,
        withdrawn=looked.withdrawn,
        commands=looked.commands,
        unmarked=looked.unmarked,
        unpublished=looked.unpublished,
        replayed=0 if looked.not_replayed or looked.replayed is None else looked.replayed.size,
        not_replayed=looked.not_replayed,
        decided=looked.decided,
        costs={each.what: round(each.seconds / max(each.count, 1) * 1e6, 1) for each in looked.costs},
        wrong=len(wrong),
    )
    console.tell(checked, *_sentences(checked), *(str(each) for each in looked.costs))
    return not wrong


def _sentences(checked: Checked) -> tuple[str, ...]:
    who = ", ".join(checked.signed_by) or "nobody whose key is known here, so it is not shown whose log this is"
    return (
        f"{checked.entries} entries, root {checked.root}, signed by {who}.",
        *([f"Witnesses that signed it too: {', '.join(checked.cosigned_by)}."] if checked.cosigned_by else []),
        f"Every byte was read of {checked.files} files with {checked.checkpoints} checkpoints.",
        f"{checked.rows} rows, {checked.commands} commands and {checked.texts} texts of the database were held against them.",
        *([f"{checked.withdrawn} texts are withdrawn, each by an entry."] if checked.withdrawn else []),
        *(
            [f"{checked.unmarked} requests are of before they were kept with marks, and could not be checked."]
            if checked.unmarked
            else []
        ),
        *([f"{checked.unpublished} entries are not published yet."] if checked.unpublished else []),
        *(
            [f"{checked.replayed} entries were replayed, and every row of the read models compared."]
            if checked.replayed
            else []
        ),
        *([f"{checked.decided} commands were decided again by the rules of today."] if checked.decided else []),
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

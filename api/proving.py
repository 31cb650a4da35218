"""What `register proof` does: a proof is taken out of a published log, checked by the program that everybody has, and only then written."""

from __future__ import annotations

import asyncio
import re
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import msgspec

from api.console import Console
from api.house import data_dir_of, database
from api.posting import BASE
from api.proofs import archive
from api.settings import Settings
from api.verifying import signers
from register import verify as outside
from register.publishing.files import Files
from register.publishing.proving import NotPublished, Prover
from register.publishing.publisher import Home
from register.publishing.refusing import PublishingRefused
from register.store.line import connect
from register.store.openings import openings_of
from register.store.reading import Reader
from register.values import UUID_FORM

MOST = 64 << 20
"""Bytes of an archive that are taken from an address."""
PROOF, ENTRY, ARCHIVE = ".tlog-proof", ".json", ".zip"


class Wanted(msgspec.Struct, frozen=True):
    """Of what a proof is wanted, out of which log, signed by whom, and where it is to be written."""

    what: str
    source: str | None
    must: Sequence[str]
    known: Sequence[str]
    out: Path | None


class Proven(msgspec.Struct, frozen=True, rename="camel"):
    """What was checked: files, the entry when it is one, and the log that it stands in."""

    files: tuple[str, ...]
    entry: int | None
    entries: int
    root: str
    signed_by: tuple[str, ...]
    cosigned_by: tuple[str, ...]
    texts: int
    wrong: int


def prove(settings: Settings, region: str, wanted: Wanted, console: Console) -> bool:
    """Write a proof; False, and nothing is written, when it does not hold."""
    one = re.fullmatch("0|[1-9][0-9]{0,15}", wanted.what)
    if one is None and not re.fullmatch(UUID_FORM, wanted.what):
        msg = f"{wanted.what!r} is neither the position of an entry, such as 12, nor the id of a decision"
        raise PublishingRefused(msg)
    ending = PROOF if one else ARCHIVE
    out = (wanted.out or Path(wanted.what + ending)).absolute()
    if out.suffix != ending:
        msg = f"a proof of {'an entry' if one else 'a decision'} is a file that ends in {ending}; {out.name} does not"
        raise PublishingRefused(msg)
    made = _of_entry(settings, region, wanted) if one else {ARCHIVE: _of_decision(settings, region, wanted)}
    # What does not hold never gets the name that was asked for.
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".register-proof-") as folder:
        beside = Path(folder) / out.name
        for kind, raw in made.items():
            beside.with_suffix(kind).write_bytes(raw)
        log = _log(settings, region, wanted.must, wanted.known)
        _look(log, beside, None)
        if not log.report.findings:
            for kind in reversed(made):
                beside.with_suffix(kind).replace(out.with_suffix(kind))
    return _told(log, [out.with_suffix(kind) for kind in made], console, wrote=True)


def check(settings: Settings, region: str, path: Path, entry: Path | None, wanted: Wanted, console: Console) -> bool:  # noqa: PLR0913, PLR0917  # what is checked, and how
    """Check a proof that somebody kept; True when it holds."""
    if path.suffix not in {PROOF, ARCHIVE}:
        msg = f"{path.name} is no proof: that is a file that ends in {PROOF} (of an entry) or {ARCHIVE} (of a decision)"
        raise PublishingRefused(msg)
    log = _log(settings, region, wanted.must, wanted.known)
    try:
        _look(log, path, entry)
    except FileNotFoundError as fault:
        msg = f"{fault.filename} is not there; a proof is checked with the bytes of its entry, named by --entry"
        raise PublishingRefused(msg) from None
    except (OSError, zipfile.BadZipFile) as fault:
        msg = f"{path} cannot be read: {fault}"
        raise PublishingRefused(msg) from None
    return _told(log, [path], console, wrote=False)


def _log(settings: Settings, region: str, must: Sequence[str], known: Sequence[str]) -> outside.Log:
    must_, known_, policy = signers(settings, Home(data_dir_of(settings, region)), must, known)
    return outside.Log(outside.Files(Path()), must_, known=known_, policy=policy)


def _look(log: outside.Log, path: Path, entry: Path | None) -> None:
    if path.suffix == ARCHIVE:
        log.archive(path)
    else:
        log.single(path, entry or path.with_suffix(ENTRY))


def _of_entry(settings: Settings, region: str, wanted: Wanted) -> dict[str, bytes]:
    """A proof and the bytes of its entry, both out of the files of the log."""
    where = wanted.source or str(Home(data_dir_of(settings, region)).log)
    files = outside.Address(where) if _is_address(where) else Files(Path(where))
    position, size = int(wanted.what), ""
    try:
        prover = Prover.newest(files)
        size = f", which has {prover.size} entries"
        return {PROOF: prover.proof(position).raw, ENTRY: prover.entry(position)}
    except NotPublished:
        msg = f"entry {position} is not in the log that is published in {where}{size}"
    except (OSError, ValueError) as fault:
        msg = f"the log that is published in {where} cannot be read: {fault}"
    raise PublishingRefused(msg)


def _is_address(where: str) -> bool:
    return re.match(r"https?://", where) is not None


def _of_decision(settings: Settings, region: str, wanted: Wanted) -> bytes:
    """All entries of a decision with their proofs and texts, from our own register or as another one gives it."""
    if wanted.source is None:
        data_dir = data_dir_of(settings, region)
        with database(settings, data_dir) as logins:
            return asyncio.run(_own(logins.projections, Home(data_dir).log, UUID(wanted.what)))
    if not _is_address(wanted.source):
        msg = "the texts of a decision are not in the files of a log; name the address of the log, or no source for our own register"
        raise PublishingRefused(msg)
    return _fetched(f"{wanted.source.rstrip('/').removesuffix('/log')}{BASE}/decisions/{wanted.what}/proof")


async def _own(conninfo: str, log: Path, id_: UUID) -> bytes:
    async with await connect(conninfo) as connection:
        rows, told = await Reader(connection).stream(id_), await openings_of(connection, [id_])
    if not rows or rows[0].kind != "decision":
        msg = f"there is no decision {id_}"
        raise PublishingRefused(msg)
    try:
        return archive(log, rows, told)
    except NotPublished:
        msg = (
            f"not every entry of the decision is published yet in {log}; ask again in a moment, while the register runs"
        )
        raise PublishingRefused(msg) from None


def _fetched(url: str) -> bytes:
    try:
        status, _, raw = outside.answer(url, {"Accept-Encoding": "identity"}, MOST)
    except OSError as fault:
        msg = f"{url} gives no proof: {fault}"
        raise PublishingRefused(msg) from None
    if status != 200:  # noqa: PLR2004  # it went well
        msg = f"{url} gives no proof: it answers {status}"
        raise PublishingRefused(msg)
    if len(raw) > MOST:
        msg = f"{url} gives more than {MOST >> 20} MB, which is no proof of a decision"
        raise PublishingRefused(msg)
    return raw


def _told(log: outside.Log, files: Sequence[Path], console: Console, *, wrote: bool) -> bool:
    report = log.report
    for each in report.findings:
        console.tell(each, f"WRONG {each}")
    told = Proven(
        files=tuple(str(each) for each in files),
        entry=report.proven,
        entries=report.size,
        root=report.root,
        signed_by=tuple(report.signed_by),
        cosigned_by=tuple(report.cosigned_by),
        texts=report.openings,
        wrong=len(report.findings),
    )
    if report.findings:
        console.tell(told, "Nothing is written." if wrote else "It proves nothing.")
        return False
    what = f"Entry {report.proven} stands" if report.proven is not None else f"{report.files // 2} entries stand"
    who = ", ".join(report.signed_by) or "nobody whose key is known here, so it is not shown whose log this is"
    console.tell(
        told,
        f"{what} in the log of {report.size} entries with root {report.root}, signed by {who}.",
        *([f"Witnesses that signed it too: {', '.join(report.cosigned_by)}."] if report.cosigned_by else []),
        *([f"Written: {', '.join(map(str, files))}."] if wrote else []),
    )
    return True

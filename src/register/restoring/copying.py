"""Copies a published log as it is at one checkpoint, while it may grow: the checkpoint is read first, and what is beyond it stays out."""

from __future__ import annotations

import re

from register.publishing.files import Files
from register.restoring.published import Progress
from register.restoring.refusing import RestoreRefused
from register.restoring.sources import CHECKPOINT
from register.tlog.checkpoints import Checkpoint
from register.tlog.notes import NotANoteError, Note
from register.tlog.tiles import HEIGHT, WIDTH

TILE = re.compile(r"tile/(?P<level>entries|[0-7])/(?P<groups>(?:x\d{3}/)*\d{3})(?:\.p/(?P<width>\d{1,3}))?")
KEPT = re.compile(r"checkpoints/(?P<size>\d{1,18})(?:\.\d{1,9}\.tsr)?")


def copy_log(log: Files, to: Files, progress: Progress) -> int:
    """Copy the files of a log up to its checkpoint; how many entries that is, 0 when nothing is published."""
    raw = log.read(CHECKPOINT)
    if raw is None:
        return 0
    try:
        size = Checkpoint.read(Note.read(raw).text).size
    except NotANoteError as fault:
        msg = f"log/{CHECKPOINT} cannot be read: {fault}; `register verify` says more"
        raise RestoreRefused(msg) from None
    names = sorted(
        path.relative_to(log.root).as_posix()
        for path in log.root.rglob("*")
        if path.is_file() and not path.is_symlink()
    )
    wanted = [name for name in names if name != CHECKPOINT and ends_at(name) <= size]
    for done, name in enumerate(wanted, 1):
        if (each := log.read(name)) is not None:
            to.replace(name, each)
        progress("copy", done, len(wanted))
    to.replace(CHECKPOINT, raw)
    to.clear()
    to.root.with_name(f"{to.root.name}.part").rmdir()
    return size


def ends_at(name: str) -> int:
    """How many entries a log must have for a file of this name to belong to it; 0 for a file that says nothing of that."""
    if tile := TILE.fullmatch(name):
        level = 0 if tile["level"] == "entries" else int(tile["level"])
        index = int(tile["groups"].replace("x", "").replace("/", ""))
        return index * WIDTH + int(tile["width"] or WIDTH) << HEIGHT * level
    kept = KEPT.fullmatch(name)
    return int(kept["size"]) if kept else 0

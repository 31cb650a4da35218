"""What `register backup` does: a folder with the texts and the published log, there only when all of it is on disk."""

from __future__ import annotations

from pathlib import Path

from api.console import Console
from api.exchange.writing import in_place_of
from api.house import data_dir_of, database
from api.settings import Settings
from api.verifying import own_keys
from register import verify as outside
from register.publishing.files import Files
from register.publishing.keys import read_keys
from register.publishing.publisher import Home
from register.restoring.backup import LOG, write_backup
from register.restoring.refusing import RestoreRefused


def back_up(settings: Settings, region: str, target: Path, console: Console) -> None:
    """Write a backup into a new folder, and look at the copy of the log before that gets its name."""
    data_dir = data_dir_of(settings, region)
    home = Home(data_dir)
    with database(settings, data_dir) as logins, in_place_of(target.absolute()) as draft:
        draft.chmod(0o700)
        manifest = write_backup(logins.app, Files(home.log), draft, console.progress)
        if manifest.published:
            _must_be_sound(draft / LOG, home, settings)
    console.tell(
        manifest,
        f"{target} holds the {manifest.texts} texts of {manifest.region} with {manifest.entries} entries, and the log as published with {manifest.published}.",
        *([] if manifest.published == manifest.entries else [_unpublished(manifest.entries - manifest.published)]),
        "The keys are not in it: keep a copy of keys/ where only their owner can reach it.",
    )


def _unpublished(count: int) -> str:
    return f"{count} entries are not published yet, and are in no backup but that of the database; start the register, and take another."


def _must_be_sound(log: Path, home: Home, settings: Settings) -> None:
    must, known = own_keys(read_keys(home.keys))
    known += [each.key.vkey for each in settings.log_witnesses.witnesses]
    findings = outside.Log(outside.Files(log), must, known=known).run().findings
    if findings:
        msg = f"the published log is not sound: {findings[0]}; `register verify` says more, and no backup was written"
        raise RestoreRefused(msg)

"""What `register keys` does: make, tell and replace the keys that sign the published log."""

from __future__ import annotations

import msgspec

from api.console import Console
from api.house import data_dir_of
from api.settings import Settings
from register.publishing.keys import Keys, make_keys, read_keys
from register.publishing.keys import finish as finish_rotation
from register.publishing.keys import rotate as begin_rotation
from register.publishing.publisher import Home
from register.publishing.refusing import KeysRefused


class Told(msgspec.Struct, frozen=True, rename="camel"):
    """The public keys of a log."""

    origin: str
    sign: tuple[str, ...]
    signed_before: tuple[str, ...]


def make(settings: Settings, region: str, console: Console) -> None:
    """Make the keys of the log that is named; those that are there stay."""
    if settings.log_origin is None:
        msg = "a log keeps its name for ever: set REGISTER_LOG_ORIGIN first, such as register.example.nl/log"
        raise KeysRefused(msg)
    keys = make_keys(_home(settings, region).keys, settings.log_origin)
    if keys.origin != settings.log_origin:
        msg = f"there are keys of the log {keys.origin} already; a log keeps its name"
        raise KeysRefused(msg)
    _tell(keys, console)


def show(settings: Settings, region: str, console: Console) -> None:
    """Tell the public keys."""
    directory = _home(settings, region).keys
    keys = read_keys(directory)
    if keys is None:
        msg = f"there are no keys in {directory}; make them with `register keys make`, or start the register"
        raise KeysRefused(msg)
    _tell(keys, console)


def rotate(settings: Settings, region: str, console: Console, *, finish: bool) -> None:
    """Begin an overlap of two pairs of keys, or end it."""
    home = _home(settings, region)
    if finish:
        shown = home.log / "checkpoint"
        keys = finish_rotation(home.keys, shown.read_bytes() if shown.is_file() else None)
    else:
        keys = begin_rotation(home.keys)
    _tell(keys, console)


def _home(settings: Settings, region: str) -> Home:
    return Home(data_dir_of(settings, region))


def _tell(keys: Keys, console: Console) -> None:
    told = Told(keys.origin, tuple(key.vkey for key in keys.current), tuple(key.vkey for key in keys.former))
    former = [f"Signed before: {vkey}" for vkey in told.signed_before]
    console.tell(told, f"The log {told.origin} is signed with:", *told.sign, *former)

"""What the register can be told from outside: `REGISTER_*` in the environment, each with its meaning; unknown ones are refused."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

import msgspec

from register.publishing.timestamps import named
from register.tlog.notes import is_name
from register.tlog.policies import Policy
from register.tlog.policy_file import MOST_BYTES, PolicyRefused, read_policy

PREFIX = "REGISTER_"
WITHOUT_QUORUM = ("publish", "wait")
LOG_LEVELS = ("debug", "info", "warning", "error")


class SettingsRefused(ValueError):
    """One or more settings cannot be used; `faults` has one sentence for each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of one process, read once at its start."""

    database_url: str | None
    data_dir: Path
    host: str
    port: int
    log_level: str
    contact_email: str
    pg_bin: Path | None
    log_origin: str | None
    log_witnesses: Policy
    log_without_quorum: str
    log_stamps: tuple[str, ...]
    log_stamp_roots: Path | None
    log_alarm: int
    metrics: tuple[str, int] | None


class Setting(msgspec.Struct, frozen=True):
    """One setting: its name without prefix, how its text is read, what holds without it, and what it is for."""

    field: str
    read: Callable[[str], object]
    default: str
    meaning: str

    @property
    def name(self) -> str:
        """The name in the environment."""
        return PREFIX + self.field.upper()


def _text(raw: str) -> str:
    return raw


def _optional(raw: str) -> str | None:
    return raw or None


def _path(raw: str) -> Path:
    return Path(raw).expanduser().absolute()


def _optional_path(raw: str) -> Path | None:
    return _path(raw) if raw else None


def _port(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit()) or int(raw) > 65_535:  # noqa: PLR2004  # the highest port there is
        msg = "is a port: a number from 0 to 65535, where 0 takes any free one"
        raise ValueError(msg)
    return int(raw)


def _level(raw: str) -> str:
    if raw.lower() not in LOG_LEVELS:
        msg = f"is one of {', '.join(LOG_LEVELS)}"
        raise ValueError(msg)
    return raw.lower()


def _email(raw: str) -> str:
    if re.fullmatch(r"[^@\s]{1,64}@[A-Za-z0-9.-]{1,253}", raw) is None:
        msg = "is an e-mail address, such as register@example.org"
        raise ValueError(msg)
    return raw


def _origin(raw: str) -> str | None:
    if raw and (not is_name(raw) or not raw.isascii() or len(raw) > 255):  # noqa: PLR2004  # what a signature has room for
        msg = "is a name of a log: such as register.example.nl/log, without https://, spaces or plus signs"
        raise ValueError(msg)
    return raw or None


def _witnesses(raw: str) -> Policy:
    if not raw:
        return Policy()
    try:
        with _path(raw).open("rb") as file:
            return read_policy(file.read(MOST_BYTES + 1))
    except OSError as fault:
        msg = f"that file cannot be read: {fault.strerror}"
        raise ValueError(msg) from None
    except PolicyRefused as refused:
        msg = f"that file cannot be used: {refused}"
        raise ValueError(msg) from None


def _without_quorum(raw: str) -> str:
    if raw not in WITHOUT_QUORUM:
        msg = f"is one of {', '.join(WITHOUT_QUORUM)}"
        raise ValueError(msg)
    return raw


def _addresses(raw: str) -> tuple[str, ...]:
    found = tuple(raw.split())
    fits = all(re.fullmatch(r"https?://[!-~]{1,2000}", each) for each in found)
    if not fits or len(found) > 8 or len(set(map(named, found))) < len(found):  # noqa: PLR2004  # more than two are hardly of use
        msg = "is at most 8 different addresses with spaces between them, each beginning with https:// or http://"
        raise ValueError(msg)
    return found


def _seconds(raw: str) -> int:
    if re.fullmatch(r"[1-9][0-9]{0,6}", raw) is None:
        msg = "is a number of seconds from 1 to 9999999"
        raise ValueError(msg)
    return int(raw)


def _listens(raw: str) -> tuple[str, int] | None:
    host, _, port = raw.rpartition(":")
    if not raw:
        return None
    if not host:
        msg = "is a host and a port, such as 127.0.0.1:9464"
        raise ValueError(msg)
    return host.removeprefix("[").removesuffix("]"), _port(port)


def data_home(
    environment: Mapping[str, str] = os.environ,
    platform: Literal["darwin", "linux"] | str = sys.platform,  # noqa: PYI051  # names the two that are told apart
) -> Path:
    """The folder in which this platform keeps the data of a program, for the user that runs it."""
    if platform == "darwin":
        return Path("~/Library/Application Support/decision-register").expanduser()
    home = environment.get("XDG_DATA_HOME")
    # A relative path there is to be ignored, says its specification.
    base = Path(home) if home and Path(home).is_absolute() else Path("~/.local/share").expanduser()
    return base / "decision-register"


SETTINGS: tuple[Setting, ...] = (
    Setting("database_url", _optional, "", "The PostgreSQL server (15 or newer) to use, as a connection string of a role that may create schemas and roles. Without it an embedded server keeps its files in the data directory."),
    Setting("data_dir", _path, "", "Where this process keeps what is its own: the embedded server, secrets (readable by its user only), demo accounts. Without it the data folder of the platform, for example `~/.local/share/decision-register`."),
    Setting("host", _text, "127.0.0.1", "The address to listen on."),
    Setting("port", _port, "8000", "The port to listen on; 0 takes any free one."),
    Setting("log_level", _level, "info", "The least important line that is still logged: `debug`, `info`, `warning` or `error`."),
    Setting("contact_email", _email, "register@example.org", "The e-mail address of the function that answers for the register, for those who use its interface. Set it before others do: without it there is an address that nobody reads."),
    Setting("pg_bin", _optional_path, "", "The directory with `postgres` and `initdb` for the embedded server. Without it the first place that has them."),
    Setting("log_origin", _origin, "", "The name under which the log is signed for ever: its address without `https://`, such as `register.example.nl/log`. Set it before the register is opened; without it a new log gets the name HOST/REGION/log."),
    Setting("log_witnesses", _witnesses, "", "A file that names the witnesses of the log, who sign each checkpoint as well, and how many of them are a quorum. Without it nobody outside is asked."),
    Setting("log_without_quorum", _without_quorum, "publish", "What happens to a checkpoint that too few witnesses sign: `publish` shows it and says so, `wait` shows nothing newer until enough of them have signed."),
    Setting("log_stamps", _addresses, "", "The addresses of authorities that put their time under a checkpoint once a day (RFC 3161), with spaces between them; two of different countries are well chosen. Without it nobody is asked."),
    Setting("log_stamp_roots", _optional_path, "", "The root certificates of those authorities as PEM: a file, or a directory of files that end in `.pem`. A stamp that does not lead to one of them is not kept."),
    Setting("log_alarm", _seconds, "7200", "The age in seconds from which the last checkpoint is too old: told on every page, on `/health/ready` and in the metrics."),
    Setting("metrics", _listens, "", "Where to listen for `/metrics`, such as `127.0.0.1:9464`; keep it off the public address. Without it there are no metrics."),
)  # fmt: skip


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment gives them; raises SettingsRefused with every fault at once."""
    known = {setting.name: setting for setting in SETTINGS}
    faults = [_unknown(name, known) for name in sorted(environment) if name.startswith(PREFIX) and name not in known]
    values: dict[str, object] = {}
    for name, setting in known.items():
        raw = environment.get(name) or setting.default
        try:
            values[setting.field] = setting.read(raw) if raw or setting.field != "data_dir" else data_home(environment)
        except ValueError as fault:
            faults.append(f"{name} is {raw!r}, but {fault}")
    faults += _apart(values)
    if faults:
        raise SettingsRefused(tuple(faults))
    return msgspec.convert(values, Settings, strict=True)


def _apart(values: Mapping[str, object]) -> list[str]:
    """What each setting allows, and both together do not."""
    policy = values.get("log_witnesses")
    if values.get("log_without_quorum") != "wait" or not isinstance(policy, Policy):
        return []
    if policy.met([each.name for each in policy.witnesses if each.url]):
        return []
    fault = (
        f"{PREFIX}LOG_WITHOUT_QUORUM is 'wait', but the witnesses that have an address are not the quorum {policy.quorum}, "
        "so nothing would ever be shown"
    )
    return [fault]


def _unknown(name: str, known: Mapping[str, Setting]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.75)
    hint = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(known)}"
    return f"{name} is not a setting of the register; {hint}"

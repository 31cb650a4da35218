"""A policy out of its file (C2SP tlog-policy, as of August 2026): every fault is told at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from register.tlog.notes import COSIGNED_ED25519, COSIGNED_ML_DSA_44, Key, NotANoteError
from register.tlog.policies import NONE, Group, Policy, Witness

MOST: Final = 32
"""Witnesses, and groups, that a policy has at most."""
MOST_BYTES: Final = 1 << 18
LENGTHS: Final = {COSIGNED_ED25519: 32, COSIGNED_ML_DSA_44: 1312}
"""Bytes of the keys that witnesses sign with."""
LONGEST: Final = 200
"""Characters of a name, and of a part of an address."""


class PolicyRefused(ValueError):
    """A policy that cannot be used; `faults` has one sentence for each thing that is wrong."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


def read_policy(raw: bytes) -> Policy:
    """A policy out of its file; PolicyRefused with every fault at once. The keys of the log are no part of it."""
    if len(raw) > MOST_BYTES:
        raise PolicyRefused((f"is longer than {MOST_BYTES} bytes",))
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise PolicyRefused(("is not UTF-8",)) from None
    reading = _Reading()
    for number, line in enumerate(text.split("\n"), 1):
        reading.faults += [f"line {number}: {fault}" for fault in reading.line(line)]
    if not reading.quorum:
        reading.faults.append("no line says `quorum NAME` or `quorum none`")
    if reading.faults:
        raise PolicyRefused(tuple(reading.faults))
    return Policy(tuple(reading.witnesses), tuple(reading.groups), reading.quorum)


class _Reading:
    """What the lines so far have defined."""

    def __init__(self) -> None:
        self.witnesses: list[Witness] = []
        self.groups: list[Group] = []
        self.quorum = ""
        self.names: set[str] = set()
        self.members: set[str] = set()
        self.faults: list[str] = []

    def line(self, line: str) -> Iterator[str]:
        """Take one line in; gives what is wrong with it."""
        if any(letter < " " and letter != "\t" for letter in line):
            yield "has a control character"
            return
        word, *rest = line.replace("\t", " ").strip(" ").split(" ")
        rest = [each for each in rest if each]
        match word:
            case "witness":
                yield from self._witness(rest)
            case "group":
                yield from self._group(rest)
            case "quorum":
                yield from self._quorum(rest)
            case "log":
                yield "is about a log; leave it out, since the register adds its own keys"
            case _ if word and not word.startswith("#"):
                yield f"begins with {word!r}, and a line begins with witness, group, quorum or #"
            case _:
                pass

    def _witness(self, rest: list[str]) -> Iterator[str]:
        if len(rest) not in {2, 3}:
            yield "a witness is `witness NAME VKEY [URL]`"
            return
        name, vkey, url = (*rest, "")[:3]
        yield from self._name(name)
        yield from _address(url)
        try:
            key = Key.read(vkey)
        except NotANoteError as fault:
            yield f"the key of {name} cannot be read: {fault}"
            return
        if LENGTHS.get(key.type) != len(key.public):
            yield f"the key of {name} is not one that witnesses sign with (type 4 or 6)"
        if any(each.key.public == key.public for each in self.witnesses):
            yield f"the key of {name} is that of another witness as well"
        if len(self.witnesses) >= MOST:
            yield f"there are more than {MOST} witnesses"
        self.witnesses.append(Witness(name, key, url))

    def _group(self, rest: list[str]) -> Iterator[str]:
        if len(rest) < 3:  # noqa: PLR2004  # a name, a number and a member
            yield "a group is `group NAME all|any|NUMBER MEMBER…`"
            return
        name, wanted, *members = rest
        for member in members:
            if member not in self.names:
                yield f"{member} is no witness or group of an earlier line"
            elif member in self.members:
                yield f"{member} is in a group already"
            self.members.add(member)
        yield from self._name(name)
        least = {"all": len(members), "any": 1}.get(wanted) or (int(wanted) if _is_count(wanted) else 0)
        if not 1 <= least <= len(members):
            yield f"{wanted} is not all, any, or a number from 1 to {len(members)}"
        if len(self.groups) >= MOST:
            yield f"there are more than {MOST} groups"
        self.groups.append(Group(name, least, tuple(members)))

    def _quorum(self, rest: list[str]) -> Iterator[str]:
        if self.quorum:
            yield "there is a quorum already"
        elif len(rest) != 1 or rest[0] not in {NONE, *self.names}:
            yield "a quorum is `quorum none`, or the name of a witness or group of an earlier line"
        self.quorum = rest[0] if rest else NONE

    def _name(self, name: str) -> Iterator[str]:
        if name == NONE or name in self.names:
            yield f"the name {name} is taken"
        if len(name) > LONGEST:
            yield f"a name has at most {LONGEST} characters"
        self.names.add(name)


def _is_count(raw: str) -> bool:
    return raw.isascii() and raw.isdigit() and len(raw) <= len(str(MOST)) and not raw.startswith("0")


def _address(url: str) -> Iterator[str]:
    """What is wrong with an address to which `/add-checkpoint` is added; none at all is well."""
    if not url:
        return
    try:
        parts = urlsplit(url)
        sound = bool(parts.hostname) and parts.scheme in {"https", "http"} and parts.port != 0
    except ValueError:
        sound, parts = False, urlsplit("")
    if not sound or len(url) > LONGEST:
        yield f"{url[:LONGEST]!r} is no address that begins with https:// or http://"
    elif parts.username is not None or parts.query or parts.fragment:
        yield f"the address {parts.hostname} holds more than a host and a path"

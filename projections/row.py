"""What every row of a read model has; a row is what is stored, what a page shows and what the API answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Generic, Literal, TypeVar

import msgspec

from register import values
from register.fact import written_as
from register.values import Act, Grade, Words


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename=written_as):
    """Base of everything that is answered: lowerCamelCase, and what has no value is absent."""


class Text(
    msgspec.Struct,
    kw_only=True,
    omit_defaults=True,
    rename={"sd": "_sd", "withheld_by": "withheldBy", "withheld_on": "withheldOn", "withheld_at": "withheldAt"},
):
    """A text by its seal. `text` is filled in when it is read, and absent when its opening is gone.

    `withheld` is the ground on which it was withdrawn, `withheldBy` who answers for that, `withheldOn` the day and
    `withheldAt` the position of the entry that says so.
    `instead` tells that the text shown is the one that took the place of the withdrawn text.
    The only struct here that changes: rows are folded and stored without any text.
    """

    sd: tuple[str, ...]
    lang: str
    words: Words
    text: str | None = None
    withheld: str | None = None
    withheld_by: str | None = None
    withheld_on: str | None = None
    withheld_at: int | None = None
    instead: bool = False

    def __str__(self) -> str:
        return self.text or ""


class Evidence(Told, frozen=True, kw_only=True):
    """One source of a fact; `position` is the entry that named it, which may be later than the fact."""

    grade: Grade
    position: int
    act: Act | None = None
    at: Text | None = None
    page: str | None = None
    moment: str | None = None
    sha256: Text | None = None
    bearing: Literal["contradicts", "retracted"] | None = None
    note: Text | None = None


class Voice(values.Voice, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """Who spoke, as values.Voice; the speaker is the place of a text."""

    speaker: Text | None = None  # type: ignore[assignment]  # pyright: ignore[reportIncompatibleVariableOverride]  # the seal of it


class Row(Told, frozen=True, kw_only=True, tag_field="fact"):
    """A fact as the register knows it.

    It was told by entry `seq` of `stream`, at `position` of the log, under mandate `by`; `corrected_by` is the position of the
    correction that replaced what that entry said. It holds on the days from `valid_from` to `valid_until`, both included, None
    being open. `on` is the day as the source gives it; not `exact` when that is no single day, not `certain` when it was inferred,
    not `dated` when there is none and the day is the one on which it became known. `known_from` is filled in when it is read.
    """

    TABLE: ClassVar[str]
    ASKED: ClassVar[tuple[str, ...]] = ()
    """Further columns of the table, because rows are asked by them; `asked` gives their values."""

    stream: str
    seq: int
    position: int
    by: str
    corrected_by: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    on: str | None = None
    exact: bool = True
    certain: bool = True
    dated: bool = True
    known_from: datetime | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def address(self) -> str:
        """The address of the entry that made this row: `{stream}.{seq}`."""
        return f"{self.stream}.{self.seq}"

    def about(self) -> tuple[str, ...]:
        """The codes and ids by which this row is found."""
        return ()

    def asked(self) -> tuple[object, ...]:
        """The values of the further columns, in the order of ASKED."""
        return ()


Item = TypeVar("Item")


class Page(msgspec.Struct, Generic[Item], frozen=True, kw_only=True, rename=written_as):
    """Part of a list, with the length of the whole."""

    items: tuple[Item, ...]
    total: int
    page: int
    page_size: int

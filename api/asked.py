"""What a read asks for: the query of an address, read strictly, with everything that is wrong with it told at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from api.problems import FieldError, Problem
from api.sentences import sentence
from register.values import CODE, UUID_FORM
from register.writing import composed, forbidden_in

PAGE_SIZE = 100
MOST_A_PAGE = 500
MOST_PAGES = 1_000_000
LONGEST = 200
GREATEST = 2**53 - 1
"""The greatest number that every reader of JSON keeps."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
_SPACED = re.compile(r"(T[0-9:.]+) ([0-9]{2}:[0-9]{2})$")


class Asked:
    """The query of one request. Take each key with a method, then call `done`: it raises one Problem for all that is wrong."""

    def __init__(self, query: bytes, *, zone: ZoneInfo, now: datetime, lang: str) -> None:
        """Read a raw query string; `zone` is the register's, in which a day begins and ends."""
        self._zone, self._now, self._lang = zone, now, lang
        self._errors: list[FieldError] = []
        self._taken: list[str] = []
        self._given: dict[str, str] = {}
        for name, value in self._pairs(query):
            if name in self._given:
                self._fault("given-twice", name)
            self._given[name] = value

    def _pairs(self, query: bytes) -> Iterable[tuple[str, str]]:
        try:
            pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50)
        except ValueError:
            raise Problem(400, "request") from None
        return [(name[:LONGEST], value) for name, value in pairs]

    @property
    def today(self) -> date:
        """The civil day it is now in the register's time zone."""
        return self._now.astimezone(self._zone).date()

    def valid_on(self, name: str = "validOn") -> date:
        """The day that the answer is about; today when none is given."""
        return self.day(name) or self.today

    def known_at(self, name: str = "knownAt") -> datetime | None:
        """The moment at which the register must have known it, None for now; a day alone is its end in the register's zone."""
        given = self._take(name)
        if given is None:
            return None
        raw = _SPACED.sub(r"\1+\2", given)  # a plus sign in a query reads as a space
        try:
            if DAY.fullmatch(raw):
                end = datetime.combine(date.fromisoformat(raw) + timedelta(days=1), time(), self._zone)
                return end.astimezone(UTC) - timedelta(microseconds=1)
            if MOMENT.fullmatch(raw):
                return datetime.fromisoformat(raw).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        self._fault("not-a-moment", name)
        return None

    def day(self, name: str) -> date | None:
        """A day, None when it is not given."""
        raw = self._take(name)
        if raw is None:
            return None
        try:
            if DAY.fullmatch(raw):
                return date.fromisoformat(raw)
        except ValueError:
            pass
        self._fault("not-a-day", name)
        return None

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number between two bounds, None when it is not given."""
        raw = self._take(name)
        if raw is None:
            return None
        if raw.isascii() and raw.isdigit() and len(raw) < 19 and least <= int(raw) <= most:  # noqa: PLR2004  # what fits in the store
            return int(raw)
        self._fault("not-a-number", name, f"{least} {'t/m' if self._lang == 'nl' else 'to'} {most}")
        return None

    def choice(self, name: str, choices: Iterable[str]) -> str | None:
        """One of a few words, None when it is not given."""
        raw, allowed = self._take(name), tuple(choices)
        if raw is None or raw in allowed:
            return raw
        self._fault("not-a-choice", name, ", ".join(allowed))
        return None

    def code(self, name: str) -> str | None:
        """A code of a member, body or theme, None when it is not given."""
        raw = self._take(name)
        if raw is None or re.fullmatch(CODE, raw):
            return raw
        self._fault("not-a-code", name)
        return None

    def id(self, name: str) -> str | None:
        """A UUID, None when it is not given."""
        raw = self._take(name)
        if raw is None or re.fullmatch(UUID_FORM, raw):
            return raw
        self._fault("not-an-id", name)
        return None

    def text(self, name: str) -> str | None:
        """Words to look for, None when none are given."""
        raw = self._take(name)
        if not raw:
            return None
        if len(raw) > LONGEST or forbidden_in(raw):
            self._fault("not-text", name)
            return None
        return composed(raw)

    def page(self) -> tuple[int, int]:
        """The page asked for, from 1, and how many items a page has."""
        page = self.number("page", 1, MOST_PAGES) or 1
        return page, self.number("pageSize", 1, MOST_A_PAGE) or PAGE_SIZE

    def done(self) -> None:
        """Raise a 400 Problem with all that is wrong: unknown keys, keys given twice, values that cannot be read."""
        for name in self._given:
            if name not in self._taken:
                self._fault("unknown-key", name, ", ".join(self._taken) or "-")
        if self._errors:
            raise Problem(400, "invalid", errors=self._errors)

    def _take(self, name: str) -> str | None:
        if name not in self._taken:
            self._taken.append(name)
        return self._given.get(name)

    def _fault(self, code: str, name: str, what: str = "") -> None:
        self._errors.append(FieldError(code, sentence(code, self._lang, what), name))

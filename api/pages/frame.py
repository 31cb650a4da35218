"""What every page has around its content: language, the two clocks as typed and as understood, who is signed in, ways out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec

from api.pages import days
from api.pages.days import Lang
from api.pages.speech import Speech, speech
from api.pages.words import dutch
from projections.at import At

CLOCKS = {"validOn": dutch("Geldig op"), "knownAt": dutch("Zoals bekend op")}


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in, as far as a page shows it."""

    account: str
    name: str
    form_token: str
    keeps: tuple[str, ...] = ()
    """The bodies whose meetings it records."""
    reads: tuple[str, ...] = ()
    """The bodies of which it confirms what another account recorded."""


class ClockField(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two dates in a form: as it was typed, with what is wrong with it."""

    name: str
    label: str
    value: str
    fault: str | None = None


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The surroundings of one page."""

    lang: Lang
    path: str
    region: str
    today: date
    zone: ZoneInfo
    at: At
    clocks: tuple[ClockField, ...]
    asked: Mapping[str, str]
    """The clocks of this request that are not those of now, as a query."""
    here: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    visitor: Visitor | None = None
    position: int | None = None
    behind: bool = False
    stale: bool = False
    """Whether the last checkpoint of the published log is too old."""
    replayed: str | None = None

    @property
    def says(self) -> Speech:
        """The words of this page's language."""
        return speech(self.lang)

    @property
    def other(self) -> Lang:
        """The language that this page is not in."""
        return "en" if self.lang == "nl" else "nl"

    @property
    def csrf(self) -> str:
        """What every form of a signed-in visitor carries."""
        return self.visitor.form_token if self.visitor else ""

    @property
    def plain(self) -> str:
        """This page at the clocks of now."""
        return address(self.lang, self.path)

    @property
    def search(self) -> str:
        """Where the search box leads."""
        return address(self.lang, "/zoeken")

    @property
    def now(self) -> str:
        """This page at the clocks of now, with what else was asked; from a replay, what is replayed as it stands now."""
        if self.replayed:
            return address(self.lang, self.path.rpartition("/")[0])
        return address(self.lang, self.path, dict(self.kept))

    @property
    def elsewhere(self) -> str:
        """The same page in the other language."""
        return address(self.other, self.path, {**dict(self.kept), **self.asked})

    def to(self, path: str, **query: object) -> str:
        """The address of another page in the same language, at the same clocks."""
        if path.startswith("/afmelden"):
            return address(self.lang, path)
        return address(self.lang, path, {**{k: str(v) for k, v in query.items()}, **self.asked})

    @property
    def past(self) -> str | None:
        """The sentence that says which state is shown, when it is not that of now."""
        if self.replayed:
            return self.replayed
        if not self.asked:
            return None
        day = days.long_day(self.at.valid_on, self.lang)
        if self.at.known_at is None:
            return self.says.say("Dit is de stand op %(day)s, zoals het register die nu kent.", day=day)
        moment = days.clock(self.at.known_at, self.lang, self.zone)
        return self.says.say(
            "Dit is de stand op %(day)s, zoals het register die kende op %(moment)s.",
            day=day,
            moment=moment,
        )


def address(lang: Lang, path: str, query: Mapping[str, str] | None = None) -> str:
    """The address of a page in a language."""
    base = path if lang == "nl" else "/en" + (path if path != "/" else "")
    return f"{base}?{urlencode(query)}" if query else base


class Clocks(msgspec.Struct, frozen=True, kw_only=True):
    """The two dates of a request, understood."""

    at: At
    fields: tuple[ClockField, ...]
    asked: Mapping[str, str]


def clocks(query: Mapping[str, str], lang: Lang, zone: ZoneInfo, now: datetime) -> Clocks:
    """Read the two dates, forgivingly: a day as 24-3-2022 or 2022-03-24, a moment in ISO 8601; what cannot be read is told at its field."""
    told = speech(lang)
    today = now.astimezone(zone).date()
    typed = {name: query.get(name, "").strip() for name in CLOCKS}
    faults: dict[str, str] = {}
    valid_on = days.typed_day(typed["validOn"]) if typed["validOn"] else today
    if valid_on is None:
        faults["validOn"] = told.say("Schrijf een dag als 24-3-2022.")
    known, known_day = _moment(typed["knownAt"], zone)
    if typed["knownAt"] and known is None:
        faults["knownAt"] = told.say("Schrijf een dag als 24-3-2022.")
    if known_day == today or (known is not None and known >= now):
        known = None
    at = At(valid_on=valid_on or today, known_at=known)
    asked: dict[str, str] = {}
    if at.valid_on != today:
        asked["validOn"] = at.valid_on.isoformat()
    if known is not None:
        asked["knownAt"] = known_day.isoformat() if known_day else typed["knownAt"]
    shown = {"validOn": at.valid_on, "knownAt": known_day or (known.astimezone(zone).date() if known else today)}
    fields = tuple(
        ClockField(
            name=name,
            label=told.say(label),
            value=typed[name] if name in faults else days.as_typed(shown[name]),
            fault=faults.get(name),
        )
        for name, label in CLOCKS.items()
    )
    return Clocks(at=at, fields=fields, asked=asked)


def _moment(typed: str, zone: ZoneInfo) -> tuple[datetime | None, date | None]:
    """The moment that was typed, and its day when only a day was: a day counts until its end."""
    if not typed:
        return None, None
    if day := days.typed_day(typed):
        try:
            end = datetime.combine(day + timedelta(days=1), time(), zone)
        except OverflowError:
            return None, None
        return end.astimezone(UTC) - timedelta(microseconds=1), day
    try:
        moment = datetime.fromisoformat(typed.replace(" ", "+"))
    except ValueError:
        return None, None
    return (moment.astimezone(UTC) if moment.tzinfo else None), None

"""From rows to what a page shows: names for codes, who spoke and for whom, sources, links; shared by all pages."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from api.pages import days
from api.pages.frame import Frame
from api.pages.views import Link, Named, Source
from projections.row import Evidence, Row, Text, Voice

LONGEST = 80
YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
OF_DAYS = re.compile(r"[0-9]{1,2}[^0-9]")
"""How a period is written that begins on a day, not with a month or a year."""
_CODES = frozenset(
    [
        "member",
        "members",
        "parties",
        "subregion",
        "body",
        "of",
        "voter",
        "by_body",
        "into",
        "decides",
        "dissent",
        "code",
        "party",
        "among",
        "to",
    ]
)
"""The fields of rows that name a member, body, party or sub-region."""


def codes_in(value: Any) -> Iterator[str]:  # noqa: ANN401  # any row, and whatever rows are made of
    """Every code that is to be called by its name on a page."""
    if isinstance(value, Text):
        return
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            inner = getattr(value, field)
            if field not in _CODES:
                yield from codes_in(inner)
            elif isinstance(inner, str):
                yield inner
            elif isinstance(inner, tuple):
                yield from (each for each in inner if isinstance(each, str))
                yield from codes_in(inner)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from codes_in(each)


class Teller:
    """Tells rows in one language, with the names of one day."""

    def __init__(self, frame: Frame, names: Mapping[str, str], parts: Mapping[str, Text] | None = None) -> None:
        """Call each code as `names` does, and each part of the decision at hand as `parts` does."""
        self.frame = frame
        self.parts = parts or {}
        self.titles: dict[str, Text] = {}
        """Titles of other decisions, as far as they are known here."""
        self.days: dict[int, str] = {}
        """The day of an entry as precise as its source gives it, by position, as far as it is needed here."""
        self.says = frame.says
        self.word = frame.says.word
        self.names = names

    def name(self, code: str) -> str:
        """What a code is called; the code itself when nobody has it or its name is withheld."""
        return self.names.get(code, code)

    def member(self, code: str) -> Named:
        """A member, which has a page of its own."""
        return Named(code=code, name=self.name(code))

    def party(self, code: str) -> Named:
        """A party, which has none; its name is a text and may be withheld."""
        return Named(code=code, name=self.name(code), has_page=False, withheld=code not in self.names)

    def part(self, code: str) -> str:
        """What a part is called in a sentence."""
        title = self.parts.get(code)
        return title.text if title is not None and title.text else code

    def members(self, codes: Iterable[str]) -> tuple[Named, ...]:
        """Members by name."""
        return tuple(sorted((self.member(code) for code in codes), key=lambda each: each.name))

    def decision(self, id: str, title: Text | None, rel: str | None = None) -> Link:
        """The page of another decision."""
        shown = title or self.titles.get(id) or self.text(self.says.say("een ander besluit"))
        return Link(href=self.frame.to(f"/besluiten/{id}"), title=shown, rel=rel)

    def meeting(self, body: str, day: str) -> str:
        """What a meeting is called: the body that meets, and its day."""
        return f"{self.name(body)}, {self.day(day)}"

    def sources(self, evidence: Iterable[Evidence]) -> tuple[Source, ...]:
        """The sources of a fact, the strongest first; a second one at the same place gets a number."""
        order = list(self.word["GRADE"])
        told: list[Source] = []
        for source in sorted(map(self.source, evidence), key=lambda each: order.index(each.grade)):
            same = sum(1 for each in told if each.label and each.label.partition(" (")[0] == source.label)
            told.append(msgspec.structs.replace(source, label=f"{source.label} ({same + 1})") if same else source)
        return tuple(told)

    def source(self, evidence: Evidence) -> Source:
        """One source: a link when it says where, its label the host that it is at."""
        at = evidence.at
        href = at.text if at is not None and at.text and at.text.startswith("https://") else None
        return Source(
            grade=evidence.grade,
            label=_host(href) if href else (at.text if at is not None else None),
            href=href,
            about=_about(href) if href else None,
            act=evidence.act,
            page=evidence.page,
            withheld=at is not None and at.text is None,
            bearing=evidence.bearing,
            note=evidence.note,
        )

    def traced(self, row: Row, unconfirmed: Iterable[int] = ()) -> dict[str, Any]:
        """What every shown fact has: its entry, day, sources."""
        return {
            "entry": row.position,
            "on": row.on,
            "certain": row.certain,
            "known_from": row.known_from,
            "sources": self.sources(row.evidence),
            "unconfirmed": row.seq in set(unconfirmed),
            "replaced": row.corrected_by,
        }

    def speaker(self, voice: Voice, member: str | None = None) -> str:
        """Who spoke, in which capacity, with what mandate: Beverwijk en Velsen · dagelijks bestuur · gezamenlijk."""
        said = [self.who(voice, member)]
        if voice.body is not None and self.name(voice.body) not in said[0]:
            said.append(self.says.say("in %(body)s", body=self.name(voice.body)))
        if voice.speaker is not None:
            said.append(voice.speaker.text or self.says.say("afgeschermd"))
        if voice.layer is not None:
            several = voice.as_ in {"joint", "namens"} or len(voice.members or voice.parties or ()) > 1
            said.append(self.word["LAYER_OF_SEVERAL" if several else "LAYER"][voice.layer])
        if voice.as_ == "joint":
            said.append(self.word["VOICE"]["joint"])
        if voice.backing is not None and voice.backing != "not-stated":
            said.append(self.word["BACKING"][voice.backing])
        if voice.dissent:
            said.append(
                self.says.say("behalve %(names)s", names=self.says.join([self.name(each) for each in voice.dissent]))
            )
        return "\u00a0· ".join(each for each in said if each)

    def who(self, voice: Voice, member: str | None = None) -> str:
        """The names behind a voice."""
        codes = voice.members or voice.parties or ((member,) if member else ())
        names = self.says.join([self.name(code) for code in codes])
        group = self.name(voice.subregion) if voice.subregion else ""
        body = self.name(voice.body) if voice.body else ""
        match voice.as_:
            case "namens":
                return self.says.say("namens %(group)s", group=group or body or names)
            case "vanuit":
                return self.says.say("%(who)s, vanuit %(group)s", who=names or body, group=group)
            case "outside":
                return self.says.say("%(who)s, van buiten de regio", who=names or body)
            case _:
                return names or body or group

    def text(self, words: str) -> Text:
        """A text of the page itself where one of the register might stand."""
        return Text(sd=(), lang=self.frame.lang, words="summary", text=words)

    def moment(self, known: datetime | None) -> str:
        """A known time in running text; nothing for a fact that was not read from the log."""
        return days.clock(known, self.frame.lang, self.frame.zone) if known is not None else ""

    def day(self, when: Any) -> str:  # noqa: ANN401  # a date or a date with precision
        """A day in running text."""
        return days.long_day(when, self.frame.lang)

    def when(self, on: str | date | None) -> str:
        """A date in the middle of a sentence: op 4 juli 2022, in juli 2022, or a period of days."""
        if on is None:
            return self.says.say("op een dag die niet vermeld is")
        if isinstance(on, date) or ("/" not in on and len(on) == len("2022-07-04")):
            return self.says.say("op %(day)s", day=self.day(on))
        period = self.day(on)
        if OF_DAYS.match(period):
            return self.says.say("in de periode %(period)s", period=period)
        return self.says.say("in %(period)s", period=period)


def _host(href: str) -> str:
    return (urlsplit(href).hostname or href).removeprefix("www.")


def _about(href: str) -> str | None:
    """The words in the last part of an address, when there are at least two, with the year that it names."""
    path = urlsplit(href).path
    last = unquote(path.rstrip("/").rpartition("/")[2]).partition(".")[0]
    words = [word for word in last.replace("_", "-").split("-") if word]
    told = [word for word in words if word.isalpha()]
    if len(told) < 2 or "%" in last:  # noqa: PLR2004  # one word is a name
        return None
    years = [year for year in YEAR.findall(path) if year not in words]
    return textwrap.shorten(" ".join([*words, *years[-1:]]), LONGEST, placeholder=" …")

"""What all pages share while they answer: the parts of the edge, one snapshot, the frame around the content, the response."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request, Response
from litestar.enums import MediaType

from api.accounts import Account
from api.pages.days import Lang
from api.pages.frame import Clocks, Frame, Visitor, clocks
from api.pages.speech import rendered
from api.problems import Problem
from api.sign_in import COOKIE, Session
from projections.at import At
from projections.governance import query as governance
from projections.reading import Connection, reflects, snapshot
from register import stored
from register.charter.facts import RegisterOpened
from register.store.reading import Reader

if TYPE_CHECKING:
    from api.app import Parts

AnyRequest = Request[Any, Any, Any]
LONGEST = 200


class Asking(msgspec.Struct, frozen=True):
    """One page under way: its request, language, snapshot and clocks."""

    request: AnyRequest
    lang: Lang
    path: str
    query: Mapping[str, str]
    conn: Connection
    clocks: Clocks
    position: int
    behind: bool
    stale: bool
    visitor: Visitor | None
    region: str
    region_code: str
    zone: ZoneInfo
    now: datetime

    @property
    def today(self) -> date:
        """The civil day in the region."""
        return self.now.astimezone(self.zone).date()

    @property
    def at(self) -> At:
        """The two clocks."""
        return self.clocks.at


class Site:
    """The pages of one running register."""

    def __init__(self, parts: Parts) -> None:
        """Answer from the read models of `parts`; its sign-in may be None."""
        self.parts = parts
        self._region: str | None = None

    @asynccontextmanager
    async def asking(self, request: AnyRequest) -> AsyncGenerator[Asking]:
        """One page on one connection, on which every read sees the same state."""
        lang, path = language_and_path(request.scope["path"])
        query = query_of(request)
        clock = self.parts.clock
        now = clock.now()
        asked = clocks(query, lang, clock.zone, now)
        async with snapshot(self.parts.pool) as conn:
            position = await reflects(conn)
            head = (await Reader(conn).head()).size - 1
            yield Asking(
                request,
                lang,
                path,
                query,
                conn,
                asked,
                position,
                position < head,
                await self.parts.freshness.look(conn, now),
                await self.visitor(request, conn, asked.at),
                await self._name(conn),
                self.parts.register.charter.region,
                clock.zone,
                now,
            )

    async def _name(self, conn: Connection) -> str:
        """The name of the region; it stands in the first entry of the log and never changes."""
        if self._region is None:
            first = await Reader(conn).entry(0)
            said = stored.trusted(first.entry).data if first is not None else None
            if not isinstance(said, RegisterOpened):
                return self.parts.register.charter.region
            self._region = said.region.name
        return self._region

    @property
    def region(self) -> str:
        """The name of the region, its code until a page was asked for."""
        return self._region or self.parts.register.charter.region

    def session(self, request: AnyRequest) -> Session | None:
        """The session of a request, None when nobody is signed in."""
        sign_in = self.parts.sign_in
        return sign_in.session(request.cookies.get(COOKIE)) if sign_in is not None else None

    def account(self, session: Session) -> Account:
        """The account of a session."""
        if self.parts.sign_in is None:
            raise Problem(401, "sign-in-off")
        return self.parts.sign_in.account_of(session)

    async def visitor(self, request: AnyRequest, conn: Connection, at: At) -> Visitor | None:
        """Who is signed in, as pages show it: a representative by the name of its member."""
        session = self.session(request)
        if session is None:
            return None
        account = self.account(session)
        members = [grant.for_ for grant in account.grants if grant.role == "representative"]
        names = await governance.names(conn, members, at) if members else {}
        name = names.get(members[0], account.name) if members else account.name
        return Visitor(
            account=account.account,
            name=name,
            form_token=session.form_token,
            keeps=account.held("clerk"),
            reads=account.held("confirmer"),
        )


def language_and_path(path: str) -> tuple[Lang, str]:
    """The language of an address and what it is in Dutch."""
    if path == "/en" or path.startswith("/en/"):
        return "en", path[3:] or "/"
    return "nl", path


def query_of(request: AnyRequest) -> dict[str, str]:
    """The query of a request, the first of each name; whatever cannot be read is left out."""
    raw = request.scope["query_string"].decode("ascii", "replace")
    try:
        pairs = parse_qsl(raw, keep_blank_values=False, max_num_fields=50)
    except ValueError:
        return {}
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name[:LONGEST], value[:LONGEST])
    return found


def frame_of(
    asking: Asking, here: str = "", kept: Mapping[str, str] | None = None, replayed: str | None = None
) -> Frame:
    """The frame of a page; `kept` is what else was asked and goes along to the other language."""
    return Frame(
        lang=asking.lang,
        path=asking.path,
        region=asking.region,
        today=asking.today,
        zone=asking.zone,
        at=asking.at,
        clocks=asking.clocks.fields,
        asked=asking.clocks.asked,
        here=here,
        kept=tuple((kept or {}).items()),
        visitor=asking.visitor,
        position=asking.position,
        behind=asking.behind,
        stale=asking.stale,
        replayed=replayed,
    )


def shown(template: str, page: object, frame: Frame, status: int = 200) -> Response[str]:
    """A page as a response; it tells the position that it reflects."""
    headers: dict[str, str] = {"Content-Language": frame.lang}
    if frame.position is not None:
        headers["Log-Position"] = str(frame.position)
    return Response(
        rendered(template, frame.lang, {"frame": frame, "page": page}),
        status_code=status,
        media_type=MediaType.HTML,
        headers=headers,
    )

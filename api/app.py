"""The composition root: everything that a request needs is given here by name, and nothing is found elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import cast

import msgspec
from litestar import Litestar, route
from litestar.handlers import BaseRouteHandler
from psycopg_pool import AsyncConnectionPool

from api import problems
from api.asking import Clock
from api.description import openapi_route
from api.events import event_routes
from api.freshness import Freshness
from api.front import Front, Validators
from api.health import health_routes
from api.options import options_routes
from api.outgoing import ASGIApp
from api.posting import write_routes
from api.proofs import proof_routes
from api.published import log_routes
from api.reads import read_routes
from api.recording import Recording
from api.sign_in import SignIn
from projections.follow import Follower
from projections.reading import Connection
from register.intake import MAX_BODY
from register.publishing.publisher import Publisher
from register.register import Register

HERE = Path(__file__).resolve().parent
CODE_OF = (HERE, HERE.parent / "projections")
SUFFIXES = {".py", ".sql", ".html", ".jinja", ".css", ".js", ".po"}


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What the edge is put together from; whoever made them also closes them."""

    register: Register
    follower: Follower
    pool: AsyncConnectionPool[Connection]
    """Connections of the role that reads and projects."""
    clock: Clock
    contact: str
    """The function that answers for the register."""
    contact_email: str
    secret: bytes
    """Keys the hashes of requests."""
    publisher: Publisher | None = None
    """None: nothing is published from here."""
    sign_in: SignIn | None = None
    """None: nobody can sign in, and every write is refused."""
    loopback_only: bool = False
    freshness: Freshness = msgspec.field(default_factory=Freshness)
    answered: Counter[str] = msgspec.field(default_factory=Counter[str])
    """Requests of this process by the class of their status, such as 2xx."""


Pages = Callable[[Parts, Recording], Sequence[BaseRouteHandler]]


def create_app(parts: Parts, pages: Pages | None = None) -> ASGIApp:
    """The application: the framework with its routes, and in front of it what needs no framework."""
    freshness = parts.freshness
    validators = Validators(
        lambda: parts.follower.position, parts.clock.today, code_digest(), lambda: freshness.variant
    )
    application = cast("ASGIApp", framework(parts, pages))
    return Front(application, validators, loopback_only=parts.loopback_only, answered=parts.answered)


def framework(parts: Parts, pages: Pages | None = None) -> Litestar:
    """The framework with every route."""
    recording = Recording(parts.register, parts.follower, parts.secret)
    interface = [
        *read_routes(parts.pool, parts.clock),
        *event_routes(parts.pool, parts.clock),
        *proof_routes(parts.pool, parts.clock, parts.publisher.home.log if parts.publisher is not None else None),
        *write_routes(recording, parts.sign_in),
        openapi_route(parts.contact, parts.contact_email, parts.clock),
    ]
    return Litestar(
        route_handlers=[
            *options_routes(interface),  # before the rest, or the framework makes its own
            *health_routes(parts.pool, parts.publisher, parts.freshness),
            *(log_routes(parts.publisher.home.log) if parts.publisher is not None else ()),
            *interface,
            _nothing_else,
            *(pages(parts, recording) if pages is not None else ()),
        ],
        exception_handlers={Exception: problems.handle},
        openapi_config=None,
        logging_config=None,
        request_max_body_size=MAX_BODY,
        pdb_on_exception=False,
        debug=False,
    )


@route(
    "/api/{rest:path}",
    http_method=["GET", "POST", "PUT", "PATCH", "DELETE"],
    name="api_missing",
    include_in_schema=False,
)
async def _nothing_else() -> None:
    """Whatever else is asked below /api is told as the rest of it, and not as a page."""
    raise problems.Problem(404, "not-found")


def code_digest(folders: Sequence[Path] = CODE_OF) -> str:
    """What tells this code from another version of it: the same position may then be told otherwise."""
    found = blake2b(digest_size=9)
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in SUFFIXES)
    for path in files:
        found.update(path.relative_to(HERE.parent).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()

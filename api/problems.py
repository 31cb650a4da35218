"""The one mapping from a refusal or a fault to what a caller sees: RFC 9457 problem+json, with every error of the request at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout, TooManyRequests

from api.languages import spoken
from api.sentences import TITLES, sentence
from register.faults import BodyRefused
from register.intake import MAX_BODY
from register.publishing.proving import NotPublished
from register.refusals import Conflict, NoAuthority, Refusal, Refused, Unknown
from register.store import appending

MEDIA_TYPE = "application/problem+json"
log = structlog.get_logger(__name__)


class FieldError(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong: where in the request (dotted, absent when it is the whole), a code for programs, a sentence for people."""

    code: str
    message: str
    field: str | None = None


class Problem(Exception):  # the word of RFC 9457
    """An answer that is not what was asked for; `code` is a key of the edge's sentences, `what` fills it in."""

    def __init__(  # noqa: PLR0913  # each is a part of the answer
        self,
        status: int,
        code: str,
        *,
        what: str = "",
        field: str | None = None,
        errors: Iterable[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        """Carry what `told` needs to say it in the caller's language."""
        super().__init__(f"{status} {code} {what}")
        self.status, self.code, self.what, self.field = status, code, what, field
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.more = dict(more or {})


class ProblemDocument(msgspec.Struct, frozen=True):
    """What went wrong, with every error of the request at once."""

    status: int
    title: str
    detail: str
    errors: tuple[FieldError, ...]


class Told(ProblemDocument, frozen=True):
    """A problem in one language, ready to be sent, with the members that only some problems have."""

    more: Mapping[str, object]

    def body(self) -> bytes:
        """The problem document."""
        members = {name: getattr(self, name) for name in ProblemDocument.__struct_fields__}
        return msgspec.json.encode({**members, **self.more})


def told(problem: Problem, lang: str) -> Told:
    """Say a problem in Dutch or English; one without errors of its own is its own single error."""
    detail = sentence(problem.code, lang, problem.what)
    errors = problem.errors or (FieldError(problem.code, detail, problem.field),)
    return Told(problem.status, title(problem.status, lang), detail, errors, problem.more)


def title(status: int, lang: str) -> str:
    """The short name of a status."""
    return TITLES[status][lang == "en"] if status in TITLES else HTTPStatus(status).phrase


def status_of(refusal: Refusal, addressed: frozenset[str] | None = frozenset()) -> int:
    """The status of one refusal; what is unknown is 404 when the address names it (a field in `addressed`, or none) and 400 when the body does.

    `addressed` is None for an address that names nothing, such as that of a new meeting: nothing of it can be unknown.
    """
    match refusal:
        case NoAuthority():
            return 403
        case Unknown():
            return 404 if addressed is not None and (not refusal.field or refusal.field in addressed) else 400
        case Conflict():
            return 409
        case _:
            return 400


def of_refused(refused: Refused, lang: str, addressed: frozenset[str] | None = frozenset()) -> Problem:
    """A refused command with the sentence of every rule it breaks.

    The status is that of the refusal that has to be answered first: who may not record need not be told what else
    is wrong with the address, and what cannot be found cannot be mended.
    """
    found = {status_of(refusal, addressed) for refusal in refused.refusals}
    status = next(status for status in (403, 404, 400, 409) if status in found)
    errors = tuple(FieldError(r.code, r.sentence(lang), r.field or None) for r in refused.refusals)
    return Problem(status, "refused", errors=errors)


def of_body(refused: BodyRefused, lang: str) -> Problem:
    """A body that says no fact, with everything that is wrong with it."""
    errors = tuple(FieldError(f.code, f.sentence(lang), f.field or None) for f in refused.faults)
    too_large = any(fault.code == "body-too-large" for fault in refused.faults)
    return Problem(413 if too_large else 400, "invalid", errors=errors)


def of_fault(fault: Exception) -> Problem:  # noqa: PLR0911  # one line for each kind of fault
    """Whatever else went wrong; a fault that is nobody's choice is a 500 without a word about its cause."""
    match fault:
        case Problem():
            return fault
        case appending.SameKeyOtherContent():
            return Problem(422, "same-key-other-content", field="Idempotency-Key")
        case appending.VersionConflict():
            return Problem(409, "changed-meanwhile", headers={"Retry-After": "1"})
        case appending.NotStored():
            code = "not-stored" if fault.certain else "outcome-unknown"
            return Problem(503, code, headers={"Retry-After": "2"})
        case NotPublished():
            return Problem(503, "not-published", headers={"Retry-After": "1"})
        case PoolTimeout() | TooManyRequests():
            return Problem(503, "read-unavailable", headers={"Retry-After": "2"})
        case DatabaseError() if _unreachable(fault):
            return Problem(503, "read-unavailable", headers={"Retry-After": "2"})
        case HTTPException():
            return _of_framework(fault)
        case _:
            return Problem(500, "fault")


def _unreachable(fault: DatabaseError) -> bool:
    """Whether the database is away (class 08 and 57, or no answer at all), rather than a statement being wrong."""
    return fault.sqlstate is None or fault.sqlstate[:2] in {"08", "57", "53"}


def _of_framework(fault: HTTPException) -> Problem:
    """Litestar's own exceptions, in our words; their texts name functions and are not for callers."""
    codes = {
        404: "not-found",
        405: "method-not-allowed",
        413: "too-large",
        415: "media-type",
        401: "sign-in",
        403: "forbidden",
    }
    if fault.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Problem(500, "fault")
    status = fault.status_code if fault.status_code in codes else 400
    allow = {name: value for name, value in (fault.headers or {}).items() if name.lower() == "allow"}
    return Problem(status, codes.get(status, "request"), what=str(MAX_BODY // 1024), headers=allow)


def respond(problem: Problem, lang: str) -> Response[bytes]:
    """The answer over HTTP."""
    said = told(problem, lang)
    return Response(
        said.body(),
        status_code=said.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", "Content-Language": lang, **problem.headers},
    )


def handle(request: Request[Any, Any, Any], fault: Exception) -> Response[bytes]:
    """The exception handler of the JSON side: nothing that happens in a request is told in another form."""
    lang = spoken(request.headers.get("Accept-Language"))
    match fault:
        case Refused():
            problem = of_refused(fault, lang)
        case BodyRefused():
            problem = of_body(fault, lang)
        case _:
            problem = of_fault(fault)
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("request_failed", path=request.url.path, method=request.method, exc_info=fault)
    elif problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        log.warning("request_unavailable", path=request.url.path, reason=str(fault))
    return respond(problem, lang)

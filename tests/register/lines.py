"""Writes as they go over HTTP, in the fewest words: the account, the path below the version, and the body with its texts in clear.

`{x}` stands for what the line named x made: a decision or meeting for its id, an entry in a path for `{id}.{seq}`, a mandate for the id
it was given; `{x#seq}` is the number of its entry. Unless a test says otherwise, the decision is `d` and the meeting `m`.
"""

from __future__ import annotations

from typing import Any

import msgspec

Body = dict[str, Any]
ADMIN, CLERK, COLLEAGUE, REGISTRAR, GUEST = "administrator", "clerk", "colleague", "registrar", "guest"


class Line(msgspec.Struct, frozen=True, rename={"as_": "as"}):
    """One write: its name, the account that makes it, the path and the body."""

    name: str
    as_: str
    post: str
    body: Body


def line(post: str, as_: str = CLERK, name: str = "", /, **body: Any) -> Line:  # noqa: ANN401  # any JSON
    """A write; a trailing underscore keeps a field apart from a Python keyword."""
    return Line(name, as_, post, {field.rstrip("_"): value for field, value in body.items()})


def body_(code: str, *, kind: str = "board", seats: str = "assigned", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return line(
        "/bodies",
        ADMIN,
        code,
        code=code,
        name=f"Gremium {code}",
        kind=kind,
        force="course",
        seats=seats,
        from_="2017",
        **more,
    )


def member(code: str, name: str = "Proefgemeente", from_: str = "2017") -> Line:
    return line("/members", ADMIN, code, member=code, name=name, kind="municipality", from_=from_)


def group(code: str, of: str) -> Line:
    return line("/parties", ADMIN, code, code=code, kind="political-group", name={"text": f"Fractie {code}"}, of=of)


AV = {"body": "mra-av"}
OWN = {"as": "own", "layer": "executive"}


def decision(name: str = "d", by: str = CLERK, **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return line(
        "/decisions",
        by,
        name,
        **{"title": "Meerjarenbegroting", "decidedBy": AV, "kind": "decision", "class": "not-stated", **more},
    )


def each_decides(name: str = "d", who: str = "member", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return decision(name, decidedBy={"each": who}, **more)


def on(what: str, as_: str = CLERK, name: str = "", /, *, to: str = "{d}", **body: Any) -> Line:  # noqa: ANN401  # any JSON
    return line(f"/decisions/{to}/{what}", as_, name, **body)


def dossier(name: str = "f", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return line("/dossiers", CLERK, name, **{"kind": "framework", "title": "MRA Agenda 2024-2028", **more})


def of_dossier(what: str, name: str = "", /, *, to: str = "{f}", **body: Any) -> Line:  # noqa: ANN401  # any JSON
    return line(f"/dossiers/{to}/{what}", CLERK, name, **body)


def part(code: str = "p1", n: int = 1) -> Line:
    return on("parts", CLERK, code, part=code, n=n, title="Onderdeel")


def ballot(number: int = 1, **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return on(
        "ballots", **{"ballot": number, "how": "hands", "unit": "member", "names": "all", "on": "2023-03-24", **more}
    )


def votes(*votes: Body, number: int = 1) -> Line:
    return on("votes", ballot=number, votes=list(votes))


def vote(voter: str, choice: str = "for", **more: Any) -> Body:  # noqa: ANN401  # any JSON
    return {"voter": voter, "choice": choice, **more}


def outcome(verb: str = "adopted", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return on("outcome", CLERK, "o", **{"verb": verb, "on": "2023-03-24", **more})


def position(of: str = "gm0363", stance: str = "joins", as_: str = CLERK, **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return on("positions", as_, "p", **{"member": of, "stance": stance, "voice": OWN, "on": "2023-03-24", **more})


def standpoint(*members: str, as_: str = "joint", by: str = CLERK, **more: Any) -> Line:  # noqa: ANN401  # any JSON
    voice = {"as": as_, "layer": "executive", "members": list(members or ("gm0375", "gm0453"))}
    return on(
        "minority-standpoints",
        by,
        "s",
        **{"voice": voice, "text": "Platforms kiezen hun voorzitter.", "on": "2021-05-31", **more},
    )


def correction(of: str, instead: Body | None = None, type_: str = "", as_: str = CLERK) -> Line:
    said: Body = {"instead": {"type": type_, "data": instead}} if instead is not None else {}
    return on(
        "corrections", as_, corrects=f"{{{of}#seq}}", kind="clerical", grounds="Verschrijving in het verslag.", **said
    )


def meeting(body: str = "mra-av") -> Line:
    return line("/meetings", CLERK, "m", body=body, plannedOn="2022-09-16")


def at(what: str, name: str = "", /, **body: Any) -> Line:  # noqa: ANN401  # any JSON
    return line(f"/meetings/{{m}}/{what}", CLERK, name, **body)


def item(number: str = "5", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return at("agenda-items", item=number, title="Meerjarenbegroting", **more)


ABSENT = "11111111-1111-4111-8111-111111111111"
"""The id of nothing."""
OPENED: Body = {
    "id": ABSENT,
    "format": 1,
    "hash": "sha-256",
    "region": {"code": "mra", "name": "MRA"},
    "timeZone": "Europe/Amsterdam",
    "lang": "nl",
    "contact": "Griffie",
    "vocabulary": "A" * 43,
}
"""How a register begins."""
MANDATE = "22222222-2222-4222-8222-222222222222"


def theme(code: str = "wonen", name: str = "Wonen") -> Line:
    return line("/themes", ADMIN, code, code=code, name=name)


def merged(code: str, into: str, until: str) -> Line:
    return line(f"/members/{code}/merger", ADMIN, into=into, until=until)


def departed(code: str, until: str) -> Line:
    return line(f"/members/{code}/departure", ADMIN, until=until)


def seat(holder: str, body: str = "mra-bestuur", from_: str = "2021-12-22", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return line("/seats", ADMIN, "seat", body=body, holder=holder, capacity="own", from_=from_, **more)


def rule(body: str = "mra-bestuur", kind: str = "majority", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return line("/rules", ADMIN, "rule", **{"body": body, "kind": kind, "from": "2021", **more})


def mends(of: str, instead: Body | None = None, type_: str = "") -> Line:
    """A correction in governance."""
    said: Body = {"instead": {"type": type_, "data": instead}} if instead is not None else {}
    return line(
        "/governance/corrections", ADMIN, corrects=f"{{{of}#seq}}", kind="clerical", grounds="Vergissing.", **said
    )


def revision(stance: str, as_: str = CLERK, **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return line("/positions/{p}/revisions", as_, stance=stance, **more)


def withdrawal(as_: str = CLERK, **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return line("/positions/{p}/withdrawal", as_, **more)


def explanation(as_: str = CLERK, **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return line("/positions/{p}/explanation", as_, **{"reason": "Te duur.", **more})


def of_standpoint(what: str, as_: str = CLERK, **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return line(f"/minority-standpoints/{{s}}/{what}", as_, **more)


def weighing(outcome: str = "noted", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return of_standpoint("weighing", **{"outcome": outcome, "by": "mra-bestuur", "reason": "Afgewogen.", **more})


def withdrawn(field: str, of: str = "{d}", seq: int = 1, as_: str = ADMIN, **more: Any) -> Line:  # noqa: ANN401  # any JSON
    """A text of an entry is withdrawn."""
    said = {"of": {"id": of, "seq": seq, "field": field}, "ground": "avg-17", "authority": "mra-av", "on": "2026-11-20"}
    return line("/register/withdrawals", as_, "w", **{**said, **more})

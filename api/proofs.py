"""Proofs to keep: of one entry as a file of its own, and of everything in a decision as one archive that `verify.py` checks."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files as resources
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from psycopg_pool import AsyncConnectionPool

from api.asking import Clock, must_accept
from api.events import OpeningLine
from api.posting import BASE
from api.problems import Problem
from api.recording import matched
from projections.reading import Connection, snapshot
from register.publishing.files import Files
from register.publishing.proving import NotPublished, Prover
from register.store.appending import Opening
from register.store.openings import openings_of
from register.store.reading import Reader, Row
from register.values import UUID_FORM

PROOF = "text/plain"
ARCHIVE = "application/zip"
PATIENCE, AGAIN = 3.0, 0.2
"""Seconds to wait for the publisher, and between two looks."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: the same content is to be the same bytes."""

Pool = AsyncConnectionPool[Connection]
AnyRequest = Request[Any, Any, Any]


def proof_routes(pool: Pool, clock: Clock, directory: Path | None) -> Sequence[HTTPRouteHandler]:
    """Proofs out of the log that is published in a directory; without one, nothing can be proven yet."""

    @get(f"{BASE}/events/{{position:str}}/proof", name="get_entry_proof", include_in_schema=False)
    async def entry(request: AnyRequest) -> Response[bytes]:
        must_accept(request, PROOF)
        clock.asked(request).done()
        position = int(matched("0|[1-9][0-9]{0,15}", request.path_params["position"]))
        async with snapshot(pool) as conn:
            last = (await Reader(conn).head()).size - 1
        if position > last:
            raise Problem(404, "no-position", what=str(last))
        raw = await _published(lambda: _prover(directory).proof(position).raw)
        return _kept(raw, PROOF, f"{position}.tlog-proof", last)

    @get(f"{BASE}/decisions/{{id:str}}/proof", name="get_decision_proof", include_in_schema=False)
    async def decision(request: AnyRequest) -> Response[bytes]:
        must_accept(request, ARCHIVE)
        clock.asked(request).done()
        id_ = matched(UUID_FORM, request.path_params["id"])
        async with snapshot(pool) as conn:
            rows = await Reader(conn).stream(UUID(id_))
            if not rows or rows[0].kind != "decision":
                raise Problem(404, "no-decision")
            told, last = await openings_of(conn, [UUID(id_)]), (await Reader(conn).head()).size - 1
        raw = await _published(lambda: archive(directory, rows, told))
        return _kept(raw, ARCHIVE, f"{id_}.zip", last)

    return [entry, decision]


async def _published(make: Callable[[], bytes]) -> bytes:
    """What is made as soon as it is published, which comes about a second after it was recorded; NotPublished when it does not."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            return await asyncio.to_thread(make)
        except NotPublished:
            if monotonic() > deadline:
                raise
        await asyncio.sleep(AGAIN)


def _prover(directory: Path | None) -> Prover:
    if directory is None:
        raise NotPublished
    return Prover.newest(Files(directory))


def archive(directory: Path | None, rows: Sequence[Row], told: Sequence[Opening]) -> bytes:
    """Every entry with its proof, the texts that are not withheld, and what is needed to check them."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _contents(_prover(directory), rows, told):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


def _contents(prover: Prover, rows: Sequence[Row], told: Sequence[Opening]) -> Iterator[tuple[str, bytes]]:
    for row in rows:
        yield f"{row.position}.json", row.entry
        yield f"{row.position}.tlog-proof", prover.proof(row.position).raw
    lines = (OpeningLine(each.disclosure, each.field, each.seq) for each in told)
    yield "openings.jsonl", b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    yield "checkpoint", prover.checkpoint
    yield "policy", prover.files.read("policy") or b""
    yield "verify.py", resources("register").joinpath("verify.py").read_bytes()


def _kept(raw: bytes, media_type: str, name: str, last: int) -> Response[bytes]:
    """An answer that is saved as a file."""
    headers = {"Log-Position": str(last), "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(raw, media_type=media_type, headers=headers)

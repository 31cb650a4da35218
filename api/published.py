"""The published log over HTTP: the files as they lie there, which any server of files could serve as well."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from api.problems import Problem
from register.publishing.files import Files

NAME = re.compile(
    r"checkpoint|policy|verify[.]py|checkpoints/[1-9][0-9]{0,17}(?:[.][1-9][0-9]{0,5}[.]tsr)?"
    r"|tile/(?:entries|[0-7])/(?:x[0-9]{3}/)*[0-9]{3}(?:[.]p/[1-9][0-9]{0,2})?"
)
TEXT = "text/plain"
STAMP = "application/timestamp-reply"
FOR_EVER = "public, max-age=31536000, immutable"
KEPT = {"checkpoint": "public, max-age=1", "policy": "public, max-age=3600", "verify.py": "public, max-age=3600"}


def log_routes(directory: Path) -> Sequence[HTTPRouteHandler]:
    """`/log/…`: what is not a name of a log is not there, whatever lies in the directory."""
    files = Files(directory)

    @get("/log/{name:path}", name="log_file", include_in_schema=False)
    async def file(request: Request[Any, Any, Any]) -> Response[bytes]:
        name = str(request.path_params["name"]).removeprefix("/")
        raw = await asyncio.to_thread(files.read, name) if NAME.fullmatch(name) else None
        if raw is None:
            raise Problem(404, "not-found")
        media_type = (
            "application/octet-stream" if name.startswith("tile/") else STAMP if name.endswith(".tsr") else TEXT
        )
        headers = {"Cache-Control": KEPT.get(name, FOR_EVER), "Access-Control-Allow-Origin": "*"}
        return Response(raw, media_type=media_type, headers=headers)

    return [file]

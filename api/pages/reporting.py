"""The pages of a report: of a member, a body, the region; and the same facts as a table to take away."""

from __future__ import annotations

import csv
import io
from typing import Any

from litestar import Response

from api.accountability.row import Item, Report
from api.accountability.subject import Subject, body_of, member_of, region_of
from api.exchange.cells import Value, cell, listed
from api.pages import report
from api.pages.reading import Page
from api.pages.site import Asking, frame_of, shown
from api.problems import Problem
from api.recording import matched
from register.values import CODE

COLUMNS = (
    "section", "fact", "what", "decision_id", "title", "on", "by", "members", "spoken_for", "part", "n", "text", "reason_missing",
    "done", "done_reasons", "entry",
)  # fmt: skip
"""What stands in the table, in the words of the interface."""


async def _of_member(asking: Asking) -> Subject:
    code = matched(CODE, str(asking.request.path_params["code"]))
    found = await member_of(asking.conn, code, asking.at)
    if found is None:
        raise Problem(404, "no-member", what=code)
    return found


async def _of_body(asking: Asking) -> Subject:
    code = matched(CODE, str(asking.request.path_params["code"]))
    found = await body_of(asking.conn, code, asking.at)
    if found is None:
        raise Problem(404, "no-body", what=code)
    return found


async def _of_region(asking: Asking) -> Subject:
    return await region_of(asking.conn, asking.at)


def _page(of: Any, here: str) -> Page:  # noqa: ANN401  # one of the three above
    async def show(asking: Asking) -> Response[Any]:
        subject: Subject = await of(asking)
        asked = report.asked(asking.query, frame_of(asking, here))
        frame = frame_of(asking, here, asked.kept)
        found, names = await report.load(asking.conn, subject, asked.period, asking.at)
        return shown("report.html", report.page(found, names, subject, asked, frame), frame)

    return show


def _table(of: Any, here: str) -> Page:  # noqa: ANN401  # as above
    async def send(asking: Asking) -> Response[Any]:
        subject: Subject = await of(asking)
        asked = report.asked(asking.query, frame_of(asking, here))
        found, _ = await report.load(asking.conn, subject, asked.period, asking.at)
        name = f"{subject.code or 'regio'}-{found.first}-{found.last}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Log-Position": str(asking.position)}
        return Response(table(found), media_type="text/csv", headers=headers)

    return send


def table(found: Report) -> bytes:
    """Every fact of a report on a line of its own: RFC 4180 in UTF-8, no cell of which a spreadsheet runs."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for section in found.sections:
        for item in section.items:
            writer.writerow([cell(value) for value in (section.kind, *_cells(item))])
    return text.getvalue().encode()


def _cells(item: Item) -> tuple[Value, ...]:
    return (
        item.fact,
        item.what,
        item.decision,
        item.title,
        item.on,
        item.by,
        listed(item.members),
        listed(item.spoken_for),
        item.part,
        item.n,
        item.text,
        item.reason_missing,
        listed(each.what for each in item.done),
        listed(str(each.reason or "") for each in item.done),
        item.position,
    )


REPORTING: dict[str, Page] = {
    "/leden/{code:str}/verantwoording": _page(_of_member, "leden"),
    "/gremia/{code:str}/verantwoording": _page(_of_body, "vergaderingen"),
    "/verantwoording": _page(_of_region, ""),
    "/leden/{code:str}/verantwoording/tabel": _table(_of_member, "leden"),
    "/gremia/{code:str}/verantwoording/tabel": _table(_of_body, "vergaderingen"),
    "/verantwoording/tabel": _table(_of_region, ""),
}

"""Records what a test tells over HTTP, fact by fact, with the address of each."""

from __future__ import annotations

from typing import Any

from tests.api.edge import Edge

CLERK = "redactie"


def propose(edge: Edge, title: str, **said: Any) -> str:  # noqa: ANN401  # fields of the fact
    """A decision of one's own; each member decides unless it is said who does."""
    given = {"decidedBy": {"each": "member"}, "kind": "decision", "class": "not-stated", **said}
    return str(edge.record(CLERK, "/decisions", {"title": title, **given})["events"][0]["id"])


def tell(edge: Edge, where: str, *, account: str = CLERK, **said: Any) -> str:  # noqa: ANN401  # fields of the fact
    """Record a fact, and give the address of its entry."""
    event = edge.record(account, where, said)["events"][-1]
    return f"{event['id']}.{event['seq']}"


def seq(address: str) -> int:
    """The number of an entry within its stream."""
    return int(address.rpartition(".")[2])


def cells(edge: Edge, decision: str, member: str, **query: str) -> dict[str, str]:
    """What the matrix says of a member on each part of a decision."""
    matrix = edge.read("/course", decision=decision, **query)
    return {
        column.get("part", ""): cell["kind"]
        for group in matrix["groups"]
        for row in group["rows"]
        if row["member"] == member
        for column, cell in zip(matrix["columns"], row["cells"], strict=True)
    }

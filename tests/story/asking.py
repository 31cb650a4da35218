"""Questions that the tests of the story ask over HTTP, by the name that a line of the history has."""

from __future__ import annotations

from typing import Any

from tests.api.edge import Edge


def fact(edge: Edge, name: str, *below: str) -> Any:  # noqa: ANN401  # any JSON
    """What the register says of the decision that a line of the history made."""
    return edge.read("/".join((f"/decisions/{edge.made[name]}", *below)))


def events(edge: Edge, name: str) -> list[dict[str, Any]]:
    """What happened to a decision, in order."""
    return [step["event"] for step in fact(edge, name, "events")["items"]]


def groups(edge: Edge, name: str) -> dict[str, set[str]]:
    """Which groups made each choice in the ballots of a decision, by the names that their council gives them."""
    parties = edge.read("/parties", pageSize=200)["items"]
    called = {each["code"]: each["name"]["text"] for each in parties if isinstance(each["name"], dict)}
    found: dict[str, set[str]] = {}
    for ballot in fact(edge, name, "votes")["items"]:
        for vote in ballot.get("votes", ()):
            found.setdefault(vote["choice"], set()).add(called[vote["voter"]])
    return found


def about(answer: dict[str, Any]) -> set[str]:
    """The decisions that a decision says it is about."""
    return {each["id"] for each in answer["links"] if each["link"]["rel"] == "about" and not each.get("backwards")}


def cells(edge: Edge, member: str) -> list[dict[str, Any]]:
    """Every cell of a member's row in the matrix, with its decision and part."""
    matrix = edge.read("/course")
    return [
        {**cell, "decision": column["decision"], "part": column.get("part")}
        for group in matrix["groups"]
        for row in group["rows"]
        if row["member"] == member
        for column, cell in zip(matrix["columns"], row["cells"], strict=True)
    ]

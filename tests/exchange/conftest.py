"""A register with the shipped history and a few facts more, and what it exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.edge import Edge, running_edge
from tests.databases import fresh_register
from tests.exchange.exports import export_of
from tests.exchange.reading import Export

FORMULA = '=HYPERLINK("https://example.org";"klik")'
SEAT = {"body": "mra-proef", "holder": "gm0363", "capacity": "namens", "subregion": "amsterdam", "from": "2025-02"}
PLATFORM = {
    "code": "mra-proef", "name": "Proefplatform", "kind": "platform", "force": "course", "seats": "assigned",
    "from": "2025-01",
}  # fmt: skip
PROPOSED = {
    "title": FORMULA, "question": 'Eerste regel\ntweede; regel, met "tekens"', "decidedBy": {"body": "pv27-ps"},
    "kind": "motion", "class": "not-stated", "on": "2025-03-03", "number": "M1-2025",
    "links": [{"rel": "about", "at": "https://example.org/a;b"}],
}  # fmt: skip
BALLOT = {
    "ballot": 1, "on": "2025-03-03", "how": "hands", "unit": "group", "names": "all",
    "stated": {"for": 20, "against": 30, "blank": 1},
}  # fmt: skip
VOTES = {
    "ballot": 1,
    "votes": [
        {"voter": "pv27-ps-g1", "choice": "for", "reason": "- omdat het kan"},
        {"voter": "pv27-ps-g2", "choice": "divided", "split": {"for": 2, "against": 3}},
    ],
}
STANDPOINT = {
    "voice": {"as": "own", "layer": "executive", "members": ["gm0363"]}, "text": "Anders.", "on": "2025-03-03",
}  # fmt: skip
NAMENS = {
    "stance": "departs", "voice": {"as": "namens", "layer": "executive", "members": ["gm0375", "gm0396"]},
    "reason": "Samen anders.", "on": "2025-03-04",
}  # fmt: skip
WEIGHED = {"outcome": "noted", "by": "mra-av", "reason": "Gehoord.", "on": "2025-03-05"}


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the register keeps its logins."""
    return tmp_path_factory.mktemp("exchange")


@pytest.fixture(scope="session")
def edge(server: str, data_dir: Path) -> Iterator[Edge]:
    with fresh_register(server, data_dir) as logins, running_edge(logins, data_dir) as edge:
        yield edge


@pytest.fixture(scope="session")
def proposed(edge: Edge) -> str:
    """A decision with what the history has none of: a formula, a group that was divided, a position namens others, a weighing, and a seat."""
    edge.record("beheer", "/bodies", PLATFORM)
    edge.record("beheer", "/seats", SEAT)
    id_ = _id(edge.record("redactie", "/decisions", PROPOSED))
    edge.record("redactie", f"/decisions/{id_}/ballots", BALLOT)
    edge.record("redactie", f"/decisions/{id_}/votes", VOTES)
    edge.record("redactie", f"/decisions/{id_}/outcome", {"verb": "rejected", "on": "2025-03-03", "ballot": 1})
    edge.record("redactie", f"/decisions/{id_}/positions", NAMENS)
    said = edge.record("redactie", f"/decisions/{id_}/minority-standpoints", STANDPOINT)
    seq = next(each["seq"] for each in said["events"] if each["type"] == "minority-standpoint.recorded")
    edge.record("redactie", f"/minority-standpoints/{id_}.{seq}/weighing", WEIGHED)
    return id_


def _id(answer: Any) -> str:  # noqa: ANN401  # any JSON
    return str(answer["events"][0]["id"])


@pytest.fixture(scope="session")
def told(edge: Edge, proposed: str, tmp_path_factory: pytest.TempPathFactory) -> Export:
    """Everything, exported once."""
    assert proposed
    return export_of(edge, tmp_path_factory.mktemp("exported") / "new" / "place")

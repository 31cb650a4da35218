"""Every refusal of the rules, as somebody meets it over HTTP: a problem with its sentence, and nothing is stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.history import History
from tests.api.edge import Edge, running_edge
from tests.databases import fresh_register
from tests.register.example import Example
from tests.register.lines import Line
from tests.register.refusal_examples import EXAMPLES
from tests.register.region import ACCOUNTS, REGION

NAMED = re.compile(r"\{([a-z0-9-]+)(#seq)?\}")
CHARTER = {
    "region": {"code": "mra", "name": "Proefregio"},
    "timeZone": "Europe/Amsterdam",
    "lang": "nl",
    "contact": "Secretaris",
}
REACHED = [example for example in EXAMPLES if not example.schema]


@pytest.fixture(scope="module")
def small(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    """A register of the small region of the examples, with their accounts."""
    folder, data_dir = tmp_path_factory.mktemp("histories"), tmp_path_factory.mktemp("small")
    (folder / "small").mkdir()
    (folder / "small" / "charter.json").write_text(json.dumps(CHARTER), encoding="utf-8")
    (folder / "small" / "accounts.json").write_text(json.dumps(ACCOUNTS), encoding="utf-8")
    lines = [
        {"name": line.name or f"region-{index}", "as": line.as_, "post": line.post, "body": line.body}
        for index, line in enumerate(REGION)
    ]
    (folder / "small" / "01.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with (
        fresh_register(server, data_dir) as logins,
        running_edge(logins, data_dir, History("small", folder)) as running,
    ):
        yield running


class Teller:
    """Sends lines over HTTP and remembers what each named one made."""

    def __init__(self, edge: Edge) -> None:
        """Lines go to `edge`."""
        self.edge = edge
        self.made: dict[str, dict[str, Any]] = {"nowhere": {"id": str(uuid4()), "seq": 1}}

    def send(self, line: Line) -> httpx.Response:
        """Send a line as its account; what it makes is remembered under its name."""
        answer = self.edge.post(line.as_, self._path(line.post), self._filled(line.body))
        if answer.status_code == 201 and line.name:
            self.made[line.name] = self._named(line, answer.json()["events"][-1])
        return answer

    def _named(self, line: Line, event: dict[str, Any]) -> dict[str, Any]:
        """A mandate is called by the id that it was given, everything else by its stream."""
        if line.post != "/mandates":
            return event
        entry = self.edge.read(f"/events/{event['position']}/entry")
        return {**event, "id": entry["data"]["mandate"], "alone": True}

    def _path(self, path: str) -> str:
        def address(found: re.Match[str]) -> str:
            made = self.made[found[1]]
            if found[2]:
                return str(made["seq"])
            opens = made.get("type") in {"decision.proposed", "meeting.planned", "dossier.opened"} or made.get("alone")
            return str(made["id"]) if opens or "type" not in made else f"{made['id']}.{made['seq']}"

        return NAMED.sub(address, path)

    def _filled(self, value: Any) -> Any:  # noqa: ANN401  # any JSON
        if isinstance(value, dict):
            return {name: self._filled(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._filled(inner) for inner in value]
        if not isinstance(value, str):
            return value
        whole = NAMED.fullmatch(value)
        if whole is not None and whole[2]:
            return self.made[whole[1]]["seq"]
        return NAMED.sub(lambda found: str(self.made[found[1]]["id"]), value)


@pytest.mark.parametrize("example", REACHED, ids=lambda example: example.code)
def test_a_refusal_is_a_problem_with_its_sentence_and_nothing_is_stored(small: Edge, example: Example) -> None:
    teller = Teller(small)
    for given in example.given:
        answer = teller.send(given)
        assert answer.status_code == 201, answer.text
    size = small.size()
    for lang in ("nl", "en"):
        small.client.headers["Accept-Language"] = lang
        answer = teller.send(example.asked)
        assert 400 <= answer.status_code < 500, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code
        told = {error["code"]: error["message"] for error in answer.json()["errors"]}
        assert example.code in told, told
        assert "{" not in told[example.code]
    assert small.size() == size

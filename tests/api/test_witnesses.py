"""A running register tells which witnesses signed: on health, on the page in both languages, and to whoever checks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx
import pytest

from register import verify
from register.publishing.keys import make_keys
from register.publishing.witnesses import Witnesses
from tests.api.edge import Edge, running_edge
from tests.databases import fresh_register
from tests.publishing.witnessing import OurWitness, always, policy, served


@pytest.fixture(scope="module")
def witnessed(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    """A register of which one witness signs, and another does not know it."""
    data_dir = tmp_path_factory.mktemp("witnessed")
    keys = lambda: make_keys(data_dir / "keys", "127.0.0.1/mra/log").current  # noqa: E731  # asked anew each time
    archive, press = OurWitness("archive", keys), OurWitness("press", keys)
    press.behave = always(404)
    with served(archive, press), fresh_register(server, data_dir) as logins:
        asked = Witnesses(policy(2, archive, press))
        with running_edge(logins, data_dir, witnesses=asked) as running:
            yield running


def checks(edge: Edge) -> Any:  # noqa: ANN401  # any JSON
    return httpx.get(f"{edge.url}/health/ready").json()["checks"]


@pytest.fixture
def caught_up(witnessed: Edge) -> Edge:
    """Everything is published."""
    deadline = monotonic() + 30
    while (found := checks(witnessed)).get("published") != found["log"] + 1:
        assert monotonic() < deadline, found
        sleep(0.05)
    return witnessed


def test_health_says_who_signed_when_and_why_another_did_not(caught_up: Edge) -> None:
    found = checks(caught_up)
    archive, press = found["witnesses"]
    assert (archive["name"], press["name"]) == ("archive", "press")
    assert archive["cosignedAt"] > "2026"
    assert "notBecause" not in archive
    assert "does not know this log" in press["notBecause"]
    assert found["belowQuorum"] is True


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/verificatie", ("Te weinig getuigen tekenden het laatste controlepunt mee.", "kent dit logboek niet")),
        ("/en/verificatie", ("Too few witnesses signed the last checkpoint.", "does not know this log")),
    ],
)
def test_the_page_says_so_in_both_languages(caught_up: Edge, path: str, parts: tuple[str, str]) -> None:
    page = httpx.get(caught_up.url + path).text
    assert all(part in page for part in parts)
    assert page.count('<th scope="row">archive</th>') == 1


def test_whoever_checks_with_the_published_policy_finds_it_below_the_quorum_and_nothing_else(
    caught_up: Edge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = tmp_path / "policy"
    wanted.write_text(httpx.get(f"{caught_up.url}/log/policy").text)
    assert verify.main([f"{caught_up.url}/log", "--policy", str(wanted)]) == 1
    told = capsys.readouterr().out
    assert told.count("WRONG") == 1
    assert "below the quorum enough of the policy: of its witnesses only archive signed" in told
    wanted.write_text(wanted.read_text().replace("group enough 2 ", "group enough 1 "))
    assert verify.main([f"{caught_up.url}/log", "--policy", str(wanted)]) == 0
    assert "cosigned by archive (" in capsys.readouterr().out

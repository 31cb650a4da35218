"""What a running register tells of its time stamps: the file, the page, those on call, machines, and who verifies."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from api.checking.stamps import stamps
from api.history import History
from register.publishing.timestamps import Authorities
from register.verify import Files, Log
from tests.api.edge import Edge, running_edge
from tests.api.test_published import caught_up, checks
from tests.databases import fresh_register
from tests.publishing.test_publisher import until
from tests.stamping.authority import Authority, Listening, listening, needs_openssl, verified

pytestmark = needs_openssl


@pytest.fixture(scope="module")
def stamped(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Edge, Listening]]:
    """A register with two authorities, of which one does not give what is asked."""
    where = tmp_path_factory.mktemp("stamped")
    with (
        fresh_register(server, where / "register") as logins,
        listening(Authority(where / "tsa")) as told,
        listening(Authority(where / "silent")) as silent,
    ):
        silent.status = 503
        by = Authorities.read((told.url, silent.url), told.authority.root)
        with running_edge(logins, where / "register", History("gmr"), by) as edge:
            caught_up(edge)
            log, asked = edge.home.publisher.home.log, edge.home.publisher.stamping
            asyncio.run(until(lambda: bool(list(log.glob("checkpoints/*.tsr"))) and bool(asked.reasons), 20))
            yield edge, told


def published(edge: Edge) -> Path:
    return edge.home.publisher.home.log


def test_the_page_tells_who_stamped_what_and_the_commands_on_it_do_what_they_say(
    stamped: tuple[Edge, Listening], tmp_path: Path
) -> None:
    edge, told = stamped
    page = httpx.get(f"{edge.url}/verificatie").text
    assert "Tijdstempels" in page
    assert "gaf de laatste keer geen tijdstempel" in page
    assert "gaf een antwoord waar het register niets mee kan" in page
    english = httpx.get(f"{edge.url}/en/verificatie").text
    assert "Time stamps" in english
    commands = re.findall(r"(?m)^ *(?:<pre[^>]*>)?((?:curl -O \S+/checkpoints/\S+|openssl ts .*?))(?:</pre>)?$", page)
    assert len(commands) == 3
    (tmp_path / "basiscertificaat.pem").write_bytes(told.authority.root.read_bytes())
    for command in commands[:2]:
        url = command.split()[-1]
        (tmp_path / url.rpartition("/")[2]).write_bytes(httpx.get(url).content)
    done = subprocess.run(commands[2].split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_the_file_is_served_for_ever_and_is_what_anybody_can_check(stamped: tuple[Edge, Listening]) -> None:
    edge, told = stamped
    name = next(iter(sorted(path.name for path in published(edge).glob("checkpoints/*.tsr"))))
    answer = httpx.get(f"{edge.url}/log/checkpoints/{name}")
    assert answer.headers["content-type"] == "application/timestamp-reply"
    assert "immutable" in answer.headers["cache-control"]
    path = published(edge) / "checkpoints" / name
    assert answer.content == path.read_bytes()
    assert verified(path.with_name(name.partition(".")[0]), path, told.authority.root)[0]
    for missing in ("1.0.tsr", "1.99.tsr", "1.tsr", "0.1.tsr"):
        assert httpx.get(f"{edge.url}/log/checkpoints/{missing}").status_code == 404


def test_people_on_call_and_machines_are_told(stamped: tuple[Edge, Listening]) -> None:
    edge, _ = stamped
    found = checks(edge)
    assert 0 <= found["stampedSecondsAgo"] < 600
    ((name, reason),) = found["notStampedBecause"].items()
    assert (name.endswith("/stamp"), reason) == (True, "it answered with status 503")
    assert "notPublishedBecause" not in found
    assert httpx.get(f"{edge.url}/health/ready").status_code == 200


def test_whoever_verifies_is_told_of_every_row_that_was_changed(stamped: tuple[Edge, Listening]) -> None:
    edge, _ = stamped
    caught_up(edge)
    log = Log(Files(published(edge)), [])
    assert log.run().findings == []
    assert log.report.stamps >= 1
    changes = {
        "SELECT 1": "",
        "UPDATE log.stamps SET at = at + interval '1 second'": "column at",
        "UPDATE log.stamps SET request = set_byte(request, 60, get_byte(request, 60) # 1)": "column request",
        "UPDATE log.stamps SET response = set_byte(response, 60, get_byte(response, 60) # 1)": "column response",
        "UPDATE log.stamps SET number = 9": "holds another time stamp than",
        "DELETE FROM log.stamps": "has no row of checkpoints/",
    }
    for change, said in changes.items():
        with psycopg.connect(edge.logins.owner) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(change.encode())
            found = [str(each) for each in stamps(connection, log)]
            connection.rollback()
        assert all(said in each for each in found[:1]) if said else found == []
        assert bool(found) == bool(said), change

"""Somebody outside, without the database, asks a register and the replay of what it published the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.checking.answering import Answer, Sample, answered, differs
from api.checking.elsewhere import Elsewhere, Spooled, Unreachable, register_at
from api.checking.own import Means, Whose, files
from api.checking.replaying import Replays
from tests.checking.conftest import Kept, told


def test_a_register_answers_what_its_published_entries_make(kept: Kept) -> None:
    result = kept.verify(f"{kept.edge.url}/log", *kept.log_keys(), "--sample", "60", "--rules")
    (checked,) = told(result)
    assert (result.exit_code, checked["wrong"], checked["asked"]) == (0, 0, 60)
    assert checked["replayed"] == checked["entries"] > 500
    assert checked["texts"] > 900
    assert checked["decided"] > 500


def test_the_answer_for_a_program_is_json_and_nothing_else(kept: Kept) -> None:
    """A process of its own: the one of the tests has logs that are quiet."""
    command = [
        sys.executable,
        "-m",
        "api",
        "verify",
        f"{kept.edge.url}/log",
        *kept.log_keys(),
        "--sample",
        "5",
        "--json",
    ]
    environment = {**os.environ, "REGISTER_DATABASE_URL": kept.logins.owner}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    (checked,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, checked["wrong"], checked["asked"], done.stderr) == (0, 0, 5, "")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"position": "1", "items": []}',
        b'{"position": 1e400, "items": []}',
        b"[" * 100_000,
        b'{"items": [{}]}',
    ],
)
def test_a_register_that_tells_no_feed_is_named_in_one_sentence(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Elsewhere, "ask", lambda _self, _address: Answer(200, 0, body))
    for asked in (Elsewhere("http://there").size, lambda: Elsewhere("http://there").beyond(3)):
        with pytest.raises(Unreachable, match="not as a register does"):
            asked()


def test_entries_that_do_not_follow_are_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = b'{"position": 9, "items": [{"position": 3}, {"position": 3}]}'
    monkeypatch.setattr(Elsewhere, "ask", lambda _self, _address: Answer(200, 0, feed))
    with pytest.raises(Unreachable, match="other entries after 2"):
        Elsewhere("http://there").beyond(3)


def test_an_answer_that_the_entries_do_not_make_is_named_by_address_and_field(
    kept: Kept, server: str, tmp_path: Path
) -> None:
    there, lied = Elsewhere(kept.edge.url), list[str]()

    def lying(address: str) -> Answer:
        answer = there.ask(address)
        if lied or "/members/" not in address or answer.status != 200:
            return answer
        lied.append(address)
        return Answer(answer.status, answer.position, json.dumps(json.loads(answer.body) | {"name": "Elders"}).encode())

    keys = [key.removeprefix("--key=") for key in kept.log_keys()]
    quiet = lambda _what, _done, _total: None  # noqa: E731  # nobody looks
    looked = files(Whose(f"{kept.edge.url}/log", keys, []), quiet, fetched=lambda url: Spooled(url, tmp_path))
    with Replays(server) as replays:
        means = Means(secret=None, replays=replays, tell=quiet)
        register_at(looked, there, tmp_path, means, Sample(5))
        assert looked.wrong == []
        assert looked.replayed is not None
        wrong, _ = answered(looked.replayed, lying, Sample(400), lambda _done, _total: None)
    assert [each.where for each in wrong] == lied
    assert 'says "Elders" in name where the entries make' in wrong[0].reason


def test_a_text_that_is_gone_without_an_entry_that_withdraws_it_is_named(kept: Kept) -> None:
    place = kept.one("SELECT stream || ' ' || seq || ' ' || field FROM log.openings ORDER BY 1 LIMIT 1")
    stream, seq, field = place.split(" ")
    this = f"stream = '{stream}' AND seq = {seq} AND field = '{field}'"
    with (
        kept.changed(f"CREATE TABLE public.gone AS SELECT * FROM log.openings WHERE {this}", "DROP TABLE public.gone"),
        kept.changed(f"DELETE FROM log.openings WHERE {this}", "INSERT INTO log.openings SELECT * FROM public.gone"),
    ):
        outside = told(kept.verify(f"{kept.edge.url}/log", *kept.log_keys()))
        inside = told(kept.verify())
    for found in (outside[0], inside[0]):
        assert found["key"] == f"stream {stream}, seq {seq}, field {field}"
        assert found["reason"] == "is missing, and no entry withdraws it"
    assert "texts" in outside[-1]["notReplayed"]
    assert outside[-1]["replayed"] == inside[-1]["replayed"] == 0


def test_a_policy_that_was_kept_names_the_keys(kept: Kept, tmp_path: Path) -> None:
    log, policy = str(kept.data_dir / "log"), tmp_path / "policy"
    policy.write_bytes((kept.data_dir / "log" / "policy").read_bytes())
    (checked,) = told(kept.verify(log, "--policy", str(policy)))
    assert (checked["wrong"], len(checked["signedBy"])) == (0, 2)
    policy.write_text("witness nobody\n")
    result = kept.verify(log, "--policy", str(policy))
    assert (result.exit_code, result.stderr) == (1, "register: line 1 of the policy cannot be read\n")


def test_without_a_register_only_the_files_are_looked_at_and_that_is_said(kept: Kept) -> None:
    (checked,) = told(kept.verify(str(kept.data_dir / "log"), *kept.log_keys()))
    assert (checked["wrong"], checked["replayed"]) == (0, 0)
    assert checked["notReplayed"].startswith("no register of this log is known; name it with --api")
    result = kept.verify(str(kept.data_dir / "log"), *kept.log_keys(), "--api", "http://127.0.0.1:9")
    assert result.exit_code == 1
    assert "does not answer" in result.stderr
    assert kept.verify("--api", "ftp://x").exit_code == 2


@pytest.mark.parametrize(
    ("said", "should", "place"),
    [
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}, "says 2 in a.1.b where the entries make 3"),
        ({"a": 1}, {}, "says 1 in a where the entries make null"),
        ([1], [1, 2], "says [1] in the whole where the entries make [1, 2]"),
        ({"a": 1}, {"a": 1}, None),
    ],
)
def test_the_first_field_that_differs_is_named(said: object, should: object, place: str | None) -> None:
    assert differs(said, should) == place

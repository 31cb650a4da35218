"""A witness that others wrote, aics-witness, signs what we publish and refuses what it should: 200, 409, 422, 403 and 404, each over HTTP.

It wants Python 3.12; `make .tools/outside/.installed` puts it beside the checkout where there is one.
"""

from __future__ import annotations

import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from tlog_scales.signing import Vkey, VkeySet
from tlog_scales.tlog import Checkpoint as TheirCheckpoint

from register.publishing import witnesses as module
from register.publishing.asking import post
from register.publishing.keys import finish, make_keys, rotate
from register.publishing.refusing import PublishingRefused
from register.publishing.witnesses import Witnesses
from register.store.roles import Logins
from register.tlog.notes import ED25519, Key
from register.tlog.policies import Policy, Witness
from register.verify import Files as Looked
from register.verify import Log, policy_of
from tests.faults.losing import forgotten
from tests.publishing.recorded import ORIGIN, publication, record
from tests.tlog.published import Texts

PROGRAM = Path(__file__).parents[2] / ".tools" / "outside" / "bin" / "aics-witness"
pytestmark = pytest.mark.skipif(
    not PROGRAM.exists(),
    reason="aics-witness is not installed; with Python 3.12 at hand `make .tools/outside/.installed` does",
)
TEXTS = Texts(300)
NAME = "witness.example.org/w1"


class Theirs:
    """Their program on a port of this machine, with a configuration of its own."""

    def __init__(self, where: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.config = ["--config", str(where / "witness.json")]
        where.mkdir()
        told = self.run("init", "--name", NAME, "--listen", f"127.0.0.1:{self.port}")
        (vkey,) = re.findall(re.escape(NAME) + r"\+[0-9a-f]{8}\+\S+", told)[:1]
        self.witness = Witness("theirs", Key.read(vkey), f"http://127.0.0.1:{self.port}")

    def run(self, *what: str) -> str:
        done = subprocess.run(
            [PROGRAM, what[0], *self.config, *what[1:]], capture_output=True, text=True, check=False, timeout=30
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def knows(self, data_dir: Path) -> None:
        """Its operator adds the log with the Ed25519 keys that sign now."""
        for key in make_keys(data_dir / "keys", ORIGIN).current:
            if key.type == ED25519:
                self.run("add-log", "--origin", ORIGIN, "--vkey", key.vkey)

    @property
    def policy(self) -> Policy:
        return Policy((self.witness,), (), "theirs")


@pytest.fixture
def theirs(tmp_path: Path) -> Theirs:
    return Theirs(tmp_path / "witness")


@pytest.fixture
def statuses(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What it answered, as the client saw it."""
    seen: list[int] = []

    async def seeing(*question: object) -> object:
        answer = await post(*question)  # type: ignore[arg-type]  # passed on as it came
        seen.append(answer.status)
        return answer

    monkeypatch.setattr(module, "post", seeing)
    return seen


@pytest.fixture
def serving(theirs: Theirs, tmp_path: Path) -> Iterator[Theirs]:
    """It knows the log, and listens."""
    theirs.knows(tmp_path)
    yield from _served(theirs)


@pytest.fixture
def strange(theirs: Theirs) -> Iterator[Theirs]:
    """It listens, and was never told of the log."""
    yield from _served(theirs)


def _served(theirs: Theirs) -> Iterator[Theirs]:
    with subprocess.Popen(
        [PROGRAM, "serve", *theirs.config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait(theirs.port)
            yield theirs
        finally:
            process.terminate()
            process.wait(10)


def _wait(port: int) -> None:
    deadline = monotonic() + 20
    while True:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert monotonic() < deadline, "it does not listen"
        sleep(0.05)


async def publish(logins: Logins, where: Path, policy: Policy) -> str:
    """One run of a process that starts anew; why the witness did not sign."""
    asked = Witnesses(policy, deadline=10)
    async with asked, publication(logins, where, witnesses=asked) as ours:
        await ours.resume()
        while await ours.step():
            pass
    return asked.reason("theirs")


def looked(where: Path, policy: Policy) -> Log:
    """What the verifier says of the files, which are to have the quorum."""
    keys = make_keys(where / "keys", ORIGIN)
    must, former = [key.vkey for key in keys.current], [key.vkey for key in keys.former]
    log = Log(Looked(where / "log"), must, known=former, policy=policy_of(policy.text.encode()))
    log.run()
    return log


async def test_it_accepts_each_checkpoint_and_others_take_its_signature(
    logins: Logins, tmp_path: Path, serving: Theirs, statuses: list[int]
) -> None:
    for first, end in ((0, 1), (1, 256), (256, 300)):
        await record(logins, TEXTS, first, end)
        assert await publish(logins, tmp_path, serving.policy) == ""
        assert looked(tmp_path, serving.policy).report.findings == []
    assert set(statuses) == {200}
    checkpoint = TheirCheckpoint.from_text((tmp_path / "log" / "checkpoint").read_text())
    valid = VkeySet(Vkey.from_string(serving.witness.key.vkey)).verify(checkpoint.signatures, checkpoint)
    assert [(vkey.name, vkey.sig_type) for vkey, _ in valid] == [(NAME, 4)]


async def test_it_accepts_what_grew_without_it_after_it_says_its_size(
    logins: Logins, tmp_path: Path, serving: Theirs, statuses: list[int]
) -> None:
    """409 with a size, and the same question again from there."""
    await record(logins, TEXTS, 0, 5)
    await publish(logins, tmp_path, serving.policy)
    await record(logins, TEXTS, 5, 280)
    await publish(logins, tmp_path, Policy())
    statuses.clear()
    await record(logins, TEXTS, 280, 300)
    assert await publish(logins, tmp_path, serving.policy) == ""
    assert statuses[:2] == [409, 200]
    assert looked(tmp_path, serving.policy).report.findings == []


async def test_it_refuses_another_log_under_the_name(
    logins: Logins, tmp_path: Path, serving: Theirs, statuses: list[int]
) -> None:
    """422: the database and the files were put back, and went on otherwise while nobody asked a witness."""
    await record(logins, TEXTS, 0, 30)
    await publish(logins, tmp_path, serving.policy)
    forgotten(logins)
    (tmp_path / "log").rename(tmp_path / "put away")
    await record(logins, TEXTS, 0, 5)
    with pytest.raises(PublishingRefused, match="saw 30 entries of it, and 0 were published"):
        await publish(logins, tmp_path, serving.policy)
    assert statuses[-1] == 409
    assert not (tmp_path / "log" / "checkpoint").exists()
    other = Texts(40)
    await record(logins, other, 5, 40)
    await publish(logins, tmp_path, Policy())
    before = (tmp_path / "log" / "checkpoint").read_bytes()
    await record(logins, Texts(41), 40, 41)
    with pytest.raises(PublishingRefused, match="the witness theirs saw another log"):
        await publish(logins, tmp_path, serving.policy)
    assert statuses[-1] == 422
    assert (tmp_path / "log" / "checkpoint").read_bytes() == before


async def test_it_refuses_keys_that_its_operator_was_not_told(
    logins: Logins, tmp_path: Path, serving: Theirs, statuses: list[int]
) -> None:
    """403, once the older keys no longer sign."""
    await record(logins, TEXTS, 0, 5)
    await publish(logins, tmp_path, serving.policy)
    rotate(tmp_path / "keys")
    await record(logins, TEXTS, 5, 6)
    assert await publish(logins, tmp_path, serving.policy) == ""
    finish(tmp_path / "keys", (tmp_path / "log" / "checkpoint").read_bytes())
    await record(logins, TEXTS, 6, 7)
    assert "does not take the signature of the log" in await publish(logins, tmp_path, serving.policy)
    assert statuses[-1] == 403
    (finding,) = looked(tmp_path, serving.policy).report.findings
    assert finding.reason.startswith("is below the quorum theirs")


async def test_it_refuses_a_log_that_it_was_not_told_of(
    logins: Logins, tmp_path: Path, strange: Theirs, statuses: list[int]
) -> None:
    """404; published all the same, below the quorum."""
    await record(logins, TEXTS, 0, 5)
    assert "does not know this log" in await publish(logins, tmp_path, strange.policy)
    assert set(statuses) == {404}
    log = looked(tmp_path, strange.policy)
    assert log.report.size == 5
    assert [finding.reason for finding in log.report.findings] == [
        "is below the quorum theirs of the policy: of its witnesses nobody signed"
    ]

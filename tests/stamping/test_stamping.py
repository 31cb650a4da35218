"""Checkpoints are stamped by authorities of others once a day, each answer is checked before it is kept, and none holds publishing up."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from register import verify
from register.publishing import stamping as module
from register.publishing.asking import MOST_BYTES
from register.publishing.files import Files
from register.publishing.publisher import Publisher
from register.publishing.stamping import Stamping
from register.publishing.timestamps import Authorities, Stamp, StampsRefused, named
from register.store.roles import Logins
from tests.publishing.recorded import ORIGIN, found_in, publish, record
from tests.publishing.test_publisher import until
from tests.stamping.authority import Authority, Listening, listening, needs_openssl, verified
from tests.tlog.published import Texts

pytestmark = needs_openssl
TEXTS = Texts(30)
FIRST = "checkpoints/10.1.tsr"


def stamping(logins: Logins, where: Path, *listens: Listening, later: timedelta = timedelta()) -> Stamping:
    """What asks these authorities, at a time from now."""
    roots = where / "roots"
    roots.mkdir(exist_ok=True)
    for number, each in enumerate(listens):
        (roots / f"{number}.pem").write_bytes(each.authority.root.read_bytes())
    by = Authorities.read(tuple(each.url for each in listens), roots)
    return Stamping(logins.app, Files(where / "log"), by, lambda: datetime.now(UTC) + later)


async def one_round(ours: Stamping) -> None:
    await ours.resume()
    await ours.round()


def stamps(where: Path) -> list[str]:
    return [name for name in Files(where / "log").names("checkpoints") if name.endswith(".tsr")]


def rows(logins: Logins) -> list[tuple[int, int]]:
    with psycopg.connect(logins.app) as connection:
        return connection.execute("SELECT size, number FROM log.stamps ORDER BY size, number").fetchall()


async def published(logins: Logins, where: Path, size: int, since: int = 0) -> None:
    await record(logins, TEXTS, since, size)
    await publish(logins, where)


async def test_the_first_checkpoint_is_stamped_and_anybody_can_check_it(logins: Logins, tmp_path: Path) -> None:
    await published(logins, tmp_path, 10)
    with listening(Authority(tmp_path / "tsa")) as told:
        await one_round(stamping(logins, tmp_path, told))
        checkpoint, response = tmp_path / "log" / "checkpoints" / "10", tmp_path / "log" / FIRST
        assert verified(checkpoint, response, told.authority.root)[0]
        assert not verified(tmp_path / "log" / "policy", response, told.authority.root)[0]
    assert stamps(tmp_path) == [FIRST]
    assert found_in(tmp_path) == []


@pytest.mark.parametrize("names_by", ["sha1", "sha256", "sha512"])
async def test_stamps_of_other_makes_are_taken_too(logins: Logins, tmp_path: Path, names_by: str) -> None:
    """RSA, a certificate between signer and root, a longer hash, and each way to name the certificate that signed."""
    await published(logins, tmp_path, 10)
    with listening(Authority(tmp_path / "tsa", rsa_=True, names_by=names_by)) as told:
        ours = stamping(logins, tmp_path, told)
        await one_round(ours)
        assert ours.reasons == {}
        assert verified(tmp_path / "log" / "checkpoints" / "10", tmp_path / "log" / FIRST, told.authority.root)[0]
    assert found_in(tmp_path) == []
    note, raw = (Files(tmp_path / "log").read(name) or b"" for name in ("checkpoints/10", FIRST))
    log = verify.Log(verify.Files(tmp_path / "log"), [])
    between = x509.load_pem_x509_certificate((tmp_path / "tsa" / "between.pem").read_bytes()).public_bytes(Encoding.DER)
    vouched = raw.index(between)
    for at in range(len(raw)):
        changed = bytearray(raw)
        changed[at] ^= 1
        before = len(log.report.findings)
        log._stamp(FIRST, bytes(changed), note)  # noqa: SLF001  # without the rest of the log
        # Nothing in a stamp vouches for the words of a certificate whose issuer is not in it: who has the root does.
        named_ = len(log.report.findings) > before
        assert named_ or vouched <= at < vouched + len(between), at


async def test_each_authority_stamps_once_a_day_and_only_what_is_new(logins: Logins, tmp_path: Path) -> None:
    await published(logins, tmp_path, 10)
    with listening(Authority(tmp_path / "a")) as one, listening(Authority(tmp_path / "b", "Another time")) as two:
        ours = stamping(logins, tmp_path, one, two)
        for _ in range(3):
            await one_round(ours)
        assert rows(logins) == [(10, 1), (10, 2)]
        await published(logins, tmp_path, 20, since=10)
        await one_round(ours)
        assert rows(logins) == [(10, 1), (10, 2)]
        later = stamping(logins, tmp_path, one, two, later=timedelta(days=1))
        await one_round(later)
        assert "one of the two clocks is wrong" in later.reasons[named(one.url)]
        with psycopg.connect(logins.owner, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("UPDATE log.stamps SET at = at - interval '25 hours'")
        await one_round(stamping(logins, tmp_path, one, two))
        assert rows(logins) == [(10, 1), (10, 2), (20, 1), (20, 2)]
        # A process that starts anew asks nobody again.
        asked = len(one.authority.asked)
        await one_round(stamping(logins, tmp_path, one, two))
        assert len(one.authority.asked) == asked
    assert found_in(tmp_path) == []


async def test_what_is_no_stamp_of_this_checkpoint_by_a_trusted_authority_is_not_kept(
    logins: Logins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SOONEST", 0.0)
    await published(logins, tmp_path, 10)
    with listening(Authority(tmp_path / "tsa")) as told, listening(Authority(tmp_path / "other")) as other:
        ours = stamping(logins, tmp_path, told)
        await ours.resume()

        async def reason() -> str:
            await ours.round()
            assert rows(logins) == []
            assert stamps(tmp_path) == []
            return ours.reasons[named(told.url)]

        told.status = 503
        assert await reason() == "it answered with status 503"
        told.status, told.delay = 200, 1.0
        with monkeypatch.context() as hurried:
            hurried.setattr(module, "DEADLINE", 0.2)
            assert await reason() == "it did not answer in time"
        told.delay, told.instead = 0.0, b"<html>"
        assert "is not a stamp that can be kept" in await reason()
        told.instead = bytes(MOST_BYTES + 1)
        assert "longer than" in await reason()
        # A right answer to another question: of an earlier time, so with another number in it.
        told.instead = told.authority.answer(told.authority.asked[0])
        assert "Nonce mismatch" in await reason()
        # A stamp of somebody whom nobody trusts.
        told.instead, answer = None, told.authority.answer
        told.authority.answer = other.authority.answer  # type: ignore[method-assign]  # another one at its address
        assert "is not a stamp that can be kept" in await reason()
        told.authority.answer = lambda request: answer(request) + b"\0"  # type: ignore[method-assign]  # with a byte behind it
        assert "is not a stamp that can be kept" in await reason()
        told.authority.answer = answer  # type: ignore[method-assign]  # itself again
        await ours.round()
        assert ours.reasons == {}
    assert stamps(tmp_path) == [FIRST]


async def test_an_authority_that_is_not_there_is_left_alone_a_while_and_the_other_is_asked(
    logins: Logins, tmp_path: Path
) -> None:
    await published(logins, tmp_path, 10)
    with listening(Authority(tmp_path / "a")) as gone:
        pass
    with listening(Authority(tmp_path / "b")) as there:
        ours = stamping(logins, tmp_path, gone, there)
        for _ in range(3):
            await one_round(ours)
        assert ours.reasons == {named(gone.url): "it cannot be reached"}
        assert ours.asked[gone.url].failures == 1
    assert stamps(tmp_path) == [FIRST]


async def test_entries_are_published_while_an_authority_says_nothing(logins: Logins, tmp_path: Path) -> None:
    with listening(Authority(tmp_path / "tsa")) as told:
        told.delay = 6.0
        by = Authorities.read((told.url,), told.authority.root)
        async with Publisher(logins.app, tmp_path, origin=ORIGIN, otherwise="", stamps=by) as ours:
            for size in (1, 2):
                await record(logins, TEXTS, size - 1, size)
                await until(lambda: Files(tmp_path / "log").has(f"checkpoints/{size}"))  # noqa: B023  # waited for
            assert stamps(tmp_path) == []
            await until(lambda: bool(stamps(tmp_path)), 25)
            assert ours.refused == ""
            assert ours.stamping.reasons == {}
        assert found_in(tmp_path) == []


@pytest.mark.parametrize("dies", ["before it is kept", "before it is shown", "as it is shown"])
async def test_the_next_run_goes_on_where_one_died(
    logins: Logins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    await published(logins, tmp_path, 10)
    with listening(Authority(tmp_path / "tsa")) as told:
        broken = stamping(logins, tmp_path, told)

        async def not_kept(_: Stamp) -> None:
            raise psycopg.OperationalError

        def not_shown(name: str, raw: bytes) -> bool:
            if dies == "as it is shown":
                Files.put(broken.files, name, raw)
            raise OSError

        if dies == "before it is kept":
            monkeypatch.setattr(broken, "_keep", not_kept)
        else:
            monkeypatch.setattr(broken.files, "put", not_shown)
        with pytest.raises((psycopg.OperationalError, OSError)):
            await one_round(broken)
        lost = dies == "before it is kept"
        assert rows(logins) == ([] if lost else [(10, 1)])
        await one_round(stamping(logins, tmp_path, told))
        assert len(told.authority.asked) == 1 + lost
        assert (rows(logins), stamps(tmp_path)) == ([(10, 1)], [FIRST])
        assert verified(tmp_path / "log" / "checkpoints" / "10", tmp_path / "log" / FIRST, told.authority.root)[0]
    assert found_in(tmp_path) == []


async def test_a_fault_in_stamping_does_not_reach_the_publisher(
    logins: Logins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_: Stamping) -> None:
        raise OSError

    monkeypatch.setattr(Stamping, "round", fails)
    with listening(Authority(tmp_path / "tsa")) as told:
        by = Authorities.read((told.url,), told.authority.root)
        async with Publisher(logins.app, tmp_path, origin=ORIGIN, otherwise="", stamps=by) as ours:
            await record(logins, TEXTS, 0, 1)
            await until(lambda: Files(tmp_path / "log").has("checkpoints/1"))
            assert ours.refused == ""


async def test_a_lost_directory_gets_its_stamps_back_and_an_older_database_takes_no_number_twice(
    logins: Logins, tmp_path: Path
) -> None:
    await published(logins, tmp_path, 10)
    with listening(Authority(tmp_path / "tsa")) as told:
        await one_round(stamping(logins, tmp_path, told))
        path = tmp_path / "log" / FIRST
        raw = path.read_bytes()
        path.unlink()
        await one_round(stamping(logins, tmp_path, told))
        assert path.read_bytes() == raw
        with psycopg.connect(logins.owner, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("TRUNCATE log.stamps")
        await one_round(stamping(logins, tmp_path, told))
    assert path.read_bytes() == raw
    assert stamps(tmp_path) == [FIRST, "checkpoints/10.2.tsr"]
    assert found_in(tmp_path) == []


def test_nobody_can_change_or_remove_what_was_stamped(logins: Logins, tmp_path: Path) -> None:
    asyncio.run(published(logins, tmp_path, 10))
    with listening(Authority(tmp_path / "tsa")) as told:
        asyncio.run(one_round(stamping(logins, tmp_path, told)))
    for login in (logins.app, logins.projections, logins.owner):
        for statement in ("UPDATE log.stamps SET number = 2", "DELETE FROM log.stamps", "TRUNCATE log.stamps"):
            with psycopg.connect(login) as connection, pytest.raises(psycopg.Error, match=r"denied|refused"):
                connection.execute(statement.encode())


async def test_every_byte_of_a_stamp_is_accounted_for(logins: Logins, tmp_path: Path) -> None:
    """By the program that everybody is given: one bit changed anywhere, and it is named."""
    await published(logins, tmp_path, 10)
    with listening(Authority(tmp_path / "tsa")) as told:
        await one_round(stamping(logins, tmp_path, told))
    note, raw = (Files(tmp_path / "log").read(name) or b"" for name in ("checkpoints/10", FIRST))
    log = verify.Log(verify.Files(tmp_path / "log"), [])
    for at in range(len(raw)):
        for bit in (0x01, 0x80):
            changed = bytearray(raw)
            changed[at] ^= bit
            before = len(log.report.findings)
            log._stamp(FIRST, bytes(changed), note)  # noqa: SLF001  # two thousand times over, without the rest of the log
            assert len(log.report.findings) == before + 1, (at, bit)
    for changed_ in (raw[:-1], raw + b"\0", b""):
        log._stamp(FIRST, changed_, note)  # noqa: SLF001  # as above
    assert len(log.report.findings) == len(raw) * 2 + 3
    (tmp_path / "log" / FIRST).rename(tmp_path / "log" / "checkpoints" / "11.1.tsr")
    (found,) = found_in(tmp_path)
    assert str(found) == "checkpoints/11.1.tsr: is a time stamp of a checkpoint that is not here"


def test_nobody_is_told_a_password() -> None:
    assert named("https://register:secret@tsa.example.nl/tsr?account=7") == "tsa.example.nl/tsr"


def test_authorities_are_trusted_by_certificates_that_can_be_read(tmp_path: Path) -> None:
    url = ("https://tsa.example.nl",)
    assert Authorities.read((), None) == Authorities()
    with pytest.raises(StampsRefused, match="REGISTER_LOG_STAMP_ROOTS"):
        Authorities.read(url, None)
    with pytest.raises(StampsRefused, match="cannot be read"):
        Authorities.read(url, tmp_path / "nothing.pem")
    (tmp_path / "roots").mkdir()
    with pytest.raises(StampsRefused, match="holds no root"):
        Authorities.read(url, tmp_path / "roots")
    (tmp_path / "roots" / "one.pem").write_text("no certificate")
    with pytest.raises(StampsRefused, match="cannot be read"):
        Authorities.read(url, tmp_path / "roots")
    made = Authority(tmp_path / "tsa")
    with pytest.raises(StampsRefused, match="holds no root"):
        Authorities.read(url, made.folder / "signer.pem")
    assert len(Authorities.read(url, made.root).roots) == 1

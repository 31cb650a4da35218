"""A dishonest operator of a log, and a server that means harm, against the verifier: everything is named, and nothing takes for ever."""

from __future__ import annotations

import base64
import io
import json
import shutil
import socket
import threading
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from register import verify
from register.tlog.cosigning import cosign_ml_dsa, ed25519_key, sign
from register.tlog.notes import signed
from register.verify import Files, Log
from tests.tlog.published import CLASSIC, GOVERNANCE, KEYS, LASTING, ORIGIN, Texts, publish

SIZE = 300
FEW = Texts(5)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log that was published at two sizes."""
    folder = tmp_path_factory.mktemp("published") / "log"
    publish(folder, Texts(SIZE).entries, 200, SIZE)
    return folder


@pytest.fixture
def log(published: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(published, tmp_path / "log"))


def found(log: Path) -> list[str]:
    return [str(each) for each in Log(Files(log), list(KEYS)).run().findings]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The command line: its exit code, and all that it prints, which is never a traceback."""
    code = verify.main([*arguments, *(f"--key={key}" for key in KEYS)])
    told = capsys.readouterr()
    assert all(line.isprintable() for line in (told.out + told.err).splitlines())
    return code, told.out + told.err


def test_a_longer_length_of_the_last_entry_of_a_kept_part_is_found(log: Path) -> None:
    """The entry would be the same, and the byte is another."""
    path = log / "tile" / "entries" / "000.p" / "200"
    raw = path.read_bytes()
    last = 0
    while (after := last + 2 + int.from_bytes(raw[last : last + 2])) < len(raw):
        last = after
    path.write_bytes(raw[:last] + b"\xff\xff" + raw[last + 2 :])
    assert found(log)[0].startswith("tile/entries/000.p/200")


@pytest.mark.parametrize("folder", ["words that nobody signed", "tile/words", "tile/entries/x", "checkpoints/x"])
def test_the_name_of_an_empty_folder_is_found(log: Path, folder: str) -> None:
    (log / folder).mkdir()
    assert found(log)[-1] == f"{folder}: belongs to no log of {SIZE} entries"


def test_an_empty_folder_that_a_killed_publisher_left_is_none_that_says_anything(log: Path) -> None:
    (log / "tile" / "2" / "000.p").mkdir(parents=True)
    assert found(log) == []


def test_a_name_cannot_write_to_the_terminal(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (log / "x\n0 findings\x1b[2J").write_bytes(b"")
    (log / "x\udcff").write_bytes(b"")
    code, told = run(capsys, str(log))
    assert code == 1
    assert "x\\n0 findings\\x1b[2J: belongs to no log" in told


@pytest.mark.parametrize("target", ["tile", "tile/entries/000", "checkpoint"])
def test_a_link_in_the_place_of_a_file_or_folder_is_found(log: Path, tmp_path: Path, target: str) -> None:
    shutil.move(log / target, tmp_path / "elsewhere")
    (log / target).symlink_to(tmp_path / "elsewhere")
    assert found(log)


def resigned(text: str) -> bytes:
    return signed(text, (sign(text, ORIGIN, CLASSIC), cosign_ml_dsa(text, ORIGIN, LASTING, 1_795_000_000))).raw


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw + raw[raw.rindex(b"\n", 0, -1) + 1 :],
        lambda raw: raw + raw[raw.index("—".encode()) :],
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw + b"\n",
        lambda raw: raw[:-1],
        lambda raw: raw + "— \x1b[2J ".encode() + base64.b64encode(bytes(70)) + b"\n",
        lambda raw: raw + ("— x " + base64.b64encode(bytes(70)).decode() + "\n").encode() * 2000,
        lambda raw: raw.replace("— ".encode(), b"- "),
    ],
    ids=["twice", "all twice", "other line ends", "a line more", "no end", "terminal", "many", "a hyphen"],
)
@pytest.mark.parametrize("name", ["checkpoint", "checkpoints/200"])
def test_another_form_of_a_checkpoint_is_found(log: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    raw = (log / name).read_bytes()
    (log / name).write_bytes(change(raw))
    first = found(log)[0]
    assert first.startswith(f"{name}: ")
    assert first.isprintable()


def test_a_checkpoint_of_far_too_many_entries_ends_soon(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"{ORIGIN}\n{10**17}\n{base64.b64encode(bytes(32)).decode()}\n"
    (log / "checkpoint").write_bytes(resigned(text))
    code, told = run(capsys, str(log))
    assert code == 1
    assert f"speaks of {10**17} entries; so many are missing" in told


def test_a_huge_file_is_not_read_whole(log: Path) -> None:
    for name in ("checkpoint", "checkpoints/200", "tile/0/000", "tile/entries/000"):
        with (log / name).open("r+b") as file:
            file.truncate(1 << 36)
    assert found(log) == ["checkpoint: it is longer than any checkpoint is"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"seq":1,', b'"seq":true,'),
        (b'"v":1', b'"v":true'),
        (b'"v":1', b'"v":"1"'),
        (b'"v":1', b'"v":' + b"9" * 5000),
        (b'"cause":"', b'"cause":"x'),
        (b"T10:", b"T25:"),
        (b'"time":"2026-11', '"time":"2026-\u0661\u0661'.encode()),
        (b'"_sd":', b'"_sd":[],"a":' + b"[" * 3000 + b"]" * 3000 + b',"a2":'),
        (b'"_sd":', b'"_sd":[],"a":' + b'{"a":' * 3000 + b"1" + b"}" * 3000 + b',"a2":'),
    ],
)
def test_an_entry_that_its_operator_signed_in_no_form_of_one_is_found(
    tmp_path: Path, before: bytes, after: bytes
) -> None:
    assert before in FEW.entries[1]
    publish(tmp_path, [FEW.entries[0], FEW.entries[1].replace(before, after, 1), *FEW.entries[2:]])
    findings = Log(Files(tmp_path), list(KEYS)).run().findings
    assert (findings[0].file, findings[0].entry) == ("tile/entries/000.p/5", 1)


@pytest.mark.parametrize(
    "line",
    [
        b'{"d":"x","field":"name","seq":[]}',
        b'{"d":"x","field":{},"seq":1}',
        b"[" * 100_000,
        b'{"d": 1}',
        b"",
        b"\xff",
        FEW.openings[0].replace(b",", b", "),
        FEW.openings[0].replace(b"{", b'{"seq":9,'),
        FEW.openings[0] + b"\r",
        FEW.openings[0].replace(b'"seq":1', b'"seq":true'),
        FEW.openings[1],
    ],
)
def test_a_text_in_another_form_or_twice_is_found(tmp_path: Path, line: bytes) -> None:
    publish(tmp_path / "log", FEW.entries)
    log = Log(Files(tmp_path / "log"), list(KEYS))
    assert log.run().findings == []
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / f"{GOVERNANCE}.jsonl").write_bytes(b"\n".join([*FEW.openings[1:], line, b""]))
    assert [each.file for each in verify.openings(tmp_path / "texts", log)] == [f"{GOVERNANCE}.jsonl:4"]


def test_texts_that_are_not_there_are_not_looked_at_in_silence(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(capsys, str(log), "--openings", str(tmp_path / "nowhere"))
    assert (code, "nowhere cannot be read" in told) == (2, True)


@pytest.mark.parametrize("key", ["x", "a+b+c", "name+e3b0c442+", "é+00000000+AQ==", "+e3b0c442+AQ==", KEYS[0][:-4]])
def test_a_key_that_is_none_is_told_in_one_sentence(log: Path, capsys: pytest.CaptureFixture[str], key: str) -> None:
    for option in ("--key", "--known"):
        assert verify.main([str(log), option, key]) == 2
        assert "key" in capsys.readouterr().err


def test_one_witness_does_not_count_twice() -> None:
    vkey = ed25519_key("archive", Ed25519PrivateKey.generate(), 4).vkey
    lines = f"witness archive {vkey}\ngroup two 2 archive archive\nquorum two\n"
    with pytest.raises(verify.Broken, match="line 2"):
        verify.policy_of(lines.encode())
    with pytest.raises(verify.Broken, match="line 2"):
        verify.policy_of(lines.replace("group two 2", f"group two {'9' * 5000}").encode())


# ---- archives --------------------------------------------------------------------------------------------------------------


def packed(*members: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    raw = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(raw, "w") as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, how)
    return raw.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"PK",
        packed(("checkpoint", b"a"), ("checkpoint", b"b")),
        b"words" + packed(("checkpoint", b"a")),
        packed(("checkpoint", b"a")) + b"words",
        packed(("checkpoint", b"a"))[:-2] + b"\5\0words",
        packed(("checkpoint", b"a"), how=zipfile.ZIP_BZIP2),
        packed(("checkpoint", b"a"), how=zipfile.ZIP_LZMA),
        packed(("checkpoint", bytes(200 << 20))),
        packed(("checkpoint", b"abcdef" * 99)).replace(b"PK\1\2\x14\x03\x14\0\0\0", b"PK\1\2\x14\x03\x14\0\1\0"),
        packed(("checkpoint", b"abc"), how=zipfile.ZIP_STORED).replace(b"abc", b"abx"),
    ],
    ids=["empty", "short", "twice", "before", "behind", "comment", "bzip2", "lzma", "bomb", "secret", "changed"],
)
def test_an_archive_that_no_register_wrote_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: bytes
) -> None:
    path = tmp_path / "decision.zip"
    path.write_bytes(raw)
    code, told = run(capsys, str(path))
    assert (code, "cannot be read" in told) == (2, True)


def test_strange_names_in_an_archive_are_named(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["../../x", "/etc/x", "9" * 5000 + ".json", "x\x1b[2J", "folder/"]
    head = ("checkpoint", (published / "checkpoint").read_bytes())
    (tmp_path / "decision.zip").write_bytes(packed(head, *((name, b"") for name in names)))
    code, told = run(capsys, str(tmp_path / "decision.zip"))
    assert code == 1
    assert told.count("belongs to no entry of this decision") == len(names)
    assert sorted(tmp_path.iterdir()) == [tmp_path / "decision.zip"]


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"c2sp.org/tlog-proof@v1\nindex 1\n\n", b"\xff" * (3 << 20)])
def test_a_proof_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: bytes) -> None:
    (tmp_path / "x.tlog-proof").write_bytes(raw)
    assert run(capsys, str(tmp_path / "x.tlog-proof"))[0] == 1


# ---- servers ---------------------------------------------------------------------------------------------------------------


@contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server on loopback that answers each connection in its own way."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def each() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(5)
                    try:
                        connection.recv(65536)
                        answer(connection)
                    except OSError:
                        pass

        thread = threading.Thread(target=each, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/log"
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def slowly(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(100):
        connection.sendall(b"X: y\r\n")
        threading.Event().wait(0.1)


def endlessly(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(1000):
        connection.sendall(bytes(1 << 16))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda it: it.sendall(b"HTTP/1.1 302 x\r\nLocation: file:///etc/passwd\r\n\r\n"), "answers 302"),
        (lambda it: it.sendall(b"HTTP/1.1 302 x\r\nLocation: ftp://127.0.0.1/x\r\n\r\n"), "another place"),
        (lambda it: it.sendall(b"HTTP/1.1 302 x\r\nLocation: http://192.0.2.1/x\r\n\r\n"), "another place"),
        (lambda it: it.sendall(b"HTTP/1.1 503 x\r\nContent-Length: 0\r\n\r\n"), "answers 503"),
        (lambda it: it.sendall(b"strange\r\n\r\n"), "does not answer as a server"),
        (lambda it: it.sendall(b""), "cannot be read"),
        (lambda it: it.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"), "does not answer as a server"),
        (lambda it: it.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"), "does not answer as a server"),
        (lambda it: it.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nx"), "gzip"),
        (slowly, "within 1 seconds"),
        (endlessly, "longer than any checkpoint"),
        (lambda it: it.sendall(b"HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n"), "is missing"),
    ],
)
def test_a_server_that_means_harm_is_told_in_one_sentence_and_in_time(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[socket.socket], None],
    said: str,
) -> None:
    monkeypatch.setattr(verify, "PATIENCE", 1)
    with serving(answer) as url:
        code, told = run(capsys, url)
    assert code in {1, 2}
    assert said in told


@pytest.mark.parametrize("url", ["http://[::1", "http://x:y/log", "http://127.0.0.1:9/a b", "http://", "http://%00/"])
def test_an_address_that_is_none_is_told(capsys: pytest.CaptureFixture[str], url: str) -> None:
    code, told = run(capsys, url)
    assert (code, "cannot be read" in told) == (2, True)


def test_what_a_server_packed_unasked_is_unpacked(published: Path) -> None:
    import gzip  # noqa: PLC0415  # only here

    raw = gzip.compress((published / "checkpoint").read_bytes())
    assert verify.unzipped(raw, 1 << 20) == (published / "checkpoint").read_bytes()
    for wrong in (raw[:-1], raw + b"x", b"x"):
        with pytest.raises(OSError, match="gzip"):
            verify.unzipped(wrong, 1 << 20)
    assert len(verify.unzipped(gzip.compress(bytes(1 << 24)), 1000)) == 1001


def test_nothing_is_found_in_the_untouched_log(log: Path) -> None:
    assert found(log) == []
    assert json.loads(FEW.openings[0])["seq"] == 1

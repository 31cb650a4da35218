"""`register demo` as anyone starts it: cold, again, interrupted, stopped; and every reason for which it does not start."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from api.history import History, counted

REGISTER = [sys.executable, "-m", "api"]


def environment(**settings: str) -> dict[str, str]:
    """The environment of this process without its settings of the register."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REGISTER_")}
    pg_bin = os.environ.get("REGISTER_PG_BIN")
    return {**kept, **({"REGISTER_PG_BIN": pg_bin} if pg_bin else {}), **settings}


def register(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*REGISTER, *arguments], env=environment(**settings), capture_output=True, text=True, timeout=120, check=False
    )


class Running:
    """A demo that was started, and how long it took to answer."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir = data_dir
        began = time.monotonic()
        command = [*REGISTER, "demo", "--port", "0", "--json", "--data-dir", str(data_dir)]
        self.process = subprocess.Popen(
            command, env=environment(**settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.serving: dict[str, Any] = self.line()
        self.url = self.serving["address"]
        self.seconds = time.monotonic() - began

    def line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read() if self.process.stderr else ""
        told: dict[str, Any] = json.loads(line)
        return told

    def loaded(self) -> int:
        """Wait until the history is told; how many facts that are."""
        told = self.line()
        assert told["done"] == told["total"]
        return int(told["total"])

    def size(self) -> int:
        return int(httpx.get(f"{self.url}/api/v1/events?limit=1").json()["position"]) + 1

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(30)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return code


@contextmanager
def running(data_dir: Path, **settings: str) -> Iterator[Running]:
    demo = Running(data_dir, **settings)
    try:
        yield demo
    finally:
        if demo.process.poll() is None:
            demo.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One demo with its history, for tests that look at it and write nothing."""
    with running(tmp_path_factory.mktemp("demo")) as found:
        found.loaded()
        yield found
        assert found.stop() == 0


def servers_below(directory: Path) -> list[int]:
    """The PostgreSQL servers that run on a data directory."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().decode("utf-8", "replace")
        except OSError:
            continue  # it ended while we looked
        if str(directory) in line and "postgres" in line:
            found.append(int(path.parent.name))
    return found


def test_it_serves_the_history_stops_cleanly_and_starts_again_with_the_same(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        assert first.serving["writes_as"].startswith("register_app")
        assert first.serving["reads_as"].startswith("register_projections")
        assert first.loaded() > 100
        counts = {
            day: httpx.get(f"{first.url}/api/v1/members?validOn={day}").json()["total"]
            for day in ("2018-06-01", "2021-06-01", "2022-02-01", "2022-03-24")
        }
        assert counts == {"2018-06-01": 36, "2021-06-01": 35, "2022-02-01": 34, "2022-03-24": 33}
        size = first.size()
        assert servers_below(tmp_path)
        assert first.stop() == 0
    assert servers_below(tmp_path) == []
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        measured = f"127.0.0.1:{free.getsockname()[1]}"
    with running(tmp_path, REGISTER_METRICS=measured) as second:
        second.loaded()
        assert f"register_log_entries {size:.1f}\n" in httpx.get(f"http://{measured}/metrics").text
        assert second.size() == size
        assert second.serving["password"] == first.serving["password"]
        assert second.seconds < 15  # under 3 s on a machine that does nothing else; never a flaw of a busy one
        assert second.stop(signal.SIGINT) == 0


def test_killed_while_it_tells_the_history_it_goes_on_where_it_was(tmp_path: Path, demo: Running) -> None:
    with running(tmp_path) as killed:
        while killed.size() < 60:
            time.sleep(0.005)
        killed.stop(signal.SIGKILL)
    with running(tmp_path) as again:
        again.loaded()
        assert sorted(_types(again)) == sorted(_types(demo))
        assert again.stop() == 0


def _types(demo: Running) -> list[str]:
    items = httpx.get(f"{demo.url}/api/v1/events?limit=1000").json()["items"]
    return [item["entry"]["type"] for item in items]


def test_it_uses_the_database_that_is_set_and_leaves_it_running(tmp_path: Path, owner: str) -> None:
    with running(tmp_path, REGISTER_DATABASE_URL=owner) as demo:
        demo.loaded()
        size = demo.size()
        assert servers_below(tmp_path) == []
        assert demo.stop() == 0
    with psycopg.connect(owner) as connection:
        assert connection.execute("SELECT count(*) FROM log.events").fetchone() == (size,)
    other = register(
        "demo", "--port", "0", "--register", "gmr", "--data-dir", str(tmp_path), REGISTER_DATABASE_URL=owner
    )
    assert other.returncode == 1
    assert "this database holds the register of mra, not of gmr" in other.stderr


def test_its_files_are_for_its_user_only(demo: Running) -> None:
    data = demo.data_dir / "mra"
    assert data.stat().st_mode & 0o077 == 0
    secrets = [*data.glob("accounts-*.json"), data / "request.key", data / "demo.password", data / "logins.json"]
    assert len(secrets) == 4
    for path in secrets:
        assert path.stat().st_mode & 0o077 == 0, path
    log = (data / "demo.log").read_text("utf-8")
    password = (data / "demo.password").read_text("ascii")
    assert password not in log
    for line in log.splitlines():
        assert json.loads(line)["event"]


def test_doctor_and_rebuild_work_beside_it(demo: Running) -> None:
    data_dir = str(demo.data_dir)
    before = httpx.get(f"{demo.url}/api/v1/course").raise_for_status().content
    well = register("doctor", "--json", "--data-dir", data_dir)
    assert well.returncode == 0, well.stdout + well.stderr
    findings = [json.loads(line) for line in well.stdout.splitlines()]
    assert {finding["well"] for finding in findings} == {True}
    rebuilt = register("rebuild", "--json", "--data-dir", data_dir)
    assert rebuilt.returncode == 0, rebuilt.stdout + rebuilt.stderr
    assert json.loads(rebuilt.stdout)["position"] == demo.size() - 1
    one = register("rebuild", "course", "--data-dir", data_dir)
    assert one.returncode == 0, one.stderr
    assert httpx.get(f"{demo.url}/api/v1/course").content == before


@pytest.mark.parametrize(
    ("arguments", "settings", "sentence"),
    [
        (["demo", "--host", "0.0.0.0"], {}, "listens on this machine only"),  # noqa: S104  # what must be refused
        (["demo", "--register", "atlantis"], {}, "no history of a region 'atlantis' is shipped"),
        (["demo"], {"REGISTER_PROT": "1"}, "did you mean REGISTER_PORT?"),
        (["demo"], {"REGISTER_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "the database cannot be reached"),
        (["demo"], {"REGISTER_PG_BIN": "/nowhere"}, "REGISTER_PG_BIN is /nowhere"),
        (["rebuild", "everything"], {}, "there is no read model everything"),
        (["rebuild"], {}, "holds no register yet"),
        (["serve"], {}, "register init --charter FILE"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], sentence: str
) -> None:
    port = [] if arguments[0] == "rebuild" else ["--port", "0"]
    done = register(*arguments, *port, "--data-dir", str(tmp_path), **settings)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert servers_below(tmp_path) == []


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = register("demo", "--port", port, "--data-dir", str(tmp_path))
    assert done.returncode == 1
    assert f"port {port} of 127.0.0.1 is in use" in done.stderr


def test_a_port_for_metrics_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        done = register(
            "demo",
            "--port",
            "0",
            "--register",
            "gmr",
            "--data-dir",
            str(tmp_path),
            REGISTER_METRICS=f"127.0.0.1:{port}",
        )
    assert done.returncode == 1
    assert (
        f"port {port} of 127.0.0.1 is in use; stop what listens there, or choose another: REGISTER_METRICS"
        in done.stderr
    )


def test_a_second_demo_on_the_same_data_is_told(demo: Running) -> None:
    done = register("demo", "--port", "0", "--data-dir", str(demo.data_dir))
    assert done.returncode == 1
    assert f"already: use {demo.url}, or choose another --data-dir" in done.stderr


def test_a_register_is_opened_by_a_charter_and_served_to_be_read(tmp_path: Path) -> None:
    charter = tmp_path / "charter.json"
    charter.write_text(
        '{"region":{"code":"proef","name":"Proefregio"},"timeZone":"Europe/Amsterdam","lang":"nl","contact":"Secretaris"}'
    )
    data = str(tmp_path / "data")
    opened = register("init", "--json", "--charter", str(charter), "--data-dir", data)
    assert opened.returncode == 0, opened.stderr
    again = register("init", "--json", "--charter", str(charter), "--data-dir", data)
    assert json.loads(again.stdout) == json.loads(opened.stdout)
    command = [*REGISTER, "serve", "--port", "0", "--json", "--data-dir", data]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as serving:
        assert serving.stdout is not None
        url = json.loads(serving.stdout.readline())["address"]
        assert httpx.get(f"{url}/api/v1/members").json()["items"] == []
        written = httpx.post(f"{url}/api/v1/themes", json={"code": "wonen", "name": "Wonen"})
        assert written.status_code == 401
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(30) == 0


def test_a_person_is_told_where_to_look_how_to_record_and_what_there_is(tmp_path: Path) -> None:
    command = [*REGISTER, "demo", "--port", "0", "--data-dir", str(tmp_path)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        look, record, accounts, data, told, stops = (demo.stdout.readline().rstrip() for _ in range(6))
        address = look.removeprefix("Metropoolregio Amsterdam: ").partition(" ")[0]
        assert httpx.get(address).status_code == 200
        password = (tmp_path / "mra" / "demo.password").read_text("ascii")
        assert record == f"To record: {address}/vastleggen, password of every account {password}"
        assert httpx.get(f"{address}/vastleggen").headers["location"].startswith("/aanmelden")
        assert accounts.endswith("each of the 33 members by its code, such as gm0034.")
        assert str(tmp_path / "mra") in data
        words = [f"{number} {word}" for word, number in counted(History("mra").lines()).items()]
        assert told.endswith(f" requests: {', '.join(words[:-1])} and {words[-1].split()[0]} pieces of evidence.")
        assert stops == "Ctrl-C stops."
        demo.send_signal(signal.SIGINT)
        assert demo.wait(30) == 0


def test_it_counts_what_the_history_tells_of() -> None:
    lines = History("mra").lines()
    numbers = counted(lines)
    assert numbers["decisions"] == sum(line.post == "/decisions" for line in lines)
    assert numbers["positions"] == sum(line.post.endswith("/positions") for line in lines)
    heard = {name: numbers[name] for name in ("dossiers", "views", "advice", "undertakings")}
    assert heard == {"dossiers": 9, "views": 6, "advice": 4, "undertakings": 8}
    assert min(numbers.values()) > 0

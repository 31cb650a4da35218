"""The embedded server: starts anywhere, is shared, survives every kill, leaves nothing behind."""

import contextlib
import functools
import os
import pwd
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from register.store.binaries import NoPostgres
from register.store.embedded import EmbeddedPostgres

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from register.store.embedded import EmbeddedPostgres
server = EmbeddedPostgres(sys.argv[1])
server.start()
print(server.dsn, flush=True)
sys.stdin.readline()
server.stop()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a cluster, for tests that do not need a first start."""
    directory = tmp_path_factory.mktemp("made")
    with EmbeddedPostgres(directory) as server, psycopg.connect(server.dsn) as session:
        session.execute("create table kept (n int)")
    return directory


@contextlib.contextmanager
def holding(
    data: Path, *, uid: int | None = None, python: str = sys.executable, **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """Another process that opens the directory and holds it until it is told or killed."""
    process = subprocess.Popen(
        [python, "-c", HOLD, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
        user=uid,
        group=uid,
        extra_groups=None if uid is None else [],
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def opened(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    dsn = process.stdout.readline().strip()
    assert dsn, process.communicate()[1]
    return dsn


def let_go(process: subprocess.Popen[str]) -> None:
    output, errors = process.communicate("\n", timeout=30)
    assert process.returncode == 0, output + errors


def python_for(uid: int) -> tuple[str, str]:
    """A Python that user may run, and what it needs to find the packages of this one."""
    packages = os.pathsep.join([str(ROOT / "src"), str(Path(psycopg.__file__).parents[1])])
    for python in (sys.executable, "/usr/bin/python3"):
        with contextlib.suppress(PermissionError):
            tried = subprocess.run(
                [python, "-c", "import psycopg, register.store"],
                env=os.environ | {"PYTHONPATH": packages},
                user=uid,
                group=uid,
                extra_groups=[],
                capture_output=True,
                check=False,
            )
            if tried.returncode == 0:
                return python, packages
    pytest.skip(f"no Python with these packages that uid {uid} may run")


def postmaster(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone_within(seconds: float, pid: int) -> bool:
    deadline = time.monotonic() + seconds
    while lives(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not lives(pid)


def add_one(dsn: str) -> int:
    """Store a row and count: what every acknowledged row must still be there for."""
    with psycopg.connect(dsn) as session:
        session.execute("create table if not exists kept (n int)")
        session.execute("insert into kept values (1)")
        row = session.execute("select count(*) from kept").fetchone()
    assert row is not None
    return int(row[0])


def test_what_is_stored_is_there_after_a_stop_and_a_start(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "data") as server:
        assert add_one(server.dsn) == 1
    with EmbeddedPostgres(tmp_path / "data") as server:
        assert add_one(server.dsn) == 2


def test_the_database_is_unicode_in_utc_durable_and_not_on_the_network(made: Path) -> None:
    wanted = {
        "server_encoding": "UTF8",
        "TimeZone": "UTC",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "listen_addresses": "",
    }
    with EmbeddedPostgres(made) as server, psycopg.connect(server.dsn) as session:
        for name, value in wanted.items():
            assert session.execute("select current_setting(%s)", [name]).fetchone() == (value,)
        assert session.execute("select lower('ÉÉN')").fetchone() == ("één",)
        assert session.execute("select 'b' > 'A', 'a' > 'B'").fetchone() == (True, True)
        assert session.info.dbname == "register"
        assert stat.S_IMODE(Path(session.info.host).stat().st_mode) == 0o700


def test_stopping_leaves_no_process_and_no_socket_directory(made: Path) -> None:
    server = EmbeddedPostgres(made)
    server.start()
    pid = postmaster(made)
    with psycopg.connect(server.dsn) as session:
        sockets = Path(session.info.host)
    server.stop()
    assert gone_within(0, pid)
    assert not sockets.exists()
    assert not (made / "postgres" / "postmaster.pid").exists()


def test_a_killed_server_is_opened_again_at_once(made: Path) -> None:
    with EmbeddedPostgres(made) as server:
        before = add_one(server.dsn)
        os.kill(postmaster(made), signal.SIGKILL)
        with EmbeddedPostgres(made) as other:
            assert add_one(other.dsn) == before + 1
        server.start()
        assert add_one(server.dsn) == before + 2


def test_the_server_goes_when_its_holder_is_killed(made: Path) -> None:
    with holding(made) as holder:
        before = add_one(opened(holder))
        pid = postmaster(made)
        holder.kill()
        assert gone_within(10, pid)
    with EmbeddedPostgres(made) as server:
        assert add_one(server.dsn) == before + 1


def test_everything_killed_while_writing_loses_nothing_acknowledged(made: Path) -> None:
    with holding(made) as holder:
        dsn = opened(holder)
        pid = postmaster(made)
        acknowledged = add_one(dsn)
        threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(dsn) as session:
            session.autocommit = True
            while True:
                session.execute("insert into kept values (1)")
                acknowledged += 1
        holder.kill()
    with EmbeddedPostgres(made) as server:
        assert add_one(server.dsn) >= acknowledged + 1


def test_openers_at_the_same_moment_share_one_server(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        holders = [stack.enter_context(holding(tmp_path / "data")) for _ in range(4)]
        addresses = {opened(holder) for holder in holders}
        assert len(addresses) == 1
        assert add_one(addresses.pop()) == 1
        for holder in holders:
            let_go(holder)


def test_a_second_opener_that_leaves_does_not_stop_the_server(made: Path) -> None:
    with EmbeddedPostgres(made) as holder:
        with EmbeddedPostgres(made) as guest:
            assert guest.dsn == holder.dsn
        before = add_one(holder.dsn)
        with holding(made) as other:
            assert opened(other) == holder.dsn
            let_go(other)
        assert add_one(holder.dsn) == before + 1


def test_a_killed_first_start_leaves_no_half_cluster(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with holding(data) as holder:
        while not list(data.glob("postgres-new-*/cluster/base")):
            assert holder.poll() is None
            time.sleep(0.001)
        holder.kill()
    assert not (data / "postgres").exists()
    with EmbeddedPostgres(data) as server:
        assert add_one(server.dsn) == 1
    assert not list(data.glob("postgres-new-*"))


def test_the_end_of_the_thread_that_opened_it_is_not_the_end_of_the_server(made: Path) -> None:
    server = EmbeddedPostgres(made)
    thread = threading.Thread(target=server.start)
    thread.start()
    thread.join()
    pid = postmaster(made)
    assert not gone_within(0.3, pid)
    server.stop()
    assert gone_within(0, pid)


def test_a_pid_left_by_a_crash_and_used_again_by_another_process_is_no_obstacle(made: Path) -> None:
    left = made / "postgres" / "postmaster.pid"
    left.write_text(f"{os.getppid()}\n{left.parent}\n1\n5432\n/nowhere\n\n\nready\n")
    with EmbeddedPostgres(made) as server:
        assert add_one(server.dsn) >= 1


def test_settings_of_the_shell_do_not_reach_the_server(made: Path) -> None:
    with holding(made, PGDATA="/nowhere", PGPORT="1", LC_ALL="nl_NL", TZ="Asia/Tokyo") as holder:
        with psycopg.connect(opened(holder)) as session:
            assert session.execute("show timezone").fetchone() == ("UTC",)
            assert session.execute("show lc_messages").fetchone() == ("C",)
        let_go(holder)


@pytest.mark.parametrize("name", ["with spaces, and 'quotes'", "é", "l" * 120 + "/" + "m" * 120])
def test_the_path_of_the_data_may_be_any(tmp_path: Path, name: str) -> None:
    with EmbeddedPostgres(tmp_path / name) as server:
        assert add_one(server.dsn) == 1


def test_a_long_directory_for_temporary_files_is_passed_by(made: Path, tmp_path: Path) -> None:
    long = tmp_path / ("t" * 100)
    long.mkdir()
    with holding(made, TMPDIR=str(long)) as holder:
        assert add_one(opened(holder)) >= 1
        let_go(holder)
    assert list(long.iterdir()) == []


def test_a_socket_directory_that_others_may_enter_is_refused(made: Path, tmp_path: Path) -> None:
    with EmbeddedPostgres(made) as server, psycopg.connect(server.dsn) as session:
        name = Path(session.info.host).name
    (tmp_path / name).mkdir(mode=0o755)
    with holding(made, TMPDIR=str(tmp_path)) as holder:
        output, errors = holder.communicate()
    assert output == ""
    assert "is not ours alone" in errors


@contextlib.contextmanager
def home_of(uid: int) -> Iterator[Path]:
    """A directory that a user owns; pytest's own are closed to other users."""
    home = Path("/tmp") / f"register-test-{os.getpid()}-{uid}"  # noqa: S108 - made and removed here
    home.mkdir()
    try:
        os.chown(home, uid, uid)
        yield home
    finally:
        subprocess.run(["rm", "-rf", home], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_opens_its_own_and_root_may_open_it_too() -> None:
    uid = pwd.getpwnam("nobody").pw_uid
    python, path = python_for(uid)
    with home_of(uid) as home:
        user = functools.partial(holding, home / "data", uid=uid, python=python, PYTHONPATH=path)
        with user() as holder:
            assert add_one(opened(holder)) == 1
            let_go(holder)
        with EmbeddedPostgres(home / "data") as server:
            assert add_one(server.dsn) == 2
        with user() as holder:
            assert add_one(opened(holder)) == 3
            let_go(holder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_user_without_a_name_gets_one_in_a_namespace_or_is_told() -> None:
    uid = 12345
    python, path = python_for(uid)
    tried = subprocess.run(["unshare", "--user", "true"], user=uid, group=uid, check=False)
    with (
        home_of(uid) as home,
        holding(home / "data", uid=uid, python=python, PYTHONPATH=path) as holder,
    ):
        if tried.returncode == 0:
            assert add_one(opened(holder)) == 1
            let_go(holder)
        else:  # some containers refuse namespaces
            _, errors = holder.communicate()
            assert "a user without a name: use a named user" in errors


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is let into what others closed")
def test_root_opens_its_own_below_a_directory_that_another_user_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "ours").mkdir(parents=True)
    os.chown(closed, 12345, 12345)
    closed.chmod(0o700)
    for count in (1, 2):
        with EmbeddedPostgres(closed / "ours" / "data") as server:
            assert add_one(server.dsn) == count


def test_data_of_another_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("12\n")
    with pytest.raises(NoPostgres, match=r"written by PostgreSQL 12, .* set REGISTER_PG_BIN"):
        EmbeddedPostgres(tmp_path).start()


def test_a_server_that_cannot_start_says_why_in_one_sentence(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server, psycopg.connect(server.dsn) as session:
        sockets = Path(session.info.host)
    (tmp_path / "postgres" / "postgresql.auto.conf").write_text("max_connections = many\n")
    with pytest.raises(NoPostgres, match=r"did not start: configuration file .*postgresql\.auto"):
        server.start()
    assert not sockets.exists()

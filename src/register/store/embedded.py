"""A PostgreSQL server of our own on a directory: started when opened, gone when its holder is gone.

It listens on a Unix socket in a directory that only its owner can enter, never on the network.
"""

import contextlib
import fcntl
import hashlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg.conninfo import make_conninfo

from register.store.binaries import NoPostgres, find_binaries
from register.store.cluster import OWNER, ensure_cluster
from register.store.programs import keep, last_line

DATABASE = "register"
_LONGEST_SOCKET = 107  # bytes in sockaddr_un.sun_path, without the closing zero
_PORT = "5432"  # names the socket's file only
_PATIENCE = 120.0  # seconds; replaying the log after a crash may take long
_SETTLING = 3.0  # seconds in which a server that goes at once is started again
_GRACE = 30.0  # seconds for a fast shutdown before an immediate one


class EmbeddedPostgres:
    """The server of one data directory.

    Whoever opens the directory first holds the server, others use it through `dsn` as long as the
    holder lives; after that, opening again starts it anew. Not for Windows.
    """

    data_dir: Path
    bin_dir: Path
    dsn: str
    """Conninfo of the superuser on the database `register`; empty until started."""

    def __init__(self, data_dir: Path | str, *, bin_dir: Path | None = None) -> None:
        self.data_dir = Path(data_dir).absolute()
        self.bin_dir = bin_dir or find_binaries()
        self.dsn = ""
        self._cluster = self.data_dir / "postgres"
        self._log = self.data_dir / "postgres.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._holder = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Return when the database answers; raise NoPostgres with a sentence when it cannot."""
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._alone():
            ensure_cluster(self._cluster, self.bin_dir)
            if self._process is not None and self._process.poll() is not None:
                self._process = None  # it died since; start another
            begun = time.monotonic()
            while not self._connects():
                if time.monotonic() > begun + _PATIENCE:
                    raise NoPostgres(f"PostgreSQL did not answer in time, see {self._log}")
                if self._process is not None and self._process.poll() is not None:
                    if time.monotonic() > begun + _SETTLING:
                        self._remove_socket_dir()
                        raise NoPostgres(f"PostgreSQL did not start: {self._last_words()}")
                    # What a killed server left may still be going away, and take the new one along: try again.
                    self._process = None
                    time.sleep(0.2)
                if self._process is None:
                    self._launch()
                time.sleep(0.01)

    def stop(self) -> None:
        """Shut the server down if this object holds it; otherwise only let go."""
        self.dsn = ""
        process, self._process = self._process, None
        if process is None or self._holder != os.getpid():  # a forked child does not hold it
            return
        with self._alone():
            for order, patience in ((signal.SIGINT, _GRACE), (signal.SIGQUIT, None)):
                process.send_signal(order)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(patience)
                    break
            self._remove_socket_dir()

    @contextlib.contextmanager
    def _alone(self) -> Generator[None]:
        """One opener at a time; the kernel lets go when the process dies."""
        with (self.data_dir / "postgres.opening").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _launch(self) -> None:
        """Start a server unless one still lives here, be it dying or left by a killed holder."""
        with (self.data_dir / "postgres.running").open("ab") as lock:
            try:
                # Server and backends inherit this lock, so it is free only when the last is gone.
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            # The pid in here is of the dead, though by now another process may have that number.
            (self._cluster / "postmaster.pid").unlink(missing_ok=True)
            self._process = keep(
                self.bin_dir / "postgres",
                "-D",
                str(self._cluster),
                *self._settings(),
                where=self._cluster,
                log=self._log,
                lock=lock.fileno(),
            )
            self._holder = os.getpid()

    def _settings(self) -> Iterator[str]:
        for name, value in (
            ("listen_addresses", ""),
            ("port", _PORT),
            ("unix_socket_directories", f'"{self._socket_dir()}"'),
            ("unix_socket_permissions", "0700"),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
            ("logging_collector", "off"),
        ):
            yield from ("-c", f"{name}={value}")

    def _socket_dir(self) -> Path:
        """A short directory only we can enter, the same for the same data."""
        name = hashlib.sha256(f"{os.geteuid()} {self._cluster.resolve()}".encode()).hexdigest()[:12]
        file = f".s.PGSQL.{_PORT}.lock"
        homes = (Path(tempfile.gettempdir()), Path("/tmp"))  # noqa: S108 - entered only after the check below
        for home in homes:
            directory = home / f"register-{name}"
            if len(os.fsencode(directory / file)) <= _LONGEST_SOCKET:
                directory.mkdir(mode=0o700, exist_ok=True)
                told = directory.lstat()
                if told.st_uid != os.geteuid() or told.st_mode & 0o077:
                    raise NoPostgres(f"{directory} is not ours alone: remove it")
                return directory
        raise NoPostgres(f"no directory for temporary files is short enough: {homes[0]}")

    def _remove_socket_dir(self) -> None:
        with contextlib.suppress(OSError):  # not empty: a server is still there
            self._socket_dir().rmdir()

    def _connects(self) -> bool:
        """Try a session on the socket the running server wrote down, and make our database."""
        try:
            lines = (self._cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            where, port = lines[4], lines[3]
        except (FileNotFoundError, IndexError):
            return False
        server = make_conninfo(host=where, port=port, user=OWNER)
        first = make_conninfo(server, dbname="postgres", connect_timeout=5)
        try:
            with psycopg.connect(first, autocommit=True) as session:
                known = "select from pg_database where datname = %s"
                if session.execute(known, [DATABASE]).fetchone() is None:
                    session.execute(f"create database {DATABASE}")
        except psycopg.OperationalError:  # not there yet, replaying its log, or going
            return False
        self.dsn = make_conninfo(server, dbname=DATABASE)
        return True

    def _last_words(self) -> str:
        return last_line(self._log.read_text(encoding="utf-8", errors="replace"))

"""Run the programs of PostgreSQL as children that are never root and never outlive this process."""

import os
import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path

from register.store.binaries import NoPostgres

_UNPRIVILEGED = Path(__file__).with_name("unprivileged.py")


def run(program: Path, *arguments: str, where: Path) -> None:
    """Run to the end in the directory `where`; raise NoPostgres with what the program said last."""
    told = subprocess.run(  # noqa: S603 - a command line composed here, no shell
        _line(program, *arguments),
        cwd=where,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        check=False,
    )
    if told.returncode != 0:
        output = told.stdout.decode(errors="replace")
        raise NoPostgres(f"{program.name} failed in {where}: {last_line(output)}")


def keep(program: Path, *arguments: str, where: Path, log: Path, lock: int) -> subprocess.Popen[bytes]:
    """Start and leave running, with the output in `log`; the child inherits the descriptor `lock`.

    On Linux the kernel sends SIGINT to the child when the thread that started it dies.
    So a thread of its own starts it and lives as long; its end is the end of this process.
    """
    started: Future[subprocess.Popen[bytes]] = Future()

    def live() -> None:
        try:
            log.open("wb").close()
            with log.open("ab") as output:  # so that it goes on at the beginning when somebody empties the file
                process = subprocess.Popen(  # noqa: S603 - a command line composed here, no shell
                    _line(program, *arguments),
                    cwd=where,
                    env=_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    pass_fds=(lock,),
                    start_new_session=True,  # Ctrl-C is for us; we stop the child in our own time
                )
        except OSError as error:
            started.set_exception(error)
        else:
            started.set_result(process)
            process.wait()

    threading.Thread(target=live, name=program.name, daemon=True).start()
    return started.result()


def last_line(output: str) -> str:
    """What a program said last, without time and hints: the sentence to show."""
    lines = [line for line in output.splitlines() if line.strip() and "HINT:" not in line]
    fatal = [line for line in lines if "FATAL:" in line]
    said = (fatal or lines or ["it said nothing"])[-1].strip()
    return said.rpartition("FATAL:")[2].strip()


def _line(program: Path, *arguments: str) -> list[str | Path]:
    # -I -S: the script needs nothing of the caller's Python path, and starts faster without
    return [sys.executable, "-I", "-S", _UNPRIVILEGED, str(os.getpid()), program, *arguments]


def _environment() -> dict[str, str]:
    """Ours without what steers PostgreSQL from outside: its own variables, language, time zone."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}

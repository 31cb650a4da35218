"""Become a program of PostgreSQL that is not root and ends with its parent; run as a script.

PostgreSQL refuses to run as root, and initdb refuses a user without a name.
In a user namespace our own uid simply reads as a named one: files stay ours, and no account is
made and no mode changed anywhere.
Arguments: the parent's pid (when it dies the program gets SIGINT), the program and its arguments.
The working directory is where the data lives.
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import stat
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1


def main() -> None:
    """Never return: be the program, or exit with a sentence."""
    parent, arguments = int(sys.argv[1]), sys.argv[2:]
    program = arguments[0]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if needs_another_name():
            ours = Path.cwd().stat().st_uid == os.geteuid()
            open_to_us = may_enter_unaided(Path.cwd()) and may_enter_unaided(Path(program))
            if not (ours and open_to_us and enter_namespace(libc)):
                arguments = through_setpriv(arguments)
                program = arguments[0]
        # After the namespace: a change of credentials would clear it.
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:
            sys.exit("the process that started PostgreSQL is gone")
    os.execv(program, arguments)  # noqa: S606 - becoming that program is the purpose


def needs_another_name() -> bool:
    """Whether PostgreSQL would refuse us: root, or a uid that no account has."""
    if os.geteuid() == 0:
        return True
    with contextlib.suppress(KeyError):
        pwd.getpwuid(os.geteuid())
        return False
    return True


def may_enter_unaided(path: Path) -> bool:
    """Whether the way to a path is open without root's privileges, which a namespace takes away."""
    for step in (path.resolve(), *path.resolve().parents):
        told = step.stat()
        owned = stat.S_IXUSR if told.st_uid == os.geteuid() else 0
        if not told.st_mode & (owned | stat.S_IXOTH):
            return False
    return True


def enter_namespace(libc: ctypes.CDLL) -> bool:
    """Read as the first named account but root; False where the machine refuses namespaces."""
    uid, gid = os.geteuid(), os.getegid()
    named = next(account.pw_uid for account in pwd.getpwall() if account.pw_uid)
    if libc.unshare(CLONE_NEWUSER) != 0:
        return False
    for name, line in (
        ("uid_map", f"{named} {uid} 1"),
        ("setgroups", "deny"),
        ("gid_map", f"{named} {gid} 1"),
    ):
        Path("/proc/self", name).write_text(line, encoding="ascii")
    return True


def through_setpriv(arguments: list[str]) -> list[str]:
    """As root, the other way: become the owner of the data, or nobody, but still open any file."""
    setpriv = shutil.which("setpriv")
    if setpriv is None or os.geteuid() != 0:
        sys.exit("PostgreSQL does not run as root or as a user without a name: use a named user")
    owner = Path.cwd().stat()
    nobody = pwd.getpwnam("nobody")
    return [
        setpriv,
        f"--reuid={owner.st_uid or nobody.pw_uid}",
        f"--regid={owner.st_gid or nobody.pw_gid}",
        "--clear-groups",
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
        # access(2) looks at capabilities too then, as initdb asks it for the programs
        "--securebits=+no_setuid_fixup",
        "--pdeathsig=INT",
        *arguments,
    ]


if __name__ == "__main__":
    main()

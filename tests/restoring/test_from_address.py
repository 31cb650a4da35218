"""A register comes back from an address too: each file is fetched once, and publishing goes on from the last checkpoint."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.restoring.region import Kept, keys_of
from tests.restoring.test_from_log import published


class Served:
    """A log at an address, which may break off; tells what was asked of it."""

    def __init__(self, where: Path) -> None:
        self.where, self.asked, self.last = where, list[str](), 10_000
        self.url = ""


@contextmanager
def served(where: Path) -> Iterator[Served]:
    told = Served(where)

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            if len(told.asked) > told.last:
                self.close_connection = True
                self.connection.close()
                return
            super().do_GET()

        def log_message(self, format: str, *args: object) -> None:
            """Not to standard error."""

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, ValueError):
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(where)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_from_an_address_the_same_entries_come_and_publishing_goes_on(kept: Kept, empty: Kept) -> None:
    size = published(kept)
    with served(kept.log) as address:
        said = empty.told("restore", "--from-log", address.url)
    assert (said["entriesAdded"], said["checkpointsAdded"]) == (size, 1)
    assert empty.rows()["log.events"] == kept.rows()["log.events"][:size]
    assert not list(empty.data_dir.glob("restoring*"))
    empty.publish()
    for name in ("checkpoint", f"checkpoints/{size}", "tile/entries/000", "tile/0/000", "tile/1/000.p/1"):
        assert (empty.log / name).read_bytes() == (kept.log / name).read_bytes(), name
    assert empty.register("verify", str(empty.log), *keys_of(kept)).exit_code == 0


def test_what_was_fetched_before_the_address_broke_off_is_not_fetched_again(kept: Kept, empty: Kept) -> None:
    with served(kept.log) as address:
        address.last = 3
        said = empty.refused("restore", "--from-log", address.url)
        assert "cannot be read" in said
        before, address.last = list(address.asked), 10_000
        address.asked.clear()
        empty.told("restore", "--from-log", address.url)
        again = set(address.asked) & set(before[1:3])
    assert before[0] == "/checkpoint"
    assert again == set()


def test_a_file_that_was_changed_on_its_way_is_found_and_not_kept(kept: Kept, empty: Kept) -> None:
    path = kept.log / "tile" / "entries" / "000"
    raw = path.read_bytes()
    with served(kept.log) as address:
        path.write_bytes(raw[:90] + bytes([raw[90] ^ 1]) + raw[91:])
        assert "is not sound: tile/entries/000, entry 0" in empty.refused("restore", "--from-log", address.url)
        path.write_bytes(raw)
        assert empty.told("restore", "--from-log", address.url)["entries"] == published(kept)

"""The library's own contract tests on our recorder, and what ours promises beyond them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from eventsourcing.persistence import IntegrityError, JSONTranscoder, StoredEvent
from eventsourcing.postgres import PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from register.store.appending import Entry
from register.store.library import Factory, GaplessRecorder
from register.store.mapper import CanonicalMapper, parts_of, topic_of
from register.store.roles import Logins
from tests.databases import fresh_register
from tests.store.library_cases import ApplicationRecorderTestCase


def datastore(logins: Logins) -> PostgresDatastore:
    app = {key: str(value) for key, value in conninfo_to_dict(logins.app).items()}
    return PostgresDatastore(
        app["dbname"], app["host"], app.get("port", "5432"), app["user"], app["password"], pool_size=3, max_overflow=12
    )


class TestContract(ApplicationRecorderTestCase[GaplessRecorder]):
    """Theirs."""

    made: ClassVar[list[PostgresDatastore]]

    @pytest.fixture(autouse=True)
    def _database(self, server: str, tmp_path: Path) -> Iterator[None]:
        with fresh_register(server, tmp_path) as self.logins:
            self.store = datastore(self.logins)
            yield
            self.store.close()

    def create_recorder(self) -> GaplessRecorder:
        return GaplessRecorder(self.store)

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


@pytest.fixture
def recorder(logins: Logins) -> Iterator[GaplessRecorder]:
    with datastore(logins) as store:
        yield GaplessRecorder(store)


def stored(stream: UUID, version: int) -> StoredEvent:
    return StoredEvent(stream, version, "decision:position.recorded:1", b'{"seq":%d}' % version)


def test_a_conflict_burns_no_id(recorder: GaplessRecorder) -> None:
    stream = uuid4()
    assert recorder.insert_events([stored(stream, 1)]) == [1]
    for _ in range(5):
        with pytest.raises(IntegrityError):
            recorder.insert_events([stored(stream, 1)])
    assert recorder.insert_events([stored(stream, 2)]) == [2]


def test_guards_are_held(recorder: GaplessRecorder) -> None:
    stream, read = uuid4(), uuid4()
    recorder.insert_events([stored(read, 1)])
    with pytest.raises(IntegrityError, match="stale"):
        recorder.insert_events([stored(stream, 1)], guards={stream: 0, read: 0})
    assert recorder.insert_events([stored(stream, 1)], guards={stream: 0, read: 1}) == [2]


def test_a_command_is_answered_once(recorder: GaplessRecorder) -> None:
    cause, event = uuid4(), stored(uuid4(), 1)
    assert recorder.insert_events([event], cause=cause, request_hash=b"1") == [1]
    assert recorder.insert_events([event], cause=cause, request_hash=b"1") == [1]
    with pytest.raises(IntegrityError, match="other content"):
        recorder.insert_events([event], cause=cause, request_hash=b"2")


def test_a_subscription_outlives_its_connections(recorder: GaplessRecorder, logins: Logins) -> None:
    with recorder.subscribe() as subscription:
        for number in range(1, 6):
            recorder.insert_events([stored(uuid4(), 1)])
            assert next(subscription).id == number
            with psycopg.connect(logins.owner, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
                )


class Envelope(msgspec.Struct, frozen=True):
    """The smallest event there can be."""

    originator_id: UUID
    originator_version: int
    said: str


class EnvelopeMapper(CanonicalMapper[Envelope]):
    def write(self, event: Envelope) -> Entry:
        raw = msgspec.json.encode(event, order="sorted")
        now = datetime.now(UTC)
        return Entry(event.originator_id, "decision", event.originator_version, "said", 1, now, uuid4(), raw)

    def read(self, raw: bytes) -> Envelope:
        return msgspec.json.decode(raw, type=Envelope)


def test_stored_bytes_are_the_bytes_of_the_entry(logins: Logins) -> None:
    app = {key: str(value) for key, value in conninfo_to_dict(logins.app).items()}
    environment = {
        "PERSISTENCE_MODULE": "register.store.library:Factory",
        "POSTGRES_DBNAME": app["dbname"],
        "POSTGRES_HOST": app["host"],
        "POSTGRES_PORT": app.get("port", "5432"),
        "POSTGRES_USER": app["user"],
        "POSTGRES_PASSWORD": app["password"],
    }
    with Factory.construct(environment) as factory:
        assert isinstance(factory, Factory)
        events = factory.event_store(mapper=EnvelopeMapper(JSONTranscoder()))
        said = Envelope(uuid4(), 1, "no objection")
        recordings = events.put([said])
        assert [recording.notification.id for recording in recordings] == [1]
        assert list(events.get(said.originator_id)) == [said]
    with psycopg.connect(logins.app) as connection:
        row = connection.execute("SELECT entry, kind, type, v FROM log.events").fetchone()
    assert row == (msgspec.json.encode(said, order="sorted"), "decision", "said", 1)


def test_the_unsafe_setting_is_refused(logins: Logins) -> None:
    store = datastore(logins)
    store.enable_db_functions = True
    with pytest.raises(ValueError, match="loses events"):
        GaplessRecorder(store)


@pytest.mark.parametrize("topic", ["decision:position.recorded:1", "topic1", "a:b", "decision:x:0"])
def test_a_topic_comes_back_as_it_was(topic: str) -> None:
    assert topic_of(*parts_of(topic)) == topic

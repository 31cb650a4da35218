"""Between events and the library's stored events: the stored bytes are the bytes of the entry, as they were hashed."""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Cipher, Compressor, Mapper, StoredEvent, Transcoder
from typing_extensions import override

from register.store.appending import Entry

E = TypeVar("E", bound=DomainEventProtocol[Any])

TOPIC = re.compile(r"([^:]+):([^:]+):([1-9][0-9]*)")


def topic_of(kind: str, type_: str, v: int) -> str:
    """The library's one name for kind, type and version; a name from elsewhere, kept as type in version 0, as it was."""
    return f"{kind}:{type_}:{v}" if v else type_


def parts_of(topic: str) -> tuple[str, str, int]:
    """Kind, type and version in a topic."""
    parts = TOPIC.fullmatch(topic)
    return (parts[1], parts[2], int(parts[3])) if parts else ("", topic, 0)


class CanonicalMapper(Mapper[UUID], Generic[E]):
    """Neither encrypts nor compresses: what is stored is what everyone can hash.

    A subclass says how an event becomes an entry and how it is read from an entry's bytes, upcasting included.
    """

    def __init__(
        self, transcoder: Transcoder, compressor: Compressor | None = None, cipher: Cipher | None = None
    ) -> None:
        if compressor is not None or cipher is not None:
            raise ValueError("the bytes of an entry are stored as they are: no compressor, no cipher")
        super().__init__(transcoder)

    @abstractmethod
    def write(self, event: E) -> Entry:
        """The entry of an event, its bytes made once."""

    @abstractmethod
    def read(self, raw: bytes) -> E:
        """The event in an entry's bytes."""

    @override
    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        entry = self.write(cast("E", domain_event))
        return StoredEvent(entry.stream, entry.seq, topic_of(entry.kind, entry.type, entry.v), entry.bytes)

    @override
    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[UUID]:
        return self.read(stored_event.state)

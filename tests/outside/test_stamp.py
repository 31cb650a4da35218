"""A stamp over a checkpoint is one that `openssl ts -verify` takes, with nothing but the file, the stamp and a root."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from register.publishing.timestamps import Authorities, accepted, request_over
from tests.outside.large import SIZE, Large, other_byte
from tests.stamping.authority import Authority, needs_openssl, request_for, verified

pytestmark = needs_openssl


@pytest.fixture
def stamped(large: Large, tmp_path: Path) -> tuple[Path, Path, Authority]:
    """The newest checkpoint, its stamp as it is published, and who gave it."""
    authority = Authority(tmp_path / "authority")
    checkpoint = large.log / "checkpoints" / str(SIZE)
    note = checkpoint.read_bytes()
    request = request_over(note)
    by = Authorities.read(("http://127.0.0.1",), authority.root)
    answer = authority.answer(request.as_bytes())
    response = tmp_path / "checkpoint.tsr"
    response.write_bytes(accepted(answer, request, note, by, datetime.now(UTC)).raw)
    return checkpoint, response, authority


def test_it_accepts_a_stamp_over_the_checkpoint(stamped: tuple[Path, Path, Authority]) -> None:
    checkpoint, response, authority = stamped
    taken, said = verified(checkpoint, response, authority.root)
    assert taken, said
    assert "Verification: OK" in said
    # And of a request that it made itself.
    response.write_bytes(authority.answer(request_for(checkpoint)))
    assert verified(checkpoint, response, authority.root)[0]


def test_it_refuses_another_checkpoint_another_stamp_and_another_authority(
    stamped: tuple[Path, Path, Authority], large: Large, tmp_path: Path
) -> None:
    checkpoint, response, authority = stamped
    changed = tmp_path / "checkpoint"
    changed.write_bytes(other_byte(-9)(checkpoint.read_bytes()))
    assert not verified(changed, response, authority.root)[0]
    assert not verified(large.log / "checkpoints" / "530", response, authority.root)[0]
    other = Authority(tmp_path / "other")
    assert not verified(checkpoint, response, other.root)[0]
    response.write_bytes(other_byte(-1)(response.read_bytes()))
    assert not verified(checkpoint, response, authority.root)[0]

"""A stamp over a checkpoint is one that `openssl ts -verify` takes, with nothing but the file, the stamp and a root."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outside.large import Large, other_byte
from tests.stamping.authority import Authority, needs_openssl, request_for, verified

pytestmark = needs_openssl


@pytest.fixture
def stamped(large: Large, tmp_path: Path) -> tuple[Path, Path, Authority]:
    """The checkpoint, its stamp, and who gave it."""
    authority = Authority(tmp_path / "authority")
    checkpoint = large.log / "checkpoint"
    response = tmp_path / "checkpoint.tsr"
    response.write_bytes(authority.answer(request_for(checkpoint)))
    return checkpoint, response, authority


def test_it_accepts_a_stamp_over_the_checkpoint(stamped: tuple[Path, Path, Authority]) -> None:
    checkpoint, response, authority = stamped
    taken, said = verified(checkpoint, response, authority.root)
    assert taken, said
    assert "Verification: OK" in said


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

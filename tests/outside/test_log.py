"""The published log is what a reader of others takes for one: its entries, proofs, signatures and growth."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey, VkeySet
from tlog_scales.tiles import leaf_hash
from tlog_scales.tlog import Checkpoint

from register.publishing.files import Files
from register.publishing.keys import make_keys
from register.publishing.proving import Prover
from register.store.roles import Logins
from tests.publishing.recorded import ORIGIN, publish, record
from tests.tlog.published import Texts

SIZES = (1, 255, 256, 300, 530)
TEXTS = Texts(SIZES[-1])


@pytest.fixture
async def log(logins: Logins, tmp_path: Path) -> Path:
    """A log that was published at some sizes."""
    for since, size in pairwise((0, *SIZES)):
        await record(logins, TEXTS, since, size)
        await publish(logins, tmp_path)
    return tmp_path / "log"


def reading(log: Path) -> tuple[TilesReader, Checkpoint]:
    reader = TilesReader(LocalBackend(log))
    return reader, reader.get_checkpoint()


def test_it_finds_every_entry_and_computes_the_root_that_is_signed(log: Path) -> None:
    reader, checkpoint = reading(log)
    assert checkpoint.size == SIZES[-1]
    assert reader.calculate_root_hash() == checkpoint.root_hash
    assert [reader.get_entry(number) for number in range(SIZES[-1])] == TEXTS.entries


def test_it_takes_both_signatures(log: Path) -> None:
    checkpoint = reading(log)[1]
    vkeys = [key.vkey for key in make_keys(log.parent / "keys", ORIGIN).current]
    valid = VkeySet(*map(Vkey.from_string, vkeys)).verify(checkpoint.signatures, checkpoint)
    assert {(vkey.name, vkey.sig_type) for vkey, _ in valid} == {(ORIGIN, 1), (ORIGIN, 6)}


def test_it_proves_that_each_checkpoint_continues_those_before(log: Path) -> None:
    reader, _ = reading(log)
    kept = [Checkpoint.from_text((log / "checkpoints" / str(size)).read_text()) for size in SIZES]
    for number, old in enumerate(kept):
        for new in kept[number:]:
            reader.get_consistency_proof(old.size, new.size).check(old.root_hash, new.root_hash)


@pytest.mark.parametrize("position", [0, 254, 255, 256, 511, 529])
def test_its_proof_of_an_entry_is_ours_byte_for_byte(log: Path, position: int) -> None:
    reader, checkpoint = reading(log)
    proof = reader.get_inclusion_proof(position, checkpoint.size)
    proof.check(leaf_hash(TEXTS.entries[position]), checkpoint.root_hash)
    ours = Prover.newest(Files(log)).proof(position)
    assert list(ours.hashes) == proof.node_hashes
    program = Path(sys.executable).with_name("tlog-tiles")
    theirs = subprocess.run([program, "gen-proof", log, str(position)], capture_output=True, check=False)
    assert theirs.stdout == ours.raw, theirs.stderr

"""The published log is what a reader of others (tlog-scales) takes for one: its entries, proofs, signatures and growth."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey, VkeySet
from tlog_scales.tiles import leaf_hash
from tlog_scales.tlog import Checkpoint, InclusionProofInvalid

from register.publishing.files import Files
from register.publishing.proving import Prover
from tests.outside.large import SIZE, SIZES, TAMPERED, Large
from tests.publishing.recorded import ORIGIN

EVERYWHERE = (0, 254, 255, 256, 511, 25_600, 65_535, 65_536, 69_887, 69_888, SIZE - 1)
"""Entries at the edges of tiles and in the middle of some."""


def reading(log: Path) -> tuple[TilesReader, Checkpoint]:
    reader = TilesReader(LocalBackend(log))
    return reader, reader.get_checkpoint()


def signers(large: Large, checkpoint: Checkpoint) -> set[tuple[str, int]]:
    keys = VkeySet(Vkey.from_string(large.classic), Vkey.from_string(large.lasting))
    return {(vkey.name, vkey.sig_type) for vkey, _ in keys.verify(checkpoint.signatures, checkpoint)}


def test_it_accepts_every_entry_and_computes_the_root_that_is_signed(large: Large) -> None:
    reader, checkpoint = reading(large.log)
    assert checkpoint.size == SIZE
    assert reader.calculate_root_hash() == checkpoint.root_hash
    assert [reader.get_entry(number) for number in range(SIZE)] == large.entries
    hashes = list(map(leaf_hash, large.entries))
    assert [reader.mth(number, number + 1) for number in range(SIZE)] == hashes


def test_it_accepts_both_signatures(large: Large) -> None:
    assert signers(large, reading(large.log)[1]) == {(ORIGIN, 1), (ORIGIN, 6)}


def test_it_accepts_that_each_checkpoint_continues_those_before(large: Large) -> None:
    reader, _ = reading(large.log)
    kept = [Checkpoint.from_text((large.log / "checkpoints" / str(size)).read_text()) for size in SIZES]
    for number, old in enumerate(kept):
        for new in kept[number:]:
            reader.get_consistency_proof(old.size, new.size).check(old.root_hash, new.root_hash)


@pytest.mark.parametrize("position", EVERYWHERE)
def test_its_proof_of_an_entry_is_ours_byte_for_byte(large: Large, position: int) -> None:
    reader, checkpoint = reading(large.log)
    proof = reader.get_inclusion_proof(position, checkpoint.size)
    proof.check(leaf_hash(large.entries[position]), checkpoint.root_hash)
    ours = Prover.newest(Files(large.log)).proof(position)
    assert list(ours.hashes) == proof.node_hashes
    program = Path(sys.executable).with_name("tlog-tiles")
    theirs = subprocess.run([program, "gen-proof", large.log, str(position)], capture_output=True, check=False)
    assert theirs.stdout == ours.raw, theirs.stderr


@pytest.mark.parametrize("what", TAMPERED)
def test_it_refuses_a_log_in_which_one_thing_was_changed(large: Large, tmp_path: Path, what: str) -> None:
    name, change = TAMPERED[what]
    log = large.but(tmp_path / "log", name, change)
    if not name.startswith("tile/"):
        spoiled = Checkpoint.from_text((log / name).read_text())
        assert (ORIGIN, 1) not in signers(large, spoiled)
        return
    reader, checkpoint = reading(log)
    assert not all(proves(reader, checkpoint, position) for position in EVERYWHERE)


def proves(reader: TilesReader, checkpoint: Checkpoint, position: int) -> bool:
    """Tell whether it finds a proof from an entry to the root that is signed."""
    proof = reader.get_inclusion_proof(position, checkpoint.size)
    try:
        proof.check(leaf_hash(reader.get_entry(position)), checkpoint.root_hash)
    except InclusionProofInvalid:
        return False
    return True

"""The tree over a log: published roots, and everything held against a naive tree written straight from RFC 6962."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.tlog.hashing import EMPTY, leaf, node
from register.tlog.tree import Edge, Nodes, consistency, inclusion, kept, root
from tests.outside.root import root as root_of

# The eight leaves and roots that implementations of Certificate Transparency share.
LEAVES = [bytes.fromhex(each) for each in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def nodes_over(entries: Sequence[bytes]) -> Nodes:
    return kept(Edge().grown([leaf(each) for each in entries])[1])


def naive(hashes: Sequence[bytes]) -> bytes:
    """MTH, word for word."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return node(naive(hashes[:k]), naive(hashes[k:]))


def leads_to(index: int, size: int, proof: Sequence[bytes], top: bytes) -> bytes:
    """The root that an inclusion proof comes to, by the procedure of RFC 9162, section 2.1.3.2."""
    at, last = index, size - 1
    for each in proof:
        if at == last or at & 1:
            top = node(each, top)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            top = node(top, each)
        at, last = at >> 1, last >> 1
    assert last == 0
    return top


def continues(old: int, new: int, proof: Sequence[bytes], old_root: bytes) -> tuple[bytes, bytes]:
    """The two roots that a consistency proof comes to, by the procedure of RFC 9162, section 2.1.4.2."""
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for each in path[1:]:
        assert last
        if at == last or at & 1:
            first, second = node(each, first), node(each, second)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            second = node(second, each)
        at, last = at >> 1, last >> 1
    assert last == 0
    return first, second


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_the_published_ones(size: int) -> None:
    assert root(size, nodes_over(LEAVES)).hex() == ROOTS[size - 1]


def test_a_log_without_entries_has_the_root_of_nothing() -> None:
    assert root(0, nodes_over([])) == EMPTY == Edge().root()


SIZES = st.integers(0, 600)


@settings(max_examples=150, deadline=None)
@given(size=SIZES, data=st.data())
def test_an_entry_is_shown_to_be_in_every_log_that_holds_it(size: int, data: st.DataObject) -> None:
    entries = [str(number).encode() for number in range(size)]
    nodes = nodes_over(entries)
    top = naive([leaf(each) for each in entries])
    assert root(size, nodes) == top == root_of(entries)
    if size:
        index = data.draw(st.integers(0, size - 1))
        proof = inclusion(index, size, nodes)
        assert len(proof) <= size.bit_length()
        assert leads_to(index, size, proof, leaf(entries[index])) == top


@settings(max_examples=150, deadline=None)
@given(sizes=st.tuples(SIZES, SIZES))
def test_a_longer_log_is_shown_to_begin_with_every_shorter_one(sizes: tuple[int, int]) -> None:
    old, new = sorted(sizes)
    leaves = [leaf(str(number).encode()) for number in range(new)]
    nodes = kept(Edge().grown(leaves)[1])
    proof = consistency(old, new, nodes)
    if old in {0, new}:
        assert proof == []
    else:
        assert continues(old, new, proof, naive(leaves[:old])) == (naive(leaves[:old]), naive(leaves))


@settings(max_examples=100, deadline=None)
@given(steps=st.lists(st.integers(0, 80), max_size=6))
def test_a_log_grown_in_steps_is_the_log_grown_at_once(steps: list[int]) -> None:
    leaves = [leaf(str(number).encode()) for number in range(sum(steps))]
    edge, made = Edge(), []
    for step in steps:
        edge, more = edge.grown(leaves[edge.size : edge.size + step])
        made += more
    at_once, all_of_it = Edge().grown(leaves)
    assert edge == at_once
    assert edge.root() == naive(leaves)
    assert Edge.of(len(leaves), kept(made)) == edge
    for row in all_of_it:
        whole = [naive(leaves[at << row.level : at + 1 << row.level]) for at in range(len(leaves) >> row.level)]
        assert (row.first, row.hashes) == (0, whole)
        assert [top for part in made if part.level == row.level for top in part.hashes] == whole
    assert {row.level for row in made} == {row.level for row in all_of_it}


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 3)])
def test_an_entry_outside_the_log_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        inclusion(index, size, nodes_over(LEAVES))


def test_a_shorter_log_does_not_continue_a_longer_one() -> None:
    with pytest.raises(IndexError):
        consistency(4, 3, nodes_over(LEAVES))

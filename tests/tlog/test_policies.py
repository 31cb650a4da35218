"""A policy says which witnesses are enough; every fault in one is told at once, by line."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from register.tlog.cosigning import ed25519_key, ml_dsa_key
from register.tlog.notes import COSIGNED_ED25519
from register.tlog.policies import Group, Policy, Witness
from register.tlog.policy_file import MOST, MOST_BYTES, PolicyRefused, read_policy


def key(number: int, name: str | None = None) -> str:
    private = Ed25519PrivateKey.from_private_bytes(number.to_bytes(32))
    return ed25519_key(name or f"w{number}.example.org", private, COSIGNED_ED25519).vkey


EXAMPLE = f"""# two organisations
witness X1 {key(1)} https://x1.example.org/w
witness X2\t{key(2)}   http://127.0.0.1:8080

  witness X3 {key(3)}
group X 2 X1 X2 X3
witness Y1 {ml_dsa_key("y1.example.org", MLDSA44PrivateKey.from_seed_bytes(b"y" * 32)).vkey}
witness Y2 {key(5)}
group Y any Y1 Y2
group both all X Y
quorum both
"""


def faults(text: str | bytes) -> tuple[str, ...]:
    with pytest.raises(PolicyRefused) as refused:
        read_policy(text if isinstance(text, bytes) else text.encode())
    return refused.value.faults


@pytest.mark.parametrize(
    ("seen", "met"),
    [
        ("X1 X2 Y1", True),
        ("X1 X3 Y2", True),
        ("X1 X2 X3 Y1 Y2", True),
        ("X1 Y1 Y2", False),
        ("X1 X2 X3", False),
        ("", False),
        ("X1 X2 stranger", False),
    ],
)
def test_a_quorum_is_met_by_enough_of_each_group(seen: str, *, met: bool) -> None:
    assert read_policy(EXAMPLE.encode()).met(seen.split()) is met


def test_without_a_quorum_nobody_is_needed() -> None:
    assert Policy().met(()) is True
    assert read_policy(f"witness a {key(1)}\nquorum none\n".encode()).met(()) is True
    one = read_policy(f"witness a {key(1)}\nquorum a\n".encode())
    assert (one.met({"a"}), one.met({"b"})) == (True, False)


def test_a_policy_is_written_as_it_can_be_read() -> None:
    found = read_policy(EXAMPLE.encode())
    assert read_policy(found.text.encode()) == found
    assert [each.url for each in found.witnesses] == ["https://x1.example.org/w", "http://127.0.0.1:8080", "", "", ""]


def test_every_fault_is_told_at_once_with_its_line() -> None:
    text = f"""log {key(1)}
witness none {key(1)}
witness a {key(1)} ftp://example.org
witness a {key(2)}
witness b x+y
witness c {ed25519_key("c", Ed25519PrivateKey.generate()).vkey}
witness d
group g 3 a zzz
group h 0 a
group i any
quorum nobody
quorum none
strange
"""
    found = faults(text)
    assert [fault.partition(":")[0] for fault in found] == [
        f"line {line}" for line in (1, 2, 3, 3, 4, 5, 6, 7, 8, 8, 9, 9, 10, 11, 12, 13)
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no line says"),
        (b"\xff", "UTF-8"),
        ("quorum none\r\n", "control character"),
        (f"witness a {key(1)} https://user:secret@example.org/\nquorum a\n", "more than a host and a path"),
        (f"witness a {key(1)} https://example.org/?x=1\nquorum a\n", "more than a host and a path"),
        (f"witness a {key(1)} https://example.org:x/\nquorum a\n", "no address"),
        (b"#" * (MOST_BYTES + 1), "longer than"),
        ("".join(f"witness w{n} {key(n)}\n" for n in range(1, MOST + 2)) + "quorum none\n", f"more than {MOST}"),
        ("quorum \u00e9\n", "a witness or group of an earlier line"),
    ],
)
def test_what_cannot_be_used_is_refused(text: str | bytes, reason: str) -> None:
    assert any(reason in fault for fault in faults(text))


def test_a_secret_in_an_address_is_not_told_again() -> None:
    assert "secret" not in "".join(faults(f"witness a {key(1)} https://user:secret@example.org/\nquorum a\n"))


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: EXAMPLE.encode() + text.encode()))
def test_any_bytes_are_a_policy_or_refused_with_reasons(raw: bytes) -> None:
    try:
        found = read_policy(raw)
    except PolicyRefused:
        assert faults(raw)
    else:
        assert read_policy(found.text.encode()) == found


names = st.integers(1, 6).map(lambda count: [f"w{n}" for n in range(count)])


@given(names.flatmap(lambda all_: st.tuples(st.just(all_), st.sets(st.sampled_from(all_)), st.integers(1, len(all_)))))
def test_more_witnesses_never_undo_a_quorum(case: tuple[list[str], set[str], int]) -> None:
    all_, seen, least = case
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    members = tuple(Witness(name, ed25519_key(name, private, COSIGNED_ED25519)) for name in all_)
    policy = Policy(members, (Group("g", least, tuple(all_)),), "g")
    assert policy.met(seen) is (len(seen) >= least)
    assert policy.met(seen) <= policy.met(seen | {all_[0]})

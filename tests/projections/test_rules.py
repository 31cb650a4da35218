"""By which rule a ballot is counted: the one of its day and theme, with the weights of the year, and nothing where something is missing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec import UNSET

from projections.at import At
from projections.decisions.row import Ballot
from register.decisions import facts as f
from register.governance import facts as g
from tests.projections.deciding import D, corrected, instead, on, proposed, tell_members
from tests.projections.telling import GOVERNANCE, TODAY, Teller, shown
from tests.projections.test_decisions import read

BANDS = (
    g.Band(least=0, most=19_999, votes=1),
    g.Band(least=20_000, most=49_999, votes=2),
    g.Band(least=50_000, most=99_999, votes=3),
    g.Band(least=100_001, votes=4),
)
SIZES = {"gm1": 170_000, "gm2": 60_000, "gm3": 30_000, "gm4": 15_000, "gm5": 12_000}
"""Votes 4, 3, 2, 1 and 1, together 11; of 287.000 inhabitants a majority is 143.501."""


def weighing(kind: str = "weighted", **said: object) -> g.RuleAdopted:
    """A rule of the assembly that weighs by inhabitants, fixed each 1 January."""
    fields: dict[str, object] = {"from_": "2021-01-01", "until": "2026-01-14", "reference": "01-01"} | said
    return g.RuleAdopted(body="mra-av", kind=kind, bands=BANDS, **fields)  # type: ignore[arg-type]  # as the test says it


def counted(sizes: Mapping[str, int], day: str = "2021-01-01") -> tuple[g.InhabitantsCounted, ...]:
    """So many inhabitants on a day."""
    return tuple(g.InhabitantsCounted(member=code, inhabitants=number, on=day) for code, number in sizes.items())


def tell_ballot(teller: Teller, votes: Mapping[str, f.Choice], day: str = "2022-07-04", **said: object) -> int:
    """A decision with everybody of SIZES on its list and one ballot by name; the number of the votes."""
    fields: dict[str, object] = {"how": "roll-call", "unit": "member", "names": "all"} | said
    listed = f.PartiesListed(list="voters", basis="stated", members=tuple(SIZES))
    teller.tell(D, proposed(teller, on=day), listed)
    teller.tell(D, f.VoteHeld(ballot=1, on=day, **fields))  # type: ignore[arg-type]  # as the test says it
    named = tuple(f.Vote(voter=voter, choice=choice) for voter, choice in votes.items())
    return teller.tell(D, f.VotesRecorded(ballot=1, votes=named))


def cast(for_: str, against: str) -> dict[str, f.Choice]:
    """Who voted for and who against; nobody else is named."""
    said: dict[str, f.Choice] = {f"gm{n}": "for" for n in for_.split()}
    said.update({f"gm{n}": "against" for n in against.split()})
    return said


def everybody(for_: str, against: str) -> dict[str, f.Choice]:
    """The same, and all others abstained."""
    others: dict[str, f.Choice] = dict.fromkeys(SIZES, "abstained")
    return others | cast(for_, against)


async def ballot_of(teller: Teller, at: At = TODAY) -> Ballot:
    async with shown(teller) as conn:
        (found,) = (await read(conn, at)).ballots
    return found


SPLITS = [
    pytest.param("1 2", "3 4 5", "adopted", "adopted", id="seven of eleven votes, and 230.000 of 287.000 people"),
    pytest.param("2 3", "4 5", "adopted", "rejected", id="five votes to two, but 90.000 of 287.000 people"),
    pytest.param("2 3 4 5", "1", "adopted", "rejected", id="seven of eleven votes, but 117.000 of 287.000 people"),
    pytest.param("1", "2 3 4 5", "rejected", "rejected", id="four of eleven votes, although 170.000 of 287.000 people"),
]


@pytest.mark.parametrize(("for_", "against", "by_weight", "by_both"), SPLITS)
async def test_votes_and_inhabitants_are_two_majorities(
    teller: Teller, for_: str, against: str, by_weight: str, by_both: str
) -> None:
    tell_members(teller, *SIZES)
    budget = weighing("double-majority", subjects=("begroting",))
    teller.tell(GOVERNANCE, weighing(), budget, *counted(SIZES))
    tell_ballot(teller, everybody(for_, against))
    general = await ballot_of(teller)
    teller.tell(D, f.DecisionThemed(theme="begroting"))
    special = await ballot_of(teller)
    assert (general.rule, general.result) == ("weighted", by_weight)
    assert (special.rule, special.result) == ("double-majority", by_both)
    assert special.weighing is not None
    assert special.weighing.votes == {"gm1": 4, "gm2": 3, "gm3": 2, "gm4": 1, "gm5": 1}


async def test_on_new_years_day_the_weights_are_those_of_the_new_year(teller: Teller) -> None:
    tell_members(teller, *SIZES)
    teller.tell(GOVERNANCE, weighing(), *counted(SIZES), *counted({"gm4": 50_000}, "2021-12-31"))
    tell_ballot(teller, cast("1 4", "2 3 5"), day="2021-12-31")
    before = await ballot_of(teller)
    teller.tell(D, corrected(teller, 3, instead("vote.held", {"ballot": 1, "how": "roll-call", "unit": "member", "names": "all", "on": "2022-01-01"})))  # fmt: skip
    after = await ballot_of(teller)
    assert before.weighing is not None
    assert after.weighing is not None
    assert (before.weighing.reference.isoformat(), before.weighing.votes["gm4"]) == ("2021-01-01", 1)
    assert (after.weighing.reference.isoformat(), after.weighing.votes["gm4"]) == ("2022-01-01", 3)
    assert (before.result, after.result) == ("rejected", "adopted")


async def test_where_a_rule_ended_or_the_source_names_no_day_there_is_no_result_at_all(teller: Teller) -> None:
    tell_members(teller, *SIZES)
    teller.tell(GOVERNANCE, weighing(), *counted(SIZES))
    tell_ballot(teller, cast("1 2", "3 4 5"), day="2026-01-14")
    last = await ballot_of(teller)
    after = {"ballot": 1, "how": "roll-call", "unit": "member", "names": "all"}
    teller.tell(D, corrected(teller, 3, instead("vote.held", after | {"on": "2026-01-15"})))
    next_day = await ballot_of(teller)
    teller.tell(D, corrected(teller, 3, instead("vote.held", after)))
    undated = await ballot_of(teller)
    teller.tell(D, corrected(teller, 3, instead("vote.held", after | {"on": "2026-01"})))
    across = await ballot_of(teller)
    assert (last.result, last.rule) == ("adopted", "weighted")
    for found in (next_day, undated, across):
        assert (found.result, found.rule, found.weighing) == (UNSET, None, None)


async def test_a_missing_number_is_named_and_nothing_is_computed(teller: Teller) -> None:
    tell_members(teller, *SIZES)
    known = {code: number for code, number in SIZES.items() if code != "gm3"}
    teller.tell(GOVERNANCE, weighing(), *counted(known), *counted({"gm3": 30_000}, "2022-02-01"))
    tell_ballot(teller, cast("1 2", "3 4 5"))
    found = await ballot_of(teller)
    assert found.result is UNSET
    assert found.weighing is not None
    assert found.weighing.missing == ("gm3",)
    assert "gm3" not in found.weighing.votes


async def test_a_stated_outcome_stays_and_the_difference_is_shown(teller: Teller) -> None:
    tell_members(teller, *SIZES)
    teller.tell(GOVERNANCE, weighing(), *counted(SIZES))
    tell_ballot(teller, cast("1 2", "3 4 5"))
    outcome = teller.tell(D, f.OutcomeRecorded(verb="rejected", on="2022-07-04"))
    differs = await ballot_of(teller)
    teller.tell(D, corrected(teller, outcome, instead("outcome.recorded", {"verb": "agreed", "on": "2022-07-04"})))
    agrees = await ballot_of(teller)
    assert (differs.result, differs.outcome_differs) == ("adopted", True)
    assert (agrees.result, agrees.outcome_differs) == ("adopted", False)


async def test_what_the_source_says_of_the_others_is_weighed_too(teller: Teller) -> None:
    tell_members(teller, *SIZES)
    teller.tell(GOVERNANCE, weighing("double-majority"), *counted(SIZES))
    tell_ballot(teller, cast("", "2 3"), names="some", rest="for")
    found = await ballot_of(teller)
    assert found.result == "adopted"
    assert found.computed == {"against": 2}


async def test_a_quorum_is_a_share_of_all_weights(teller: Teller) -> None:
    tell_members(teller, *SIZES)
    teller.tell(GOVERNANCE, weighing(quorum="0.5"), *counted(SIZES))
    absent: dict[str, f.Choice] = dict.fromkeys(("gm1", "gm4", "gm5"), "absent")
    votes = tell_ballot(teller, absent | cast("2 3", ""))
    few = await ballot_of(teller)
    enough = {
        "ballot": 1,
        "votes": [{"voter": "gm2", "choice": "for"}, {"voter": "gm3", "choice": "for"}, {"voter": "gm4", "choice": "against"}],
    }  # fmt: skip
    teller.tell(D, corrected(teller, votes, instead("votes.recorded", enough)))
    many = await ballot_of(teller)
    assert (few.result, many.result) == ("no-quorum", "adopted")


async def test_of_seats_the_source_says_how_many_each_has(teller: Teller) -> None:
    teller.tell(GOVERNANCE, g.RuleAdopted(body="mra-av", kind="majority", from_="2021", quorum="0.5"))
    teller.tell(D, proposed(teller), f.PartiesListed(list="voters", basis="stated", members=("g1", "g2", "g3")))
    teller.tell(D, f.VoteHeld(ballot=1, how="hands", unit="seat", names="all", on="2022-07-04"))
    seats = (
        f.Vote(voter="g1", choice="for", weight=9),
        f.Vote(voter="g2", choice="against", weight=11),
        f.Vote(voter="g3", choice="absent", weight=21),
    )
    votes = teller.tell(D, f.VotesRecorded(ballot=1, votes=seats))
    few = await ballot_of(teller)
    said = {"ballot": 1, "votes": [{"voter": "g1", "choice": "for", "weight": 9}, {"voter": "g2", "choice": "against", "weight": 11}, {"voter": "g3", "choice": "absent", "weight": 20}]}  # fmt: skip
    teller.tell(D, corrected(teller, votes, instead("votes.recorded", said)))
    enough = await ballot_of(teller)
    assert (few.result, enough.result) == ("no-quorum", "rejected")


@pytest.mark.parametrize("kind", ["none", "consensus", "written"])
async def test_a_rule_that_says_nothing_to_count_is_named_and_computes_nothing(teller: Teller, kind: str) -> None:
    rule = g.RuleAdopted(body="mra-av", kind=kind, from_="2021")  # type: ignore[arg-type]  # one of its words
    teller.tell(GOVERNANCE, rule)
    tell_ballot(teller, cast("1 2", "3 4 5"))
    found = await ballot_of(teller)
    assert (found.rule, found.result) == (kind, UNSET)


async def test_two_themes_with_two_rules_have_none_together(teller: Teller) -> None:
    teller.tell(
        GOVERNANCE,
        g.RuleAdopted(body="mra-av", kind="majority", from_="2021", subjects=("wonen",)),
        g.RuleAdopted(body="mra-av", kind="consensus", from_="2021", subjects=("vervoer",)),
    )
    tell_ballot(teller, cast("1 2", "3 4 5"))
    teller.tell(D, f.DecisionThemed(theme="wonen"))
    one = await ballot_of(teller)
    teller.tell(D, f.DecisionThemed(theme="vervoer"))
    both = await ballot_of(teller)
    assert (one.rule, one.result) == ("majority", "rejected")
    assert (both.rule, both.result) == (None, UNSET)


async def test_a_divided_voter_or_a_choice_between_persons_is_judged_by_nobody(teller: Teller) -> None:
    teller.tell(GOVERNANCE, g.RuleAdopted(body="mra-av", kind="majority", from_="2021"))
    fifth: dict[str, f.Choice] = {"gm5": "divided"}
    tell_ballot(teller, fifth | cast("1 2 3", "4"))
    divided = await ballot_of(teller)
    option = {"option": 1, "title": {"_sd": list(teller.text("De een").sd), "lang": "nl", "words": "summary"}}
    said = {"ballot": 1, "how": "secret", "unit": "member", "names": "all", "on": "2022-07-04", "options": [option]}
    teller.tell(D, corrected(teller, 3, instead("vote.held", said)))
    elected = await ballot_of(teller)
    assert (divided.result, elected.result) == (UNSET, UNSET)


async def test_a_number_that_came_later_changes_what_is_known_from_then_on(teller: Teller) -> None:
    tell_members(teller, *SIZES)
    teller.tell(GOVERNANCE, weighing(), *counted({code: n for code, n in SIZES.items() if code != "gm1"}))
    votes = tell_ballot(teller, cast("1 2", "3 4 5"))
    teller.tell(GOVERNANCE, *counted({"gm1": SIZES["gm1"]}))
    async with shown(teller) as conn:
        (now,) = (await read(conn)).ballots
        (then,) = (await read(conn, At(TODAY.valid_on, teller.known(D, votes)))).ballots
        (of_day,) = (await read(conn, on("2022-07-04"))).ballots
    assert (now.result, of_day.result, then.result) == ("adopted", "adopted", UNSET)
    assert then.weighing is not None
    assert then.weighing.missing == ("gm1",)

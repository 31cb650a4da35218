"""Dossiers, views, advice and undertakings of the shipped history: what their sources say, with its day, and no more."""

from __future__ import annotations

from register.decisions import consultation as c
from register.decisions.facts import DecisionLinked, DecisionProposed, OutcomeRecorded
from register.decisions.standing import MinorityStandpointRecorded
from register.dossiers import facts as f
from register.history import effective
from register.values import is_exact
from tests.data.told import Told


def belonging(register: Told, name: str) -> set[str]:
    """The lines of the decisions that belong to a dossier, by their first entry or by a link."""
    dossier = register.made[name].stream
    found = set()
    for stream, state in register.streams.items():
        for entry in effective(state.history):
            links = entry.fact.links or () if isinstance(entry.fact, DecisionProposed | DecisionLinked) else ()
            proposed = isinstance(entry.fact, DecisionProposed) and entry.fact.dossier == dossier
            if proposed or any(link.to == dossier for link in links):
                found.add(
                    next(line for line, place in register.made.items() if (place.stream, place.seq) == (stream, 1))
                )
    return found


BEGUN = {
    "dossier-agenda-2020": ("2018-10", [1, 2], [], 8),
    "dossier-mra-agenda": ("2023-03-14", [1], [], 8),
    "dossier-samenwerkingsafspraken": ("2021-03-09", [1, 2, 3], [], 7),
    "dossier-meerjarenbegroting": ("2022-02-04", [1], [2021], 5),
    "dossier-voortgangsnota-2022": ("2023-03-14", [], [2022], 4),
    "dossier-voortgangsnota-2023": ("2024-04", [], [2023], 3),
    "dossier-verstedelijkingsconcept": ("2021-05-17", [2], [], 2),
    "dossier-implementatie": ("2022-04-01", [1, 2], [], 3),
    "dossier-termijnagenda": ("2022-11-08", [], [2023, 2024], 0),
}
"""The first day of each dossier, its versions, its editions, and how many steps its route has."""


def test_each_dossier_begins_on_the_first_day_of_which_a_source_tells(mra: Told) -> None:
    found = {}
    for name in BEGUN:
        (first,), dossier = mra.said(name, f.DossierOpened), mra.dossier(name)
        found[name] = (first.on, sorted(dossier.versions), sorted(dossier.editions), len(dossier.steps))
    assert found == BEGUN
    assert len(mra.dossiers()) == len(BEGUN)


def test_a_second_planning_moves_days_and_the_first_stays(mra: Told) -> None:
    plans = mra.said("dossier-meerjarenbegroting", f.RoutePlanned)
    assert [[step.planned_on for step in plan.steps if step.by == "mra-av"] for plan in plans] == [
        ["2022-09-16"], ["2022-09-21", "2022-11-18"],
    ]  # fmt: skip
    (plan,) = mra.said("dossier-implementatie", f.RoutePlanned)
    assert {step.step: step.planned_on for step in plan.steps}[3] == "2024-03-24"
    assert [each.on for each in mra.said("dossier-implementatie", f.RouteStepReached) if each.step == 3] == [
        "2024-03-22"
    ]


def test_a_planning_says_nothing_that_its_day_could_not_know(mra: Told) -> None:
    plans = mra.said("dossier-verstedelijkingsconcept", f.RoutePlanned)
    assert [(plan.on, len(plan.steps)) for plan in plans] == [("2021-05-17", 1), ("2021-11-03", 2)]
    assert [len(plan.steps) for plan in mra.said("dossier-mra-agenda", f.RoutePlanned)] == [3, 7, 8]


def test_what_no_source_tells_of_again_was_not_reached(mra: Told) -> None:
    unreached = {
        name: mra.dossier(name).steps - mra.dossier(name).reached
        for name in ("dossier-agenda-2020", "dossier-voortgangsnota-2022", "dossier-verstedelijkingsconcept")
    }
    assert unreached == {
        "dossier-agenda-2020": {5, 6, 8},
        "dossier-voortgangsnota-2022": {2, 3, 4},
        "dossier-verstedelijkingsconcept": set(),
    }


def test_decisions_that_were_told_before_join_their_dossier(mra: Told) -> None:
    assert belonging(mra, "dossier-samenwerkingsafspraken") == {
        "samenwerkingsafspraken", "gs-noord-holland", "motie-m153", "motie-transparantie", "motie-zaanstad",
    }  # fmt: skip
    assert belonging(mra, "dossier-meerjarenbegroting") >= {"meerjarenbegroting", "raad-amstelveen", "staten-brief"}
    assert belonging(mra, "dossier-voortgangsnota-2022") == {
        "vrijgave-voortgangsnota-2022",
        "staten-voortgangsnota-2022",
    }
    assert belonging(mra, "dossier-implementatie") == {"mandaat-kwartiermaker", "keuze-platformvoorzitters"}


def test_row_2_an_undertaking_of_a_span_of_days_is_closed_two_years_later(mra: Told) -> None:
    (given,) = mra.said("staten-brief", c.UndertakingGiven)
    (closed,) = mra.said("staten-brief", c.UndertakingClosed)
    assert (given.number, given.on, given.to, closed.on) == ("2499", "2022-06-20/2022-07-04", "pv27-ps", "2024-06-24")
    assert given.condition is not None
    assert given.voice.members == ("pv27",)


def test_row_17_three_elected_bodies_speak_once_and_two_groups_speak_against_that(mra: Told) -> None:
    (bid,) = mra.said("proposities", c.ViewReceived)
    (against,) = mra.said("proposities", MinorityStandpointRecorded)
    assert (bid.kind, bid.on, bid.voice.as_, bid.voice.layer) == ("bid", "2023-10", "joint", "council")
    assert bid.voice.members == ("gm0034", "gm0995", "pv24")
    assert against.against == mra.made["duidelijk-anders"].seq
    assert (against.voice.layer, against.voice.members) == ("group", None)
    assert against.voice.parties == ("gm0995-raad-g1", "gm0034-raad-g1")


def test_row_19_the_colleges_answer_together_and_nine_councils_are_asked_apart(mra: Told) -> None:
    (view,) = mra.said("werkplan-begroting", c.ViewReceived)
    (invited,) = mra.said("werkplan-begroting", c.ViewsInvited)
    assert (view.voice.members, view.voice.subregion, view.certain) == (None, "zaanstreek-waterland", False)
    assert (len(invited.parties), invited.separately, invited.on, invited.certain) == (9, True, "2020-10", False)


def test_row_20_some_sign_and_some_support_without_a_seat(mra: Told) -> None:
    (view,) = mra.said("woondeal", c.ViewReceived)
    (outcome,) = mra.said("woondeal", OutcomeRecorded)
    assert (view.voice.as_, view.voice.parties) == ("outside", ("x-corporaties",))
    assert (outcome.verb, outcome.count, outcome.on) == ("signed", 33, "2023-03-15")
    assert mra.decision("woondeal").positions == {}


def test_councils_are_asked_as_they_were_on_the_day(mra: Told) -> None:
    asked = {
        name: {len(invited.parties) for invited in mra.said(name, c.ViewsInvited)}
        for name in ("verstedelijkingsstrategie", "vrijgave-voortgangsnota-2022", "mra-agenda-2025")
    }
    assert asked == {
        "verstedelijkingsstrategie": {35},  # 32 councils, two of provinces, and the water boards
        "vrijgave-voortgangsnota-2022": {32},
        "mra-agenda-2025": {32},
    }


def test_the_reply_note_states_23_letters_and_212_items_and_names_one_writer(mra: Told) -> None:
    (note,) = mra.said("verstedelijkingsstrategie", c.ReplyNotePublished)
    (view,) = mra.said("verstedelijkingsstrategie", c.ViewReceived)
    assert (note.on, note.letters, note.items) == ("2021-11-03", 23, 212)
    assert view.voice.parties == ("x-waterschappen",)


def test_the_council_members_table_advises_asked_and_unasked_and_is_answered(mra: Told) -> None:
    found = {}
    for name in ("planning-mra-agenda", "vrijgave-voortgangsnota-2022", "advies-termijnagenda"):
        (advice,), (answer,) = mra.said(name, c.AdviceGiven), mra.said(name, c.AdviceAnswered)
        assert (advice.voice.parties, answer.reason) == (("mra-raadtafel",), None)
        found[name] = (advice.on, "unasked" if advice.request is None else "asked", answer.outcome, answer.by)
    assert found == {
        "planning-mra-agenda": ("2023-03-14", "asked", "adopted", "mra-bestuur"),
        "vrijgave-voortgangsnota-2022": ("2023-03-14", "asked", "partly-adopted", "mra-bestuur"),
        "advies-termijnagenda": ("2022-11-08/2023-11-30", "unasked", "adopted", "mra-bestuur"),
    }


def test_what_the_chair_agreed_to_is_an_undertaking_and_no_answer_of_the_assembly(mra: Told) -> None:
    (advice,) = mra.said("meerjarenbegroting", c.AdviceGiven)
    assert (advice.on, advice.request, mra.said("meerjarenbegroting", c.AdviceAnswered)) == ("2022-11-08", None, [])
    (promised,) = mra.said("meerjarenbegroting", c.UndertakingGiven)
    assert (promised.on, promised.to, promised.due) == ("2022-11-08", "mra-raadtafel", "2023")


def test_of_six_things_agreed_on_the_way_two_are_closed(mra: Told) -> None:
    undertakings = mra.decision("mandaat-kwartiermaker").undertakings
    assert (len(undertakings), sum(each.closed for each in undertakings.values())) == (6, 2)


def test_a_day_that_was_inferred_says_so(mra: Told) -> None:
    """The day of a planning or a request that stands in no source is marked; a span of days is never made exact."""
    for dossier in mra.dossiers():
        for entry in effective(dossier.history):
            if isinstance(entry.fact, f.RouteStepReached | f.VersionPublished | f.EditionPublished):
                assert entry.fact.certain is None
    for decision in mra.decisions():
        for entry in effective(decision.history):
            if isinstance(entry.fact, c.AdviceRequested):
                assert entry.fact.on is not None
                assert (entry.fact.certain, is_exact(entry.fact.on)) == (False, False)


def test_the_regional_agenda_of_the_gmr_waits_for_each_council_to_opt_in(gmr: Told) -> None:
    (plan,) = gmr.said("dossier-regionale-agenda", f.RoutePlanned)
    assert (plan.steps[-1].stage, plan.steps[-1].by) == ("each-member", None)
    dossier = gmr.dossier("dossier-regionale-agenda")
    assert (dossier.rung, sorted(dossier.reached)) == (1, [1, 2])
    assert gmr.decision("regionale-agenda-2022").outcomes == {"": "adopted"}
    assert belonging(gmr, "dossier-rpw") == {"rpw-uitgangspunten", "rpw-aanbieden"}

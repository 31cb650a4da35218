"""One example of every refusal: what was told before, what is asked then, by whom, and the rule that says no.

`REGION` is told once before any example, and every account of `ACCOUNTS` has its mandates.
No two examples share a code, so that they can be told one after the other to one register.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from register import refusals as every
from register.charter import rules as charter
from register.decisions import refusals as no
from register.decisions import standing_refusals as not_so
from register.governance import refusals as gov
from register.meetings import refusals as met
from register.refusals import Refusal
from tests.register.example import Example, refused
from tests.register.heard_examples import HEARD
from tests.register.lines import (
    ABSENT,
    ADMIN,
    AV,
    CLERK,
    COLLEAGUE,
    GUEST,
    MANDATE,
    OPENED,
    REGISTRAR,
    at,
    ballot,
    body_,
    correction,
    decision,
    each_decides,
    item,
    line,
    meeting,
    member,
    on,
    outcome,
    part,
    position,
    standpoint,
    vote,
    votes,
)

ANYWHERE = (
    refused(every.NoMandate, position(as_=GUEST), decision()),
    refused(every.NotYours, position("gm0402", as_="gm0363"), decision()),
    refused(
        every.NotADay,
        outcome(on="2023-02-30"),
        decision(),
        field="on",
        schema="a day that does not exist has not the form of a day",
    ),
    refused(every.NotYetHappened, outcome(on="2099-01-01"), decision(), field="on"),
    refused(
        every.PeriodRunsBack, line("/bodies/vb-back/dissolution", ADMIN, until="2016"), body_("vb-back"), field="until"
    ),
    refused(every.UnknownMember, line("/members/vb-nobody/departure", ADMIN, until="2024"), field="member"),
    refused(every.UnknownBody, line("/rules", ADMIN, body="vb-nobody", kind="consensus", from_="2021"), field="body"),
    refused(
        every.UnknownParty,
        line("/seats", ADMIN, body="mra-bestuur", holder="vb-nobody", capacity="own", from_="2021"),
        field="holder",
    ),
    refused(
        every.UnknownSubregion,
        line("/subregions/vb-nowhere/members", ADMIN, member="gm0363", from_="2021"),
        field="subregion",
    ),
    refused(every.UnknownEntry, on("evidence", of=9, evidence=[{"grade": "minutes"}]), decision(), field="of"),
    refused(every.MemberNotInForce, position("gm0457", on="2023-03-24"), decision(), field="member"),
    refused(every.AnotherKindOfStream, on("outcome", to="{m}", verb="adopted"), meeting()),
    refused(
        every.EntryTooLong, line("(long d)"), decision(), schema="every list in a body is short enough for one entry"
    ),
)

CORRECTING = (
    refused(
        every.CorrectsACorrection,
        correction("c"),
        decision(),
        outcome(),
        msgspec.structs.replace(correction("o"), name="c"),
        field="corrects",
    ),
    refused(every.FirstEntryStays, correction("d"), decision(), field="instead"),
    refused(
        every.InsteadOfAnotherType,
        correction("o", {"text": "Zo."}, "justification.given"),
        decision(),
        outcome(),
        field="instead.type",
    ),
    refused(
        every.NothingChanged,
        correction("o", {"verb": "adopted", "on": "2023-03-24"}, "outcome.recorded"),
        decision(),
        outcome(),
        field="instead",
    ),
    refused(
        every.BreaksHistory,
        correction("b"),
        decision(),
        msgspec.structs.replace(ballot(), name="b"),
        votes(vote("gm0363")),
        field="corrects",
    ),
    refused(
        every.NotAPayload,
        correction("o", {"verb": "embraced"}, "outcome.recorded"),
        decision(),
        outcome(),
        field="instead.data",
        schema="the payload of a correction is held against the schema of its own type",
    ),
)

REGISTER = (
    refused(
        charter.AlreadyOpened,
        line("(register r)", "register", **OPENED),
        line("(register)", "register", "r", **OPENED),
        schema="a register is opened from the command line, before it serves",
    ),
)

GOVERNANCE = (
    refused(gov.CodeTaken, member("vb-taken"), body_("vb-taken"), field="member"),
    refused(gov.LayerNeedsMember, body_("vb-layer", of="gm0363"), field="layer"),
    refused(
        gov.BodyEnded,
        line("/bodies/vb-ended/dissolution", ADMIN, until="2022"),
        body_("vb-ended"),
        line("/bodies/vb-ended/dissolution", ADMIN, until="2021"),
        field="body",
    ),
    refused(gov.AlreadyMember, member("vb-again", from_="2020"), member("vb-again"), field="member"),
    refused(
        gov.MemberEnded,
        line("/members/vb-gone/departure", ADMIN, until="2022"),
        member("vb-gone"),
        line("/members/vb-gone/departure", ADMIN, until="2021"),
        field="member",
    ),
    refused(
        gov.IntoItself,
        line("/members/vb-self/merger", ADMIN, into="vb-self", until="2022"),
        member("vb-self"),
        field="into",
    ),
    refused(
        gov.GroupNameInClear,
        line("/parties", ADMIN, code="vb-clear", kind="political-group", name="Fractie"),
        field="name",
        schema="a body gives the name of a group as an object with its text",
    ),
    refused(
        gov.AlreadyInSubregion,
        line("/subregions/ijmond/members", ADMIN, member="vb-twice", from_="2020"),
        member("vb-twice"),
        line("/subregions/ijmond/members", ADMIN, member="vb-twice", from_="2018"),
        field="member",
    ),
    refused(
        gov.NotInSubregion, line("/subregions/ijmond/departures", ADMIN, member="gm0363", until="2020"), field="member"
    ),
    refused(
        gov.SeatsNotAssigned,
        line("/seats", ADMIN, body="mra-av", holder="gm0363", capacity="own", from_="2021"),
        field="body",
    ),
    refused(gov.UnknownSeat, line("/seats/1/vacation", ADMIN, until="2022"), field="seat"),
    refused(
        gov.SeatVacant,
        line("/seats/{seat#seq}/vacation", ADMIN, until="2023"),
        line("/seats", ADMIN, "seat", body="mra-bestuur", holder="gm0363", capacity="own", from_="2021"),
        line("/seats/{seat#seq}/vacation", ADMIN, until="2022"),
        field="seat",
    ),
    refused(
        gov.MandateTaken,
        line("/mandates", ADMIN, mandate=MANDATE, role="clerk", for_="mra-av", from_="2022"),
        line("/mandates", ADMIN, mandate=MANDATE, role="clerk", for_="mra-av", from_="2021"),
        field="mandate",
        schema="over HTTP the register chooses the id of a mandate",
    ),
    refused(gov.UnknownMandate, line(f"/mandates/{ABSENT}/end", ADMIN, until="2022"), field="mandate"),
    refused(
        gov.MandateOver,
        line("/mandates/{mandate}/end", ADMIN, until="2023"),
        line("/mandates", ADMIN, "mandate", role="clerk", for_="mra-av", from_="2021"),
        line("/mandates/{mandate}/end", ADMIN, until="2022"),
        field="mandate",
    ),
    refused(
        gov.RepresentsAMember, line("/mandates", ADMIN, role="representative", for_="mra-av", from_="2021"), field="for"
    ),
    refused(gov.ServesABody, line("/mandates", ADMIN, role="clerk", for_="gm0363", from_="2021"), field="for"),
    refused(
        gov.ServesTheRegion,
        line("/mandates", ADMIN, role="auditor", for_="vb-nobody", from_="2021"),
        field="for",
    ),
    refused(
        gov.RuleInForce,
        line("/rules", ADMIN, body="vb-ruled", kind="majority", from_="2022"),
        body_("vb-ruled"),
        line("/rules", ADMIN, body="vb-ruled", kind="consensus", from_="2021"),
        field="body",
    ),
    refused(
        gov.RuleNeedsBands,
        line("/rules", ADMIN, body="vb-bands", kind="weighted", from_="2021"),
        body_("vb-bands"),
        field="bands",
    ),
    refused(gov.ThemeTaken, line("/themes", ADMIN, code="wonen", name="Wonen"), field="code"),
)

MEETINGS = (
    refused(
        met.AlreadyPlanned,
        line("(meeting m)", CLERK, body="mra-av", plannedOn="2022-09-21"),
        meeting(),
        schema="every meeting that is planned gets an id of its own",
    ),
    refused(met.NotPlanned, line(f"/meetings/{ABSENT}/cancellation", CLERK)),
    refused(met.AlreadyHeld, at("cancellation"), meeting(), at("holding", on="2022-09-21")),
    refused(met.Cancelled, at("holding", on="2022-09-21"), meeting(), at("cancellation")),
    refused(
        met.PresentAndAbsent,
        at("holding", on="2022-09-21", present=["gm0363"], absent=[{"member": "gm0363", "notice": True}]),
        meeting(),
        field="absent.0.member",
    ),
    refused(met.ItemTaken, item(), meeting(), item(), field="item"),
    refused(met.UnknownItem, at("agenda-item-withdrawals", item="7"), meeting(), field="item"),
    refused(met.PaperNeedsAddress, at("documents", kind="minutes", state="public"), meeting(), field="at"),
)

DECISIONS = (
    refused(
        no.AlreadyProposed,
        line("(decision d)", CLERK, title="Nog eens", decidedBy=AV, kind="decision", class_="not-stated"),
        decision(),
        schema="every decision that is proposed gets an id of its own",
    ),
    refused(no.NotProposed, on("outcome", to=ABSENT, verb="adopted")),
    refused(no.Struck, outcome(), decision(), on("striking", because="exercise", grounds="Een oefening.")),
    refused(
        no.DecidedByOne,
        decision(decidedBy={"body": "mra-av", "each": "member"}),
        field="decidedBy",
        schema="an object with both has one property too many",
    ),
    refused(no.UnknownDecision, on("links", links=[{"rel": "about", "to": ABSENT}]), decision(), field="links.0.to"),
    refused(no.UnknownDossier, decision(dossier=ABSENT), field="dossier"),
    refused(
        no.LinkNeedsTarget,
        on("links", links=[{"rel": "about"}]),
        decision(),
        field="links.0",
        schema="a link without a target is no link",
    ),
    refused(no.LinksToItself, on("links", links=[{"rel": "about", "to": "{d}"}]), decision(), field="links.0.to"),
    refused(no.UnknownTheme, on("themes", theme="vb-nothing"), decision(), field="theme"),
    refused(no.AlreadyThemed, on("themes", theme="wonen"), decision(), on("themes", theme="wonen"), field="theme"),
    refused(no.UnknownMeeting, on("placements", meeting=ABSENT, item="5"), decision(), field="meeting"),
    refused(no.NotOnTheAgenda, on("placements", meeting="{m}", item="9"), decision(), meeting(), item(), field="item"),
    refused(
        no.AlreadyPlaced,
        on("placements", meeting="{m}", item="5", letter="a"),
        decision(),
        meeting(),
        item(),
        on("placements", meeting="{m}", item="5", letter="a"),
        field="item",
    ),
    refused(no.PartTaken, part(), decision(), part(), field="part"),
    refused(no.UnknownPart, position(part="p9"), decision(), part(), field="part"),
    refused(no.NotTheNextVersion, on("part-versions", part="p1", n=3, text="Anders."), decision(), part(), field="n"),
    refused(no.NothingAmended, on("part-versions", part="p1", n=2), decision(), part()),
    refused(
        no.ListWritten,
        on("party-lists", list="course-for", basis="stated", count=16),
        decision(),
        on("party-lists", list="course-for", basis="stated", count=17),
        field="list",
    ),
    refused(
        no.ListIsCountedOn,
        correction("l"),
        decision(),
        on("party-lists", CLERK, "l", list="course-for", basis="stated", members=["gm0363", "gm0402"]),
        position(),
        field="corrects",
    ),
    refused(
        no.NamedDecisionStruck,
        on("striking", because="duplicate", grounds="Staat er twee keer in.", see="{e}"),
        decision("e"),
        on("striking", to="{e}", because="exercise", grounds="Een oefening."),
        decision(),
        field="see",
    ),
    refused(
        no.MembersOrCount,
        on("party-lists", list="voters", basis="stated", members=["gm0363", "gm0402"], count=1),
        decision(),
        field="members",
    ),
    refused(
        no.NamedTwice,
        ballot(options=[{"option": 1, "title": "Haarlem"}, {"option": 1, "title": "Hilversum"}]),
        decision(),
        field="options.1.option",
    ),
    refused(no.BallotTaken, ballot(), decision(), ballot(), field="ballot"),
    refused(no.UnknownBallot, votes(vote("gm0363")), decision(), field="ballot"),
    refused(no.BallotHasNoNames, ballot(how="secret"), decision(), field="names"),
    refused(
        no.VoterTwice, votes(vote("gm0363"), vote("gm0363", "against")), decision(), ballot(), field="votes.1.voter"
    ),
    refused(no.NotOnTheList, votes(vote("gm0457")), decision(), ballot(on="2022-03-24"), field="votes.0.voter"),
    refused(no.UnknownOption, votes(vote("gm0363", option=2)), decision(), ballot(), field="votes.0.option"),
    refused(
        no.SplitNeedsDivided,
        votes(vote("gm0363", split={"for": 2, "against": 1})),
        decision(),
        ballot(),
        field="votes.0.split",
    ),
    refused(no.OutcomeNeedsMember, outcome(), each_decides(), field="decides"),
    refused(no.DecidedByBody, outcome(decides="gm0363"), decision(), field="decides"),
    refused(no.OutcomeStands, outcome("rejected"), decision(), outcome(), field="verb"),
    refused(no.CourseNeedsVerb, outcome("noted", sets=[{"part": "p1", "n": 1}]), decision(), part(), field="sets"),
    refused(
        no.NothingToConfirm,
        on("confirmations", COLLEAGUE, upTo=1),
        decision(),
        on("confirmations", COLLEAGUE, upTo=1),
        field="upTo",
    ),
    refused(no.OwnEntry, on("confirmations", upTo=1), decision(), field="upTo"),
    refused(
        no.DuplicateNeedsSee,
        on("striking", because="duplicate", grounds="Staat er twee keer in."),
        decision(),
        field="see",
    ),
    refused(
        no.VoiceNeedsName, on("remarks", voice={"as": "own", "layer": "group"}, text="Vaag."), decision(), field="voice"
    ),
    refused(
        no.OutsideHasNoSeat,
        on("remarks", voice={"as": "outside", "members": ["gm0363"]}, text="Vaag."),
        decision(),
        field="voice.members",
    ),
    refused(
        no.VanuitSpeaksForOne,
        on("remarks", voice={"as": "vanuit", "members": ["gm0375", "gm0453"]}, text="Vaag."),
        decision(),
        field="voice.members",
    ),
)

STANDING = (
    refused(
        not_so.PositionNeedsMember,
        on("positions", stance="joins", voice={"as": "own", "members": ["gm0363"]}),
        decision(),
        field="member",
    ),
    refused(
        not_so.NamensIsNoConsent, position(voice={"as": "namens", "subregion": "ijmond"}), decision(), field="member"
    ),
    refused(
        not_so.VoiceLeavesMemberOut,
        position(voice={"as": "joint", "members": ["gm0375"]}),
        decision(),
        field="voice.members",
    ),
    refused(not_so.VersionNeedsPart, position(n=1), decision(), field="n"),
    refused(
        not_so.PositionInForce,
        position(stance="undecided", as_="gm0363"),
        decision(),
        position(as_="gm0363"),
        field="member",
    ),
    refused(not_so.ReasonNeeded, position(stance="departs", as_="gm0363"), decision(), field="reason"),
    refused(
        not_so.ReasonIsYours,
        position(stance="departs", as_="gm0363", reasonMissing="not-given"),
        decision(),
        field="reasonMissing",
    ),
    refused(
        not_so.ReasonAndMissing,
        position(stance="departs", reason="Te duur.", reasonMissing="not-given"),
        decision(),
        field="reasonMissing",
    ),
    refused(
        not_so.InterviewIsNoPosition,
        position("gm0402", "departs", reason="Schemergebied.", evidence=[{"act": "interview", "grade": "press"}]),
        decision(),
        field="evidence",
    ),
    refused(
        not_so.BasisIsNotTheirs,
        position(basis="{r}"),
        decision(),
        decision("r", REGISTRAR, decidedBy={"body": "gm0362-raad"}),
        field="basis",
    ),
    refused(
        not_so.UnknownPosition,
        line("/positions/{d}.1/explanation", CLERK, reason="Te duur."),
        decision(),
        field="position",
    ),
    refused(
        not_so.PositionWithdrawnBefore,
        line("/positions/{p}/withdrawal", "gm0363"),
        decision(),
        position(as_="gm0363"),
        line("/positions/{p}/withdrawal", "gm0363"),
        field="position",
    ),
    refused(
        not_so.AlreadyExplained,
        line("/positions/{p}/explanation", "gm0363", reason="Nog duurder."),
        decision(),
        position(stance="departs", as_="gm0363", reason="Te duur."),
        field="position",
    ),
    refused(
        not_so.NothingRevised,
        line("/positions/{p}/revisions", "gm0363", stance="joins"),
        decision(),
        position(as_="gm0363"),
        field="stance",
    ),
    refused(
        not_so.BeforeThePosition,
        line("/positions/{p}/withdrawal", "gm0363", on="2023-03-23"),
        decision(),
        position(as_="gm0363"),
        field="on",
    ),
    refused(
        not_so.OverrulesNeedsDecision,
        line("/positions/{p}/withdrawal", "gm0363", rel="overrules"),
        decision(),
        position(as_="gm0363"),
        field="because",
    ),
    refused(
        not_so.UnknownStandpoint,
        line("/minority-standpoints/{d}.1/supporters", "gm0363", member="gm0363"),
        decision(),
        field="standpoint",
    ),
    refused(
        not_so.StandpointWithdrawnBefore,
        line("/minority-standpoints/{s}/withdrawal"),
        decision(),
        standpoint(),
        line("/minority-standpoints/{s}/withdrawal"),
        field="standpoint",
    ),
    refused(
        not_so.BeforeTheStandpoint,
        line("/minority-standpoints/{s}/withdrawal", on="2021-02"),
        decision(),
        standpoint(on="2021-03-01/2021-05-31"),
        field="on",
    ),
    refused(
        not_so.AlreadyHolds,
        line("/minority-standpoints/{s}/supporters", member="gm0375"),
        decision(),
        standpoint(),
        field="member",
    ),
    refused(
        not_so.DoesNotHold,
        line("/minority-standpoints/{s}/departures", member="gm0363"),
        decision(),
        standpoint(),
        field="member",
    ),
    refused(
        not_so.WeighingNeedsReason,
        line("/minority-standpoints/{s}/weighing", outcome="noted", by="mra-bestuur"),
        decision(),
        standpoint(),
        field="reason",
    ),
)

EXAMPLES: tuple[Example, ...] = (
    *ANYWHERE,
    *CORRECTING,
    *REGISTER,
    *GOVERNANCE,
    *MEETINGS,
    *DECISIONS,
    *STANDING,
    *HEARD,
)


def rules(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """The refusals that are a rule: those that no other refusal is a kind of."""
    for kind in of.__subclasses__():
        if kind.__subclasses__():
            yield from rules(kind)
        elif kind.__module__.startswith("register."):
            yield kind

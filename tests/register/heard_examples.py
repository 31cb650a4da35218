"""One example of every refusal about dossiers, views, advice, undertakings, inhabitants, and striking or correcting what is no decision."""

from __future__ import annotations

from typing import Any

from register.charter import rules as charter
from register.charter import withdrawing
from register.decisions import consultation_refusals as no
from register.dossiers import refusals as dos
from register.governance import refusals as gov
from register.meetings import refusals as met
from tests.register.example import Example, refused
from tests.register.lines import (
    ABSENT,
    ADMIN,
    CLERK,
    OPENED,
    Body,
    Line,
    at,
    body_,
    decision,
    dossier,
    item,
    line,
    meeting,
    member,
    of_dossier,
    on,
    rule,
    withdrawn,
)

COUNCIL: Body = {"as": "own", "layer": "council", "members": ["gm0362"]}
TABLE: Body = {"as": "own", "body": "mra-bestuur", "parties": ["mra-bestuur"]}


def invited(until: str = "2021-07-12", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    told: Body = {"parties": ["gm0362-raad"], "from": "2021-05-17", "until": until, **more}
    return on("view-invitations", CLERK, "i", **told)


def view(on_: str = "2021-07-01", voice: Body = COUNCIL, name: str = "v", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return on("views", CLERK, name, voice=voice, text="Meer groen.", kind="view", on=on_, **more)


def answered(**more: Any) -> Line:  # noqa: ANN401  # any JSON
    return line(
        "/views/{v}/answers", CLERK, "w", **{"outcome": "noted", "reason": "Gedeeld.", "by": "mra-bestuur", **more}
    )


def undertaking() -> Line:
    return on(
        "undertakings",
        CLERK,
        "u",
        text="Een nieuwe afweging.",
        voice={"as": "own", "members": ["pv27"]},
        on="2022-06-20",
    )


def missed(**more: Any) -> Line:  # noqa: ANN401  # any JSON
    return on("views-missed", CLERK, **{"party": "gm0362-raad", "invitation": "{i#seq}", **more})


def route(*steps: int) -> Line:
    return of_dossier("routes", steps=[{"step": step, "plannedOn": "2023-06-23", "by": "mra-av"} for step in steps])


def bands(*bands: tuple[int, int | None, int]) -> list[Body]:
    return [
        {"least": low, "votes": votes, **({"most": high} if high is not None else {})} for low, high, votes in bands
    ]


VIEWS = (
    refused(
        no.UnknownView, on("views", voice=COUNCIL, text="Meer.", kind="view", addsTo=1), decision(), field="addsTo"
    ),
    refused(no.UnknownInvitation, missed(invitation=1), decision(), field="invitation"),
    refused(no.NotInvited, on("views-declined", party="gm0362-raad"), decision(), field="party"),
    refused(
        no.DeclinedBefore,
        on("views-declined", party="gm0362-raad"),
        decision(),
        invited(),
        on("views-declined", party="gm0362-raad"),
        field="party",
    ),
    refused(no.TermStillRuns, missed(), decision(), invited("2099-01-01"), field="invitation"),
    refused(no.ViewWasReceived, missed(), decision(), invited(), view(), field="party"),
    refused(no.MissedBefore, missed(), decision(), invited(), missed(), field="party"),
    refused(
        no.ItemTwice,
        view(items=[{"item": 1, "gist": "Groen."}, {"item": 1, "gist": "Blauw."}]),
        decision(),
        field="items.1.item",
    ),
    refused(
        no.NotTheirView,
        view(voice={"as": "own", "members": ["gm0402"]}, addsTo="{v#seq}", name=""),
        decision(),
        view(voice={"as": "joint", "members": ["gm0375", "gm0396"]}),
        field="addsTo",
    ),
    refused(no.ItemNeedsGist, answered(item=3), decision(), view(), field="item"),
    refused(no.ItemAnswered, answered(), decision(), view(), answered(), field="view"),
    refused(no.AnswerNeedsReason, answered(reasonMissing="not-given"), decision(), view(), field="reason"),
    refused(no.BeforeTheView, answered(on="2021-06-30"), decision(), view(), field="on"),
)

ADVICE = (
    refused(no.UnknownRequest, on("advice", voice=TABLE, text="Goed.", request=1), decision(), field="request"),
    refused(
        no.AdviceOfAnother,
        on("advice", voice=COUNCIL, text="Goed.", request="{a#seq}"),
        decision(),
        on("advice-requests", CLERK, "a", body="mra-bestuur"),
        field="request",
    ),
    refused(
        no.UnknownAdvice,
        line("/advice/{d}.1/answers", outcome="noted", by="mra-bestuur", reason="Gezien."),
        decision(),
        field="advice",
    ),
    refused(
        no.MoreAnswersThanAsked,
        on("polls", question="Meer of minder?", among="gm0362-raad", asked=3, answered=4),
        decision(),
        field="answered",
    ),
)

UNDERTAKINGS = (
    refused(no.UnknownUndertaking, line("/undertakings/{d}.1/closing"), decision(), field="undertaking"),
    refused(
        no.UndertakingWasClosed,
        line("/undertakings/{u}/closing"),
        decision(),
        undertaking(),
        line("/undertakings/{u}/closing"),
        field="undertaking",
    ),
    refused(
        no.BeforeTheUndertaking,
        line("/undertakings/{u}/progress", text="Nog niet.", on="2022-06-19"),
        decision(),
        undertaking(),
        field="on",
    ),
)

DOSSIERS = (
    refused(
        dos.DossierAlreadyOpened,
        line("(dossier f)", CLERK, kind="theme", title="Wonen"),
        dossier(),
        schema="the register makes the address of a new dossier",
    ),
    refused(dos.DossierNotOpened, of_dossier("titles", title="Anders", to=ABSENT)),
    refused(
        dos.DossierStruck,
        of_dossier("titles", title="Anders"),
        dossier(),
        of_dossier("striking", because="exercise", grounds="Een oefening."),
    ),
    refused(
        dos.DuplicateDossierNeedsSee,
        of_dossier("striking", because="duplicate", grounds="Staat er twee keer in."),
        dossier(),
        field="see",
    ),
    refused(dos.DossierIsClosed, of_dossier("titles", title="Anders"), dossier(), of_dossier("closing")),
    refused(
        dos.VersionTaken,
        of_dossier("versions", version=2, state="final"),
        dossier(),
        of_dossier("versions", version=2, state="concept"),
        field="version",
    ),
    refused(
        dos.EditionTaken,
        of_dossier("editions", edition=1, title="2023"),
        dossier(),
        of_dossier("editions", edition=1, title="2022"),
        field="edition",
    ),
    refused(dos.StepTwice, route(1, 1), dossier(), field="steps.1.step"),
    refused(dos.UnknownStep, of_dossier("steps-reached", step=2), dossier(), route(1), field="step"),
    refused(
        dos.StepReachedBefore,
        of_dossier("steps-reached", step=1),
        dossier(),
        route(1),
        of_dossier("steps-reached", step=1),
        field="step",
    ),
    refused(dos.ReachedStepStays, route(2), dossier(), route(1, 2), of_dossier("steps-reached", step=1), field="steps"),
    refused(
        dos.AlreadyOnStep,
        of_dossier("participation-steps", step=5),
        dossier(),
        of_dossier("participation-steps", step=5),
        field="step",
    ),
)

STRUCK = (
    refused(met.MeetingStruck, item("6"), meeting(), at("striking", because="exercise", grounds="Een oefening.")),
    refused(
        met.DuplicateMeetingNeedsSee,
        at("striking", because="duplicate", grounds="Staat er twee keer in."),
        meeting(),
        field="see",
    ),
)

INHABITANTS = (
    refused(gov.CountNeedsDay, line("/members/gm0363/inhabitants", ADMIN, inhabitants=882633), field="on"),
    refused(
        gov.CountedThatDay,
        line("/members/vb-full/inhabitants", ADMIN, inhabitants=20001, on="2022-01-01"),
        member("vb-full"),
        line("/members/vb-full/inhabitants", ADMIN, inhabitants=20000, on="2022-01-01"),
        field="on",
    ),
    refused(
        gov.BetweenBands,
        line("/members/vb-brim/inhabitants", ADMIN, inhabitants=100000, on="2022-01-01"),
        member("vb-brim"),
        body_("vb-weighs"),
        rule("vb-weighs", "weighted", bands=bands((0, 99999, 3), (100001, None, 4)), until="2023"),
        field="inhabitants",
    ),
    refused(
        gov.BandsOverlap,
        rule("vb-overlaps", "weighted", bands=bands((0, 20000, 1), (19999, None, 2))),
        body_("vb-overlaps"),
        field="bands.1",
    ),
)

REGISTER = (
    refused(
        charter.FixedAtOpening,
        line(
            "/register/corrections",
            ADMIN,
            corrects=1,
            kind="clerical",
            grounds="Verschrijving.",
            instead={
                "type": "register.opened",
                "data": {**OPENED, "timeZone": "Europe/Brussels"},
            },
        ),
        field="instead.data.timeZone",
    ),
)

WITHDRAWALS = (
    refused(withdrawing.NothingThere, withdrawn("title", seq=9), decision(), field="of"),
    refused(withdrawing.NoTextThere, withdrawn("question"), decision(), field="of.field"),
    refused(withdrawing.AlreadyWithdrawn, withdrawn("title"), decision(), withdrawn("title"), field="of"),
    refused(withdrawing.UnknownAuthority, withdrawn("title", authority="vb-nobody"), decision(), field="authority"),
)

HEARD: tuple[Example, ...] = (*VIEWS, *ADVICE, *UNDERTAKINGS, *DOSSIERS, *STRUCK, *INHABITANTS, *REGISTER, *WITHDRAWALS)

"""The pages that are looked at and tested: a name and an address for each, and whether one has to be signed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx
import msgspec
from playwright.sync_api import Page

from tests.browser.chromium import Demo, decisions, dossier, meeting

REPRESENTATIVE, CLERK, SECOND = "gm0377", "redactie", "tweede-lezer"
BLOEMENDAAL, WEESP, HILVERSUM, GOOISE_MEREN = "gm0377", "gm0457", "gm0402", "gm1942"


class Stop(msgspec.Struct, frozen=True):
    """One page."""

    name: str
    path: str
    account: str | None = None
    status: int = 200
    sent: bool = False
    """Whether the form on it is sent as it stands, so that the page tells what is wrong with it."""


def arrived(page: Page, demo: Demo, stop: Stop, lang: str) -> None:
    """Open a page, and send its form where the stop is what one then sees."""
    answer = page.goto(address(demo, stop, lang))
    assert answer is not None
    assert answer.status == stop.status, stop.name
    if stop.sent:
        page.locator("main form.form button:not([name])").last.click()
        page.wait_for_selector(".notice-fault")


def struck(demo: Demo) -> str:
    """A decision that was recorded as an exercise and struck; with its own keys, so that it is there once."""
    with httpx.Client(base_url=f"{demo.address}/api/v1", auth=(CLERK, demo.password)) as clerk:

        def sent(path: str, body: Mapping[str, object]) -> str:
            key = str(uuid5(NAMESPACE_URL, f"a struck decision: {path}"))
            answer = clerk.post(path, json=body, headers={"Idempotency-Key": key}).raise_for_status()
            return str(answer.json()["events"][0]["id"])

        about = {"title": "Een oefening", "kind": "decision", "class": "not-stated", "decidedBy": {"body": "mra-av"}}
        id_ = sent("/decisions", about)
        return sent(f"/decisions/{id_}/striking", {"because": "exercise", "grounds": "Dit was om te leren."})


TITLES = ("Plan voor het oude park", "Plan voor de nieuwe brug")
"""Titles of decisions of the same day and body; they are withheld, so that only what stands there instead tells them apart."""


def withheld(demo: Demo) -> tuple[str, str]:
    """Two decisions with a withheld title; of the first also a reason with another text in its place, and a speaker."""
    with (
        httpx.Client(base_url=f"{demo.address}/api/v1", auth=(CLERK, demo.password)) as clerk,
        httpx.Client(base_url=f"{demo.address}/api/v1", auth=("beheer", demo.password)) as keeper,
    ):

        def sent(by: httpx.Client, path: str, body: Mapping[str, object], what: str) -> dict[str, Any]:
            key = str(uuid5(NAMESPACE_URL, f"a withheld text: {what}"))
            answer = by.post(path, json=body, headers={"Idempotency-Key": key}).raise_for_status()
            return dict(answer.json()["events"][-1])

        def withdrawn(place: Mapping[str, Any], field: str, **more: str) -> None:
            of = {"id": place["id"], "seq": place["seq"], "field": field}
            body = {"of": of, "ground": "avg-17", "authority": "mra", "on": "2024-03-01", **more}
            sent(keeper, "/register/withdrawals", body, f"{place['id']} {field}")

        about = {"kind": "decision", "class": "not-stated", "decidedBy": {"body": "mra-av"}, "on": "2021-05-17"}
        made = [sent(clerk, "/decisions", {**about, "title": title}, title) for title in TITLES]
        first = str(made[0]["id"])
        outcome = {"verb": "adopted", "how": "not-stated", "on": "2021-05-17"}
        for each in made:
            sent(clerk, f"/decisions/{each['id']}/outcome", outcome, f"outcome {each['id']}")
            withdrawn(each, "title")
        voice = {"as": "own", "layer": "executive", "members": ["gm0363"], "speaker": "Mevrouw Voorbeeld"}
        said = {"member": "gm0363", "stance": "departs", "voice": voice, "on": "2021-05-17"}
        position = sent(clerk, f"/decisions/{first}/positions", {**said, "reason": "Mevrouw Voorbeeld woont er."}, "p")
        withdrawn(position, "reason", instead="Mevrouw … woont er.")
        withdrawn(position, "voice.speaker")
        return first, str(made[1]["id"])


def stops(demo: Demo) -> list[Stop]:
    """Every kind of page, with the real cases that have something to show."""
    ids = decisions(demo)
    hidden, _ = withheld(demo)

    def of(part: str) -> str:
        return next(id_ for title, id_ in sorted(ids.items()) if part in title)

    afspraken, a56 = of("Samenwerkingsafspraken Metropoolregio"), of("maatschappelijk geld")
    sleutel, budget, strategy = of("Sleutelgebieden"), of("Meerjarenbegroting 2021"), of("Verstedelijkingsstrategie")
    return [
        Stop("begin", "/"),
        Stop("besluiten", "/besluiten"),
        Stop("besluiten-gremium", "/besluiten?gremium=mra-av"),
        Stop("besluit-doorgehaald", f"/besluiten/{struck(demo)}", status=410),
        Stop("besluit-afgeschermd", f"/besluiten/{hidden}"),
        Stop("besluit-afgeschermd-stap", f"/besluiten/{hidden}/terugspelen?step=1"),
        Stop("besluit-afspraken", f"/besluiten/{afspraken}"),
        Stop("besluit-a56", f"/besluiten/{a56}"),
        Stop("besluit-sleutelgebieden", f"/besluiten/{sleutel}"),
        Stop("besluit-begroting", f"/besluiten/{budget}"),
        Stop("besluit-strategie", f"/besluiten/{strategy}"),
        Stop("besluit-toen", f"/besluiten/{afspraken}?validOn=2021-10-01"),
        Stop("besluit-raad", f"/besluiten/{of('Amsterdam minder dominant')}"),
        Stop("terugspelen", f"/besluiten/{sleutel}/terugspelen?step=5"),
        Stop("verschil", f"/besluiten/{sleutel}/verschil?validFrom=2020-01-01"),
        Stop("leden", "/leden"),
        Stop("lid-bloemendaal", f"/leden/{BLOEMENDAAL}"),
        Stop("lid-noord-holland", "/leden/pv27"),
        Stop("lid-weesp", f"/leden/{WEESP}"),
        Stop("verantwoording-lid", f"/leden/{HILVERSUM}/verantwoording?van=2019-01-01&tot=2022-12-31"),
        Stop("verantwoording-staten", "/gremia/pv27-ps/verantwoording?van=2021-01-01&tot=2022-12-31"),
        Stop("verantwoording", "/verantwoording?van=2022-01-01&tot=2022-12-31"),
        Stop("lid-hilversum", f"/leden/{HILVERSUM}"),
        Stop("lid-gooise-meren", f"/leden/{GOOISE_MEREN}"),
        Stop("koers", "/koers"),
        Stop("koers-gekozen", "/koers?deelregio=gooi-en-vechtstreek&validOn=2022-03-01"),
        Stop("koers-leeg", "/koers?validOn=2018-01-01"),
        Stop("standpunten", "/standpunten"),
        Stop("onverklaard", "/onverklaard"),
        Stop("zoeken", "/zoeken?q=voorzitter"),
        Stop("zoeken-lid", "/zoeken?q=Amsterdam&waar=member"),
        Stop("zoeken-leeg", "/zoeken?q=xyzzy"),
        Stop("ontbreekt", "/wat-ontbreekt"),
        Stop("ontbreekt-besluiten", "/wat-ontbreekt?soort=not-confirmed"),
        Stop("ontbreekt-leden", "/wat-ontbreekt?soort=member-not-recorded"),
        Stop("vergaderingen", "/vergaderingen"),
        Stop("vergadering", f"/vergaderingen/{meeting(demo, '2022-09-21')}"),
        Stop("vergadering-bijlagen", f"/vergaderingen/{meeting(demo, '2023-12-20')}"),
        Stop("dossiers", "/dossiers"),
        Stop("dossier", f"/dossiers/{dossier(demo, '2024-2028')}"),
        Stop("dossier-toen", f"/dossiers/{dossier(demo, 'Voortgangsnota 2022')}?validOn=2023-05-01"),
        Stop("termijnagenda", "/termijnagenda"),
        Stop("termijnagenda-raad", "/termijnagenda?voor=gm0402-raad&validOn=2023-05-01"),
        Stop("toezeggingen", "/toezeggingen"),
        Stop("raad", f"/raad/{HILVERSUM}-raad"),
        Stop("gremia", "/gremia"),
        Stop("gremium", "/gremia/mra-av"),
        Stop("verificatie", "/verificatie"),
        Stop("afgeschermd", "/afgeschermd"),
        Stop("aanmelden", "/aanmelden"),
        Stop("fout-404", "/besluiten/00000000-0000-4000-8000-000000000000", status=404),
        Stop("vastleggen", "/vastleggen", REPRESENTATIVE),
        Stop("vastleggen-secretaris", "/vastleggen", CLERK),
        Stop("vastleggen-positie", f"/vastleggen/besluit/{budget}/positie", REPRESENTATIVE),
        Stop("vastleggen-geweigerd", f"/vastleggen/besluit/{budget}/positie", REPRESENTATIVE, sent=True),
        Stop("vastleggen-standpunt", f"/vastleggen/besluit/{strategy}/standpunt", REPRESENTATIVE),
        Stop("vastleggen-samen", f"/vastleggen/besluit/{strategy}/standpunt", CLERK),
        Stop("vastleggen-vergadering", f"/vastleggen/vergadering/{meeting(demo, '2024-06-14')}", CLERK),
        Stop("vastleggen-leeg", f"/vastleggen/vergadering/{meeting(demo, '2022-09-21')}", CLERK, sent=True),
        Stop("vastleggen-tweede", "/vastleggen", SECOND),
        Stop("vastleggen-bevestigen", f"/vastleggen/vergadering/{meeting(demo, '2022-09-21')}/bevestigen", SECOND),
        Stop(
            "vastleggen-niets", f"/vastleggen/vergadering/{meeting(demo, '2022-09-21')}/bevestigen", SECOND, sent=True
        ),
    ]


def address(demo: Demo, stop: Stop, lang: str) -> str:
    """Where a page is in a language."""
    path = stop.path if lang == "nl" else "/en" + (stop.path if stop.path != "/" else "")
    return demo.address + path

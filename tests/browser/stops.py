"""The pages that are looked at and tested: a name and an address for each, and whether one has to be signed in."""

from __future__ import annotations

import msgspec

from tests.browser.chromium import Demo, decisions, dossier, meeting

REPRESENTATIVE, CLERK = "gm0377", "redactie"
BLOEMENDAAL, WEESP, HILVERSUM, GOOISE_MEREN = "gm0377", "gm0457", "gm0402", "gm1942"


class Stop(msgspec.Struct, frozen=True):
    """One page."""

    name: str
    path: str
    account: str | None = None
    status: int = 200


def stops(demo: Demo) -> list[Stop]:
    """Every kind of page, with the real cases that have something to show."""
    ids = decisions(demo)

    def of(part: str) -> str:
        return next(id_ for title, id_ in sorted(ids.items()) if part in title)

    afspraken, a56 = of("Samenwerkingsafspraken Metropoolregio"), of("maatschappelijk geld")
    sleutel, budget, strategy = of("Sleutelgebieden"), of("Meerjarenbegroting 2021"), of("Verstedelijkingsstrategie")
    return [
        Stop("begin", "/"),
        Stop("besluiten", "/besluiten"),
        Stop("besluit-afspraken", f"/besluiten/{afspraken}"),
        Stop("besluit-a56", f"/besluiten/{a56}"),
        Stop("besluit-sleutelgebieden", f"/besluiten/{sleutel}"),
        Stop("besluit-begroting", f"/besluiten/{budget}"),
        Stop("besluit-strategie", f"/besluiten/{strategy}"),
        Stop("besluit-toen", f"/besluiten/{afspraken}?validOn=2021-10-01"),
        Stop("terugspelen", f"/besluiten/{sleutel}/terugspelen?step=5"),
        Stop("verschil", f"/besluiten/{sleutel}/verschil?validFrom=2020-01-01"),
        Stop("leden", "/leden"),
        Stop("lid-bloemendaal", f"/leden/{BLOEMENDAAL}"),
        Stop("lid-weesp", f"/leden/{WEESP}"),
        Stop("verantwoording-lid", f"/leden/{HILVERSUM}/verantwoording?van=2019-01-01&tot=2022-12-31"),
        Stop("verantwoording-staten", "/gremia/pv27-ps/verantwoording?van=2021-01-01&tot=2022-12-31"),
        Stop("verantwoording", "/verantwoording?van=2022-01-01&tot=2022-12-31"),
        Stop("lid-hilversum", f"/leden/{HILVERSUM}"),
        Stop("lid-gooise-meren", f"/leden/{GOOISE_MEREN}"),
        Stop("koers", "/koers"),
        Stop("koers-gekozen", "/koers?deelregio=gooi-en-vechtstreek&validOn=2022-03-01"),
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
        Stop("aanmelden", "/aanmelden"),
        Stop("fout-404", "/besluiten/00000000-0000-4000-8000-000000000000", status=404),
        Stop("vastleggen", "/vastleggen", REPRESENTATIVE),
        Stop("vastleggen-secretaris", "/vastleggen", CLERK),
        Stop("vastleggen-positie", f"/vastleggen/besluit/{budget}/positie", REPRESENTATIVE),
        Stop("vastleggen-standpunt", f"/vastleggen/besluit/{strategy}/standpunt", REPRESENTATIVE),
    ]


def address(demo: Demo, stop: Stop, lang: str) -> str:
    """Where a page is in a language."""
    path = stop.path if lang == "nl" else "/en" + (stop.path if stop.path != "/" else "")
    return demo.address + path

"""The words for meetings and bodies, for what is found and for what is missing; Dutch here, English in locale/en."""

from __future__ import annotations

from api.pages.words import dutch

DOCUMENT = {
    "agenda": dutch("agenda"),
    "minutes": dutch("verslag"),
    "decision-list": dutch("besluitenlijst"),
    "feedback-note": dutch("terugkoppeling"),
    "recording": dutch("opname"),
    "annex": dutch("bijlage"),
}
PAPER = {
    "public": dutch("openbaar"),
    "on-request": dutch("op te vragen"),
    "missing": dutch("ontbreekt"),
}
SEATS = {
    "every-member": dutch("elk lid heeft een zetel"),
    "assigned": dutch("de zetels staan op naam"),
    "not-recorded": dutch("de zetels zijn niet vastgelegd"),
}
CAPACITY = {
    "own": dutch("voor zichzelf"),
    "namens": dutch("namens"),
    "vanuit": dutch("vanuit"),
}
RULE = {
    "none": dutch("geen regel"),
    "consensus": dutch("consensus"),
    "majority": dutch("meerderheid"),
    "weighted": dutch("gewogen stemmen"),
    "double-majority": dutch("dubbele meerderheid"),
    "written": dutch("schriftelijk"),
}
FOUND = {
    "name": dutch("Naam"),
    "number": dutch("Nummer"),
    "title": dutch("Besluit"),
    "question": dutch("Vraag"),
    "part-title": dutch("Onderdeel"),
    "part": dutch("Tekst van een onderdeel"),
    "reason": dutch("Reden van een lid"),
    "justification": dutch("Reden van het besluit"),
    "remark": dutch("Kanttekening"),
    "option": dutch("Keuze in een stemming"),
    "outcome": dutch("Bij de uitkomst"),
    "standpoint": dutch("Standpunt"),
    "alternative": dutch("Tegenvoorstel"),
    "reply": dutch("Reactie op een standpunt"),
    "weighing": dutch("Weging van een standpunt"),
    "agenda-item": dutch("Agendapunt"),
    "document": dutch("Stuk"),
    "meeting": dutch("Vergadering"),
    "cancellation": dutch("Afgezegd, omdat"),
    "dossier": dutch("Dossier"),
    "version": dutch("Versie van een dossier"),
    "edition": dutch("Editie van een dossier"),
    "route-step": dutch("Stap van een route"),
    "dossier-note": dutch("Bij een dossier"),
    "view": dutch("Zienswijze"),
    "view-point": dutch("Punt van een zienswijze"),
    "view-answer": dutch("Antwoord op een zienswijze"),
    "advice": dutch("Advies"),
    "advice-answer": dutch("Antwoord op advies"),
    "poll": dutch("Peiling"),
    "resolution": dutch("Resolutie"),
    "undertaking": dutch("Toezegging"),
}
PLACE = {
    "decision": dutch("besluiten"),
    "dossier": dutch("dossiers"),
    "meeting": dutch("vergaderingen"),
    "member": dutch("leden"),
    "body": dutch("gremia"),
    "subregion": dutch("deelregio’s"),  # noqa: RUF001  # the apostrophe of the word
    "party": dutch("partijen"),
    "theme": dutch("thema’s"),  # noqa: RUF001  # as above
}
NAME_OF = {
    "member": dutch("Lid"),
    "body": dutch("Gremium"),
    "subregion": dutch("Deelregio"),
    "party": dutch("Partij"),
    "theme": dutch("Thema"),
}
MISSING = {
    "no-outcome": dutch("besluiten zonder uitkomst"),
    "no-ballot": dutch("besluiten met stemming, zonder de stemming"),
    "names-missing": dutch("stemmingen waarvan namen ontbreken"),
    "positions-not-recorded": dutch("onderdelen van de koers waarop leden niet zijn vastgelegd"),
    "no-justification": dutch("besluiten zonder reden"),
    "standpoint-not-weighed": dutch("minderheidsstandpunten zonder weging"),
    "no-evidence": dutch("besluiten met feiten zonder bron"),
    "press-only": dutch("besluiten met alleen de pers als bron"),
    "not-confirmed": dutch("besluiten met regels die nog niemand bevestigde"),
    "no-minutes": dutch("besluiten zonder verslag of besluitenlijst van hun vergadering"),
    "meeting-without-papers": dutch("gehouden vergaderingen zonder stukken"),
    "items-without-decision": dutch("gehouden vergaderingen met agendapunten zonder besluit of uitkomst"),
    "meeting-never-held": dutch("geplande vergaderingen in het verleden, niet gehouden en niet afgezegd"),
    "member-not-recorded": dutch("leden met onderdelen waarop zij niet zijn vastgelegd"),
    "dissent-without-reason": dutch("afwijkingen zonder reden"),
    "view-not-answered": dutch("zienswijzen met punten zonder antwoord"),
    "view-not-recorded": dutch("vragen om zienswijzen waarop van partijen niets is vastgelegd"),
    "advice-not-answered": dutch("adviezen zonder antwoord"),
    "undertaking-overdue": dutch("toezeggingen over de termijn"),
}
MISSING_MEANS = {
    "no-outcome": dutch("De bron die het register heeft, zegt niet hoe het afliep."),
    "no-ballot": dutch("De uitkomst zegt dat er is gestemd. Wie wat stemde, staat er niet bij."),
    "names-missing": dutch("De bron telt meer stemmen dan er namen zijn."),
    "positions-not-recorded": dutch("Zwijgen telt niet als instemmen."),
    "no-justification": dutch("Er is een uitkomst, maar niet waarom."),
    "standpoint-not-weighed": dutch("Een reactie is nog geen weging."),
    "no-evidence": dutch("Bij deze feiten staat niet waar ze vandaan komen."),
    "press-only": dutch("Een verslag of besluitenlijst is sterker bewijs."),
    "not-confirmed": dutch("Een tweede persoon vergelijkt de regels met het bewijs."),
    "no-minutes": dutch("De vergadering is gehouden, maar er is geen verslag of besluitenlijst te lezen."),
    "meeting-without-papers": dutch("Geen agenda, verslag of bijlage gevonden."),
    "items-without-decision": dutch("Het stond op de agenda. Wat ermee gebeurde, is niet gevonden."),
    "meeting-never-held": dutch("De geplande dag is voorbij."),
    "member-not-recorded": dutch("Van deze leden is niet bekend waar zij staan."),
    "dissent-without-reason": dutch("Wie afwijkt, zegt waarom; het lid kan de reden zelf vastleggen."),
    "view-not-answered": dutch("Wie iets inbrengt, hoort te lezen wat ermee is gedaan."),
    "view-not-recorded": dutch(
        "De termijn is voorbij of niet bekend. Niets vastgelegd is niet hetzelfde als geen zienswijze gegeven."
    ),
    "advice-not-answered": dutch("Wat met het advies is gedaan, is niet gevonden."),
    "undertaking-overdue": dutch("De termijn is voorbij en het register weet niet dat zij is afgedaan."),
}
GROUND = {
    "avg-17": dutch("recht op vergetelheid, AVG artikel 17"),
    "avg-5": dutch("meer dan nodig is, AVG artikel 5"),
    "woo-5.1": dutch("uitzondering van de Woo, artikel 5.1"),
    "woo-5.2": dutch("persoonlijke beleidsopvatting, Woo artikel 5.2"),
    "auteurswet": dutch("recht van de maker, Auteurswet"),
    "rechter": dutch("uitspraak van de rechter"),
}
"""On what ground a text is withheld; another code is shown as it is."""
FIELD = {
    "title": dutch("titel"),
    "question": dutch("vraag"),
    "text": dutch("tekst"),
    "reason": dutch("reden"),
    "note": dutch("toelichting"),
    "name": dutch("naam"),
    "holder": dutch("naam van de houder"),
    "speaker": dutch("naam van de spreker"),
    "grounds": dutch("gronden"),
    "gist": dutch("strekking"),
    "alternative": dutch("alternatief"),
    "condition": dutch("voorwaarde"),
    "at": dutch("vindplaats"),
    "sha256": dutch("kenmerk van het stuk"),
    "source": dutch("kenmerk van de bron"),
    "instead": dutch("vervangende tekst"),
    "successor": dutch("opvolger"),
}
"""What a text is, by the name of its field; a field without a word is shown by that name."""
OF_KIND = {
    "register": dutch("het register zelf"),
    "governance": dutch("de leden en gremia"),
    "meeting": dutch("een vergadering"),
    "dossier": dutch("een dossier"),
    "decision": dutch("een besluit"),
}
"""What an entry belongs to."""
OF_TYPE = {
    "party.named": dutch("een partij"),
    "theme.named": dutch("een thema"),
    "mandate.granted": dutch("een mandaat"),
    "disclosure.withdrawn": dutch("een eerdere afscherming"),
}
"""The same, more closely, where the type of the entry says it."""

"""The words on the screen for every code that the register stores; Dutch here, English in locale/en.

A code without a word would show as a code, so tests/pages/test_words.py compares these with the types in `register`.
"""

from __future__ import annotations


def dutch(word: str) -> str:
    """Mark a word for translation; it is translated where it is shown."""
    return word


STANCE = {
    "joins": dutch("sluit aan"),
    "joins-with-reservation": dutch("met voorbehoud"),
    "departs": dutch("wijkt af"),
    "does-not-take-part": dutch("doet niet mee"),
    "undecided": dutch("nog geen besluit"),
}
STANCE_IN_CELL = STANCE | {
    "joins-with-reservation": dutch("voorbehoud"),
    "does-not-take-part": dutch("niet mee"),
}
STANCE_LOOK = {
    "joins": "joins",
    "joins-with-reservation": "reserves",
    "departs": "departs",
    "does-not-take-part": "apart",
    "undecided": "undecided",
}
"""The part of the class name and of the sign that belongs to a stance."""

STANCE_DOES = {
    "joins": dutch("sluit aan op"),
    "joins-with-reservation": dutch("maakt een voorbehoud bij"),
    "departs": dutch("wijkt af op"),
    "does-not-take-part": dutch("doet niet mee met"),
    "undecided": dutch("heeft nog geen besluit over"),
}

VERB = {
    "adopted": dutch("vastgesteld"),
    "agreed": dutch("ingestemd"),
    "noted": dutch("kennisgenomen"),
    "released": dutch("vrijgegeven"),
    "offered": dutch("aangeboden"),
    "discussed": dutch("besproken"),
    "signed": dutch("ondertekend"),
    "appointed": dutch("benoemd"),
    "mandated": dutch("gemandateerd"),
    "held-over": dutch("aangehouden"),
    "rejected": dutch("verworpen"),
    "withdrawn": dutch("ingetrokken"),
    "repealed": dutch("opgeheven"),
    "referred-back": dutch("terugverwezen"),
    "lapsed": dutch("vervallen"),
    "not-stated": dutch("uitkomst niet vermeld"),
}
CARRIED = dutch("aangenomen")
"""A motion or an amendment is carried where a decision is adopted."""

HOW = {
    "vote": dutch("met stemming"),
    "without-vote": dutch("zonder stemming"),
    "written": dutch("schriftelijk"),
    "not-stated": dutch("hoe, is niet vermeld"),
    "roll-call": dutch("hoofdelijk"),
    "hands": dutch("bij handopsteken"),
    "electronic": dutch("elektronisch"),
    "lot": dutch("door loting"),
    "secret": dutch("geheim"),
}
CHOICE = {
    "for": dutch("voor"),
    "against": dutch("tegen"),
    "divided": dutch("verdeeld"),
    "abstained": dutch("onthouden"),
    "absent": dutch("afwezig"),
    "not-voting": dutch("niet gestemd"),
}
UNIT = {
    "member": dutch("per lid"),
    "group": dutch("per fractie"),
    "seat": dutch("per zetel"),
    "weight": dutch("naar gewicht"),
}
NAMES = {
    "all": dutch("alle namen zijn bekend"),
    "some": dutch("niet alle namen zijn bekend"),
    "none": dutch("de bron noemt geen namen"),
    "secret": dutch("de stemming was geheim"),
    "not-public": dutch("de namen zijn niet openbaar"),
}
WEIGHED = {
    "open": dutch("open"),
    "adopted": dutch("overgenomen"),
    "partly-adopted": dutch("deels overgenomen"),
    "not-adopted": dutch("niet overgenomen"),
    "noted": dutch("ter kennisgeving"),
    "withdrawn": dutch("standpunt ingetrokken"),
}
BECAME = {
    "in-time": dutch("op tijd ontvangen"),
    "late": dutch("te laat ontvangen"),
    "received": dutch("ontvangen; of het op tijd was, is niet te zien"),
    "declined": dutch("liet weten er geen te geven"),
    "spoken-for": dutch("een ander sprak namens deze partij"),
    "missed": dutch("niet ontvangen; de termijn is voorbij"),
    "open": dutch("de termijn loopt nog"),
    "not-recorded": dutch("niet vastgelegd"),
}
"""What became of a party that was asked for its view."""
ASKED_AS = {
    "council": dutch("Raden en Staten"),
    "executive": dutch("Dagelijkse besturen"),
    "member": dutch("Leden"),
    "other": dutch("Anderen"),
}
VIEW_KIND = {
    "view": dutch("zienswijze"),
    "bid": dutch("propositie"),
    "reaction": dutch("reactie"),
}
VIEW_STATE = {
    "open": dutch("nog geen antwoord vastgelegd"),
    "partly-answered": dutch("niet elk punt is beantwoord"),
    "answered": dutch("beantwoord"),
}
ADVICE_STATE = {
    "waiting": dutch("nog niet gegeven"),
    "overdue": dutch("niet gegeven; de termijn is voorbij"),
    "given": dutch("nog geen antwoord vastgelegd"),
    "answered": dutch("beantwoord"),
}
UNDERTAKING = {
    "open": dutch("open"),
    "overdue": dutch("open en over de termijn"),
    "closed": dutch("afgedaan"),
}
REPORTED = {
    "decided": dutch("Besloten"),
    "position-taken": dutch("Posities ingenomen"),
    "position-changed": dutch("Posities gewijzigd"),
    "position-withdrawn": dutch("Posities ingetrokken"),
    "departed": dutch("Afwijkingen, voorbehouden en niet meedoen, met de reden"),
    "spoken-for": dutch("Door een ander gezegd, namens de leden; telt voor niemand"),
    "minority-standpoint": dutch("Minderheidsstandpunten, en hoe ze gewogen zijn"),
    "view-given": dutch("Zienswijzen, en wat ermee is gedaan"),
    "view-not-given": dutch("Gevraagd, en geen eigen zienswijze bekend"),
    "advice": dutch("Adviezen, en wat ermee is gedaan"),
    "undertaking": dutch("Toezeggingen, en wat ervan kwam"),
    "missing": dutch("Wat ontbreekt"),
}
"""The sections of a report on a period."""
CLOSED_HOW = {
    "fulfilled": dutch("nagekomen"),
    "lapsed": dutch("vervallen"),
    "withdrawn": dutch("ingetrokken"),
    "not-stated": dutch("hoe, is niet vermeld"),
}
GRADE = {
    "minutes": dutch("verslag"),
    "decision-list": dutch("besluitenlijst"),
    "feedback-note": dutch("terugkoppeling"),
    "letter": dutch("brief"),
    "own-statement": dutch("eigen verklaring"),
    "official-page": dutch("officiële pagina"),
    "party-page": dutch("pagina van een partij"),
    "press": dutch("pers"),
    "recording": dutch("opname"),
}
ACT = {
    "vote": dutch("stemming"),
    "decision": dutch("besluit"),
    "letter": dutch("brief"),
    "view": dutch("zienswijze"),
    "statement-in-meeting": dutch("uitspraak in een vergadering"),
    "signature": dutch("handtekening"),
    "deed": dutch("daad"),
    "interview": dutch("interview"),
    "none-stated": dutch("handeling niet vermeld"),
}
REASON_MISSING = {
    "not-given": dutch("Geen reden gegeven."),
    "not-found": dutch("De reden is niet gevonden."),
    "not-public": dutch("De reden is niet openbaar."),
}
LAYER = {
    "seat": dutch("vertegenwoordiger in de vergadering"),
    "executive": dutch("dagelijks bestuur van het lid"),
    "council": dutch("raad of Staten van het lid"),
    "group": dutch("fractie"),
    "not-stated": dutch("de bron zegt niet wie van het lid sprak"),
}
BACKING = {
    "council-agreed": dutch("de raad stemde in"),
    "subject-to-council": dutch("onder voorbehoud van de raad"),
    "not-asked": dutch("de raad was niet gevraagd"),
    "overruled": dutch("de raad of Staten beslisten anders"),
    "not-stated": dutch("mandaat niet vermeld"),
}
VOICE = {
    "own": dutch("voor zichzelf"),
    "joint": dutch("gezamenlijk"),
    "namens": dutch("namens"),
    "vanuit": dutch("vanuit"),
    "outside": dutch("van buiten de regio"),
}
DECISION_KIND = {
    "decision": dutch("Besluit"),
    "motion": dutch("Motie"),
    "amendment": dutch("Amendement"),
    "appointment": dutch("Benoeming"),
    "agreement": dutch("Afspraak"),
    "advice": dutch("Advies"),
    "release": dutch("Vrijgave"),
}
SUBJECT_CLASS = {
    "organisation-and-frameworks": dutch("organisatie en kaders"),
    "political-administrative": dutch("politiek-bestuurlijk"),
    "not-stated": dutch("soort onderwerp niet vermeld"),
}
SUBJECT_CLASS_MEANS = {
    "organisation-and-frameworks": dutch("De meerderheid zet de koers uit voor alle leden."),
    "political-administrative": dutch("Leden mogen verschillen, en zeggen waar."),
}
LINK = {
    "about": dutch("gaat over"),
    "amends": dutch("wijzigt"),
    "answers": dutch("antwoordt op"),
    "carries-out": dutch("voert uit"),
    "overrules": dutch("zet opzij"),
    "follows": dutch("volgt op"),
    "supersedes": dutch("vervangt"),
}
MEMBER_KIND = {
    "municipality": dutch("Gemeente"),
    "province": dutch("Provincie"),
    "water-board": dutch("Waterschap"),
    "public-body": dutch("Openbaar lichaam"),
    "ministry": dutch("Ministerie"),
    "other": dutch("Organisatie"),
}
CORRECTION = {
    "clerical": dutch("schrijffout"),
    "mistaken-vote": dutch("vergissing bij het stemmen"),
    "ruling": dutch("na een uitspraak of onderzoek"),
    "not-ours": dutch("hoort niet in dit register"),
}
STRUCK = {
    "duplicate": dutch("Het stond er dubbel in."),
    "wrong-register": dutch("Het hoort in een ander register."),
    "exercise": dutch("Het was een oefening."),
}
ROLE = {
    "representative": dutch("vertegenwoordiger"),
    "clerk": dutch("secretaris"),
    "confirmer": dutch("tweede persoon"),
    "auditor": dutch("controleur"),
    "administrator": dutch("beheerder"),
}
PLAN = {
    "intention": dutch("voornemen"),
    "bill": dutch("wetsvoorstel"),
    "law": dutch("wet"),
    "abandoned": dutch("gaat niet door"),
}
WORDS_OF = {
    "quoted": dutch("letterlijk uit de bron"),
    "summary": dutch("in woorden van het register"),
    "translated": dutch("vertaald"),
}
LIST = {
    "voters": dutch("stemgerechtigd"),
    "consulted": dutch("gevraagd"),
    "course-for": dutch("leden voor wie deze koers geldt"),
    "signatories": dutch("ondertekenaars"),
}
FORCE = {
    "course": dutch("Koers: niet juridisch bindend"),
    "binding": dutch("Bindend besluit"),
    "advice": dutch("Advies: bindt niemand"),
}
OUTCOME_SAYS = {
    "adopted": dutch("Dit is %(when)s vastgesteld door %(who)s."),
    "agreed": dutch("Hiermee is %(when)s ingestemd door %(who)s."),
    "noted": dutch("Hiervan is %(when)s kennisgenomen door %(who)s."),
    "released": dutch("Dit is %(when)s vrijgegeven door %(who)s."),
    "offered": dutch("Dit is %(when)s aangeboden door %(who)s."),
    "discussed": dutch("Dit is %(when)s besproken door %(who)s."),
    "signed": dutch("Dit is %(when)s ondertekend door %(who)s."),
    "appointed": dutch("Deze benoeming is %(when)s gedaan door %(who)s."),
    "mandated": dutch("Hiervoor is %(when)s mandaat gegeven door %(who)s."),
    "held-over": dutch("Dit is %(when)s aangehouden door %(who)s."),
    "rejected": dutch("Dit is %(when)s verworpen door %(who)s."),
    "withdrawn": dutch("Dit is %(when)s ingetrokken."),
    "repealed": dutch("Dit is %(when)s opgeheven door %(who)s."),
    "referred-back": dutch("Dit is %(when)s terugverwezen door %(who)s."),
    "lapsed": dutch("Dit is %(when)s vervallen."),
    "not-stated": dutch("Dit is %(when)s behandeld door %(who)s; de uitkomst is niet vermeld."),
}
CARRIED_SAYS = dutch("Dit is %(when)s aangenomen door %(who)s.")
EVENT = {
    "decision.proposed": dutch("Het voorstel lag voor."),
    "decision.linked": dutch("Het verband met een ander besluit is vastgelegd."),
    "decision.themed": dutch("Het besluit kreeg een thema."),
    "decision.placed": dutch("Het besluit kwam op een agenda."),
    "part.added": dutch("Onderdeel erbij: %(title)s."),
    "part.amended": dutch("Nieuwe tekst van een onderdeel."),
    "parties.listed": dutch("Lijst vastgelegd: %(list)s."),
    "vote.held": dutch("Er is gestemd, %(how)s."),
    "votes.recorded": dutch("Namen bij de stemming vastgelegd: %(n)s."),
    "outcome.recorded": dutch("Uitkomst: %(verb)s."),
    "justification.given": dutch("Reden gegeven."),
    "remark.recorded": dutch("Kanttekening: %(who)s."),
    "evidence.added": dutch("Bewijs toegevoegd."),
    "decision.confirmed": dutch("Een tweede persoon bevestigde de regels tot en met stap %(n)s."),
    "decision.corrected": dutch("Correctie van stap %(n)s: %(kind)s."),
    "decision.struck": dutch("Het besluit is doorgehaald."),
    "position.recorded": dutch("%(who)s: %(stance)s."),
    "position.explained": dutch("Reden gegeven bij de positie van stap %(n)s."),
    "position.revised": dutch("Positie van stap %(n)s herzien: %(stance)s."),
    "position.withdrawn": dutch("Positie van stap %(n)s ingetrokken."),
    "position.overruled": dutch("Positie van stap %(n)s ingetrokken: de eigen raad of Staten beslisten anders."),
    "minority-standpoint.recorded": dutch("Minderheidsstandpunt: %(who)s."),
    "minority-standpoint.amended": dutch("Standpunt van stap %(n)s gewijzigd."),
    "minority-standpoint.withdrawn": dutch("Standpunt van stap %(n)s ingetrokken."),
    "minority-standpoint.joined": dutch("Steun voor het standpunt van stap %(n)s: %(who)s."),
    "minority-standpoint.left": dutch("Geen steun meer voor het standpunt van stap %(n)s: %(who)s."),
    "minority-standpoint.answered": dutch("Reactie op het standpunt van stap %(n)s: %(who)s."),
    "minority-standpoint.weighed": dutch("Standpunt van stap %(n)s gewogen door %(who)s: %(weighed)s."),
    "views.invited": dutch("Aantal partijen dat om een zienswijze is gevraagd: %(n)s."),
    "view.received": dutch("Zienswijze ontvangen: %(who)s."),
    "view.declined": dutch("Liet weten geen zienswijze te geven: %(who)s."),
    "view.missed": dutch("Geen zienswijze ontvangen binnen de termijn van stap %(n)s: %(who)s."),
    "view.answered": dutch("Antwoord op de zienswijze van stap %(n)s: %(weighed)s."),
    "reply-note.published": dutch("Er verscheen een Nota van Beantwoording."),
    "advice.requested": dutch("Advies gevraagd: %(who)s."),
    "advice.given": dutch("Advies gegeven: %(who)s."),
    "advice.answered": dutch("Advies van stap %(n)s beantwoord door %(who)s: %(weighed)s."),
    "poll.held": dutch("Peiling gehouden: %(who)s."),
    "resolution.given": dutch("Resolutie: %(who)s."),
    "undertaking.given": dutch("Toezegging: %(who)s."),
    "undertaking.progressed": dutch("Voortgang van de toezegging van stap %(n)s."),
    "undertaking.closed": dutch("Toezegging van stap %(n)s afgedaan."),
    "dossier.opened": dutch("Het dossier is geopend: %(title)s."),
    "dossier.retitled": dutch("Andere titel: %(title)s."),
    "version.published": dutch("Versie %(n)s van het stuk is verschenen."),
    "route.planned": dutch("Route gepland; aantal stappen: %(n)s."),
    "route-step.reached": dutch("Stap %(n)s van de route is bereikt."),
    "edition.published": dutch("Editie %(n)s is verschenen: %(title)s."),
    "participation-step.chosen": dutch("Raden doen mee op trede %(n)s van de ladder."),
    "dossier.closed": dutch("Het dossier is gesloten."),
    "dossier.corrected": dutch("Correctie van stap %(n)s: %(kind)s."),
    "dossier.struck": dutch("Het dossier is doorgehaald."),
}
"""One sentence for each type of entry of a decision or dossier; what it names is filled in by happened.py."""
DOSSIER = {
    "framework": dutch("Kaderdocument"),
    "theme": dutch("Thema"),
    "task": dutch("Opgave"),
}
VERSION = {
    "note": dutch("notitie"),
    "concept": dutch("concept"),
    "final": dutch("definitief"),
    "not-stated": dutch("stand niet vermeld"),
}
STAGE = {
    "announced": dutch("aangekondigd"),
    "process-proposal": dutch("procesvoorstel"),
    "advice": dutch("advies"),
    "concept": dutch("concept"),
    "released": dutch("vrijgave voor wensen en opvattingen"),
    "views": dutch("wensen en opvattingen"),
    "reply-note": dutch("Nota van Beantwoording"),
    "board": dutch("bestuur"),
    "assembly": dutch("vergadering van alle leden"),
    "each-member": dutch("besluit van elk lid"),
    "outside": dutch("overleg buiten de regio"),
    "in-force": dutch("van kracht"),
    "progress": dutch("voortgang"),
    "evaluated": dutch("evaluatie"),
    "replaced": dutch("vervangen"),
}
"""What a step of a route is."""
STEP = {
    "planned": dutch("gepland"),
    "under-way": dutch("loopt nu"),
    "happened": dutch("gebeurd"),
    "held-over": dutch("aangehouden"),
    "not-recorded": dutch("niet vastgelegd"),
    "dropped": dutch("niet meer gepland"),
}
"""How a step of a route stands on the day."""
RUNG = {
    "1": dutch("Trede 1: elke raad geeft vooraf het eigen college een opdracht, met mandaat om die uit te voeren."),
    "2": dutch("Trede 2: elke raad beoordeelt achteraf de verantwoording, zoals de jaarrekening en het jaarverslag."),
    "3": dutch("Trede 3: raadsleden wordt onderweg naar hun mening gevraagd, in een peiling."),
    "4": dutch(
        "Trede 4: een ontmoeting van raadsleden krijgt onderweg informatie en kan zich in resoluties uitspreken."
    ),
    "5": dutch("Trede 5: een commissie van raadsleden adviseert vóór het besluit aan het bestuur en aan de raden."),
    "6": dutch(
        "Trede 6: een commissie van raadsleden bereidt het oordeel voor; elke raad neemt daarna zelf het besluit."
    ),
    "7": dutch("Trede 7: raden hebben bevoegdheden overgedragen; de regio neemt het besluit zelf."),
}
"""What a rung of the participation ladder asks, of whom, and when."""
LINK_BACK = {
    "about": dutch("gaat over dit besluit:"),
    "amends": dutch("wijzigt dit besluit:"),
    "answers": dutch("antwoordt op dit besluit:"),
    "carries-out": dutch("voert dit besluit uit:"),
    "overrules": dutch("zet dit besluit opzij:"),
    "follows": dutch("volgt op dit besluit:"),
    "supersedes": dutch("vervangt dit besluit:"),
}
ATTENDANCE = {
    "no-objection": dutch("geen bezwaar (aanwezig)"),
    "absent": dutch("afwezig"),
    "absent-with-notice": dutch("afwezig met bericht"),
}
BEARING = {
    "contradicts": dutch("spreekt dit tegen"),
    "retracted": dutch("ingetrokken bron"),
}
RESULT = {
    "adopted": dutch("aangenomen"),
    "rejected": dutch("verworpen"),
    "no-quorum": dutch("te weinig aanwezig"),
}
FACT = {
    "summary": dutch("Het besluit in de lijst"),
    "proposed": dutch("Voorstel"),
    "link": dutch("Verband"),
    "themed": dutch("Thema"),
    "placed": dutch("Agenda"),
    "part": dutch("Onderdeel"),
    "list": dutch("Lijst"),
    "ballot": dutch("Stemming"),
    "votes": dutch("Namen bij de stemming"),
    "outcome": dutch("Uitkomst"),
    "justification": dutch("Reden van het besluit"),
    "remark": dutch("Kanttekening"),
    "spoken": dutch("Wie zich uitsprak"),
    "confirmation": dutch("Bevestiging"),
    "correction": dutch("Correctie"),
    "struck": dutch("Doorhaling"),
    "position": dutch("Positie"),
    "asked": dutch("Wie gevraagd is"),
    "setting": dutch("Koers"),
    "spoken-for": dutch("Namens anderen gezegd"),
    "heading": dutch("Kop"),
    "text": dutch("Minderheidsstandpunt"),
    "holder": dutch("Steun voor een standpunt"),
    "left": dutch("Steun die wegviel"),
    "answer": dutch("Reactie op een standpunt"),
    "weighing": dutch("Weging"),
    "titles": dutch("Titels"),
    "invitation": dutch("Vraag om zienswijzen"),
    "view": dutch("Zienswijze"),
    "declined": dutch("Geen zienswijze, zo liet een partij weten"),
    "missed": dutch("Geen zienswijze ontvangen"),
    "view-answer": dutch("Antwoord op een zienswijze"),
    "reply-note": dutch("Nota van Beantwoording"),
    "advice-request": dutch("Vraag om advies"),
    "advice": dutch("Advies"),
    "advice-answer": dutch("Antwoord op advies"),
    "poll": dutch("Peiling"),
    "resolution": dutch("Resolutie"),
    "undertaking": dutch("Toezegging"),
    "progress": dutch("Voortgang van een toezegging"),
    "closing": dutch("Toezegging afgedaan"),
}
CHANGED = {
    "new": dutch("nieuw"),
    "changed": dutch("veranderd"),
    "gone": dutch("weg"),
    "added": dutch("erbij"),
    "corrected": dutch("hersteld"),
    "withdrawn": dutch("ingetrokken"),
    "ended": dutch("afgelopen"),
}
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

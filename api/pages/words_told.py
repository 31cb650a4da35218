"""What happened to a decision, in sentences: one for each outcome and each type of entry, and the kinds of fact in a replay."""

from __future__ import annotations

from api.pages.words import dutch

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
    "meeting.planned": dutch("Vergadering gepland: %(who)s."),
    "meeting.rescheduled": dutch("Vergadering verplaatst."),
    "meeting.held": dutch("Vergadering gehouden."),
    "meeting.cancelled": dutch("Vergadering afgelast."),
    "agenda-item.placed": dutch("Op de agenda: %(title)s."),
    "agenda-item.withdrawn": dutch("Een agendapunt is teruggenomen."),
    "document.published": dutch("Er is een stuk bij gelegd."),
    "meeting.corrected": dutch("Correctie van stap %(n)s: %(kind)s."),
    "meeting.struck": dutch("De vergadering is doorgehaald."),
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
LINK_BACK = {
    "about": dutch("gaat over dit besluit:"),
    "amends": dutch("wijzigt dit besluit:"),
    "answers": dutch("antwoordt op dit besluit:"),
    "carries-out": dutch("voert dit besluit uit:"),
    "overrules": dutch("zet dit besluit opzij:"),
    "follows": dutch("volgt op dit besluit:"),
    "supersedes": dutch("vervangt dit besluit:"),
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
CLOSED_HOW = {
    "fulfilled": dutch("nagekomen"),
    "lapsed": dutch("vervallen"),
    "withdrawn": dutch("ingetrokken"),
    "not-stated": dutch("hoe, is niet vermeld"),
}
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

"""The words on the screen for the codes of decisions and of where members stand; Dutch here, English in locale/en.

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
    "not-stated": dutch("op een wijze die niet is vermeld"),
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
LAYER_OF_SEVERAL = {
    "seat": dutch("vertegenwoordigers in de vergadering"),
    "executive": dutch("dagelijkse besturen van leden"),
    "council": dutch("raden of Staten van leden"),
    "group": dutch("fracties"),
    "not-stated": dutch("de bron zegt niet wie van de leden sprak"),
}
"""The same for a voice of more than one member."""
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

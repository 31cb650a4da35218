"""What the edge itself has to say, in Dutch and English; the rules bring their own sentences."""

from __future__ import annotations

TITLES: dict[int, tuple[str, str]] = {
    400: ("Ongeldig verzoek", "Bad request"),
    401: ("Niet aangemeld", "Not signed in"),
    403: ("Niet toegestaan", "Not allowed"),
    404: ("Niet gevonden", "Not found"),
    405: ("Methode niet toegestaan", "Method not allowed"),
    406: ("Vorm niet beschikbaar", "Form not available"),
    409: ("Past niet bij wat er is vastgelegd", "Conflicts with what is recorded"),
    410: ("Doorgehaald", "Struck"),
    413: ("Verzoek te groot", "Request too large"),
    415: ("Vorm niet aanvaard", "Form not accepted"),
    421: ("Verkeerd adres", "Wrong address"),
    422: ("Sleutel al gebruikt", "Key already used"),
    500: ("Fout in het register", "Fault in the register"),
    503: ("Tijdelijk niet beschikbaar", "Temporarily not available"),
}

SENTENCES: dict[str, tuple[str, str]] = {
    "refused": (
        "Dit is niet vastgelegd; onder errors staat elke reden.",
        "This was not recorded; errors has every reason.",
    ),
    "invalid": (
        "Het verzoek klopt niet; onder errors staat alles wat er mis is.",
        "The request is not valid; errors has everything that is wrong with it.",
    ),
    "request": ("Dit verzoek is niet te lezen.", "This request cannot be read."),
    "not-found": ("Dit adres bestaat niet in het register.", "This address does not exist in the register."),
    "trailing-slash": (
        "Een adres eindigt niet op een schuine streep; vraag het zonder.",
        "An address does not end in a slash; ask for it without.",
    ),
    "no-decision": ("Het register kent geen besluit met dit nummer.", "The register knows no decision with this id."),
    "no-dossier": ("Het register kent geen dossier met dit nummer.", "The register knows no dossier with this id."),
    "no-stream": ("Het register kent niets met dit nummer.", "The register knows nothing with this id."),
    "no-member": ("Het register kent geen lid met code {what}.", "The register knows no member with code {what}."),
    "no-body": ("Het register kent geen gremium met code {what}.", "The register knows no body with code {what}."),
    "no-position": ("De laatste positie in het register is {what}.", "The last position of the register is {what}."),
    "no-step": ("Dit besluit heeft {what} stappen.", "This decision has {what} steps."),
    "not-yet": ("Op dat moment kende het register dit nog niet.", "At that moment the register did not know this yet."),
    "struck": (
        "Dit is doorgehaald; de geschiedenis staat op {what}.",
        "This was struck; its history is at {what}.",
    ),
    "method-not-allowed": (
        "Deze methode kan hier niet; de kop Allow noemt welke wel.",
        "This method cannot be used here; the Allow header names those that can.",
    ),
    "not-acceptable": (
        "Dit adres antwoordt alleen met {what}.",
        "This address answers with {what} only.",
    ),
    "media-type": (
        "De inhoud van het verzoek is application/json in UTF-8.",
        "The content of the request is application/json in UTF-8.",
    ),
    "too-large": (
        "Het verzoek is groter dan {what} KiB.",
        "The request is larger than {what} KiB.",
    ),
    "sign-in": (
        "Meld u aan om vast te leggen: HTTP Basic met een demo-account.",
        "Sign in to record: HTTP Basic with a demo account.",
    ),
    "sign-in-off": (
        "Aanmelden is hier niet ingericht; dit register is alleen te lezen.",
        "Signing in is not set up here; this register can only be read.",
    ),
    "wrong-password": (
        "Dit account of wachtwoord is niet bekend.",
        "This account or password is not known.",
    ),
    "forbidden": ("Dit is hier niet toegestaan.", "This is not allowed here."),
    "form-token": (
        "Dit formulier hoort niet bij uw aanmelding; laad de pagina opnieuw.",
        "This form does not belong to your session; load the page again.",
    ),
    "not-loopback": (
        "De demo antwoordt alleen op het adres van deze machine zelf (127.0.0.1, localhost).",
        "The demo answers to the address of this machine itself only (127.0.0.1, localhost).",
    ),
    "key-needed": (
        "Geef een Idempotency-Key mee: een UUID, voor elk feit een nieuwe.",
        "Send an Idempotency-Key: a UUID, a new one for each fact.",
    ),
    "key-no-uuid": (
        "De Idempotency-Key is geen UUID, zoals 123e4567-e89b-42d3-a456-426614174000.",
        "The Idempotency-Key is not a UUID, such as 123e4567-e89b-42d3-a456-426614174000.",
    ),
    "same-key-other-content": (
        "Deze Idempotency-Key is eerder gebruikt voor een verzoek met andere inhoud.",
        "This Idempotency-Key was used before, for a request with other content.",
    ),
    "changed-meanwhile": (
        "Anderen legden tegelijk vast; stuur hetzelfde verzoek opnieuw.",
        "Others were recording at the same moment; send the same request again.",
    ),
    "not-stored": (
        "Het register kan nu niet schrijven; er is niets vastgelegd. Stuur hetzelfde verzoek straks opnieuw.",
        "The register cannot write now; nothing was recorded. Send the same request again later.",
    ),
    "outcome-unknown": (
        "Het is niet zeker of dit is vastgelegd; stuur hetzelfde verzoek met dezelfde Idempotency-Key opnieuw.",
        "It is not certain whether this was recorded; send the same request with the same Idempotency-Key again.",
    ),
    "read-unavailable": (
        "Het register kan nu niet lezen; probeer het straks opnieuw.",
        "The register cannot read now; try again later.",
    ),
    "not-published": (
        "Dit is nog niet gepubliceerd in het logboek; probeer het over een seconde opnieuw.",
        "This is not published in the log yet; try again in a second.",
    ),
    "not-ready": (
        "Dit proces kan nu geen lezers bedienen; checks zegt waarom.",
        "This process cannot serve readers now; checks says why.",
    ),
    "fault": (
        "Er ging iets mis in het register; het is opgeschreven onder het X-Request-Id van dit antwoord.",
        "Something went wrong in the register; it was noted under the X-Request-Id of this answer.",
    ),
    "unknown-key": (
        "Deze zoeksleutel bestaat hier niet; wel: {what}.",
        "This query key does not exist here; these do: {what}.",
    ),
    "given-twice": ("Deze zoeksleutel staat er meer dan eens.", "This query key is given more than once."),
    "not-a-period": ("De eerste dag ligt na de laatste.", "The first day is after the last one."),
    "not-a-day": ("Schrijf een dag als 2022-03-24.", "Write a day as 2022-03-24."),
    "not-a-moment": (
        "Schrijf een moment als 2022-03-24T12:00:00Z of met een verschil als +01:00, of een dag als 2022-03-24.",
        "Write a moment as 2022-03-24T12:00:00Z or with an offset such as +01:00, or a day as 2022-03-24.",
    ),
    "not-a-number": ("Schrijf een geheel getal van {what}.", "Write a whole number from {what}."),
    "not-a-choice": ("Kies uit {what}.", "Choose from {what}."),
    "not-a-code": (
        "Een code bestaat uit kleine letters, cijfers, punten en streepjes.",
        "A code consists of lower case letters, digits, dots and hyphens.",
    ),
    "not-an-id": ("Dit is geen UUID in kleine letters.", "This is not a UUID in lower case."),
    "not-text": ("Deze tekst heeft tekens die het register niet bewaart.", "This text has characters that the register does not keep."),
    "not-a-language": (
        "Schrijf de taal van de teksten als nl of fy, of laat deze kop weg.",
        "Write the language of the texts as nl or fy, or leave this header out.",
    ),
}  # fmt: skip


def sentence(code: str, lang: str, what: str = "") -> str:
    """The sentence of a code in Dutch or English, with what it is about filled in."""
    return SENTENCES[code][lang == "en"].replace("{what}", what)

"""Which of the two languages of this register a caller is answered in: Dutch unless English is asked for."""

from __future__ import annotations

LANGUAGES = ("nl", "en")


def spoken(accept_language: str | None) -> str:
    """The language of an `Accept-Language` header with the greatest weight, Dutch when it names neither or is not to be read."""
    best, weight = "nl", 0.0
    for wanted in (accept_language or "").split(","):
        tag, _, parameter = wanted.strip().partition(";")
        lang = tag.strip().lower().partition("-")[0]
        if lang in LANGUAGES and (q := _weight(parameter)) > weight:
            best, weight = lang, q
    return best


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(float(value), 1.0)
    except ValueError:
        return 0.0

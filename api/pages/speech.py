"""Two languages, one set of templates: the words of a page in Dutch, the source language, or in English from locale/en."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages import days, words, words_around, words_told
from api.pages.days import Lang

HERE = Path(__file__).resolve().parent.parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"
LOCALE = HERE / "locale"


def tables() -> dict[str, dict[str, str]]:
    """The words of every kind of code, in Dutch."""
    kinds = {kind: table for each in (words, words_told, words_around) for kind, table in vars(each).items()}
    return {kind: table for kind, table in kinds.items() if kind.isupper() and isinstance(table, dict)}


class Shown(dict[str, str]):
    """The words of one kind of code in one language; a code without a word shows as itself."""

    def __missing__(self, code: str) -> str:
        """Show the code: a page with one raw code is better than no page."""
        return code


class Speech:
    """What a page says in one language."""

    def __init__(self, lang: Lang) -> None:
        """Read the catalogue of `lang`; Dutch needs none."""
        self.lang: Lang = lang
        self.catalogue: NullTranslations = _catalogue(lang)
        self.word = {
            kind: Shown({code: self.say(word) for code, word in table.items()}) for kind, table in tables().items()
        }

    def say(self, dutch: str, /, **values: object) -> str:
        """A sentence in this language, with its values filled in."""
        sentence = self.catalogue.gettext(dutch)
        return sentence % values if values else sentence

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """A sentence that differs for one and for many; `num` is the number in it."""
        return self.catalogue.ngettext(one, many, n) % {"num": number(n, self.lang), **values}

    def join(self, names: list[str]) -> str:
        """Names as a list in a sentence: Beverwijk, Heemskerk en Velsen."""
        if len(names) < 2:  # noqa: PLR2004  # one name needs no word between
            return "".join(names)
        return self.say("%(names)s en %(last)s", names=", ".join(names[:-1]), last=names[-1])

    def verb(self, verb: str, kind: str) -> str:
        """The word for an outcome; a motion or amendment is carried where a decision is adopted."""
        if verb == "adopted" and kind in {"motion", "amendment"}:
            return self.say(words.CARRIED)
        return self.word["VERB"][verb]


def number(n: int, lang: Lang) -> str:
    """A whole number with its thousands apart: 4.127 in Dutch, 4,127 in English."""
    return f"{n:,}".replace(",", ".") if lang == "nl" else f"{n:,}"


def _catalogue(lang: Lang) -> NullTranslations:
    if lang == "nl":
        return NullTranslations()
    with (LOCALE / lang / "LC_MESSAGES" / "register.po").open("rb") as source:
        catalogue = read_po(source, locale=lang)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


@cache
def speech(lang: Lang) -> Speech:
    """The one Speech of a language."""
    return Speech(lang)


@cache
def style_address() -> str:
    """The address of the style sheet; it changes with its content, so that it can be kept for ever."""
    content = (STATIC / "register.css").read_bytes()
    return f"/static/register.css?v={blake2b(content, digest_size=6).hexdigest()}"


@cache
def environment(lang: Lang) -> Environment:
    """The templates in one language; every value is escaped, and a name that is not there is an error."""
    told = speech(lang)
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(told.catalogue, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    made.filters["day"] = lambda when: days.long_day(when, lang)
    made.filters["short"] = lambda when: days.short_day(when, lang)
    made.filters["number"] = lambda n: number(n, lang)
    made.filters["names"] = told.join
    made.globals.update(word=told.word, verb=told.verb, style=style_address(), look=words.STANCE_LOOK)
    return made


def rendered(template: str, lang: Lang, values: dict[str, Any]) -> str:
    """A page."""
    return environment(lang).get_template(template).render(values)

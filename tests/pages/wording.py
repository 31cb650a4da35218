"""Every sentence that the pages say, as found in the code and the templates; run it to bring the English catalogue up to date."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

API = Path(__file__).resolve().parents[2] / "api"
ENGLISH = API / "locale" / "en" / "LC_MESSAGES" / "register.po"
METHODS = [("pages/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None, "dutch": None, "count": (1, 2)}
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}


def said() -> Catalog:
    """The sentences in Dutch, the source language, in the order of the alphabet."""
    found = Catalog(locale="en", project="decision-register", charset="utf-8", fuzzy=False)
    for name, _, message, comments, context in extract_from_dir(str(API), METHODS, OPTIONS, keywords=KEYWORDS):
        found.add(message, None, [(f"api/{name}", 1)], auto_comments=comments, context=context)
    return found


def english() -> Catalog:
    """The English catalogue as it is kept."""
    with ENGLISH.open("rb") as source:
        return read_po(source, locale="en")


def updated() -> Catalog:
    """The English catalogue with every sentence of today, and none of yesterday; what is new has no translation yet."""
    kept, now = english(), said()
    for message in now:
        before = kept.get(message.id, message.context) if message.id else None
        if before is not None:
            message.string = before.string
    return now


HEADER = b"""# English words of the decision register; the source language is Dutch.
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file, without anything that depends on the day or the machine."""
    target = BytesIO()
    write_po(target, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER + target.getvalue()


if __name__ == "__main__":
    ENGLISH.write_bytes(written(updated()))

"""Write what is made from the code; with --check say which are not fresh, and change nothing.

Made here: the catalogue of facts, the JSON Schemas, the list of decisions on the way, and the examples of the interface.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from inspect import getdoc
from pathlib import Path
from typing import Final

import msgspec

from api.description import examples
from register.fact import KINDS, Fact
from register.schemas import schema_files
from register.vocabulary import FACTS

DOCS: Final = Path(__file__).parent
MOST: Final = 10  # names that a check prints


def pages() -> dict[Path, str]:
    """Every generated file with what it has to say."""
    schemas = {DOCS / "schemas" / name: text for name, text in schema_files().items()}
    return schemas | {
        DOCS / "events.md": "\n".join(catalogue()) + "\n",
        DOCS / "adr" / "README.md": decisions_on_the_way(DOCS / "adr"),
        examples.FILE: examples.gathered(),
    }


def catalogue() -> Iterator[str]:
    """Every type of fact, in the order in which the code tells them, by the kind of its stream."""
    yield "# Everything that can happen"
    yield ""
    yield "Made by `make generate` from the classes of the facts."
    yield "Fields in *italics* may be absent; what each may hold says the JSON Schema."
    for kind in KINDS:
        facts = [fact for fact in FACTS.values() if kind == fact.KIND]
        if facts:
            yield from ("", f"## In a stream of kind `{kind}`")
        for fact in facts:
            yield from described(fact)


def described(fact: type[Fact]) -> Iterator[str]:
    """One fact: its stored name, its sentence, its fields."""
    fields = msgspec.structs.fields(fact)
    required = [f"`{field.encode_name}`" for field in fields if field.required]
    optional = [f"*`{field.encode_name}`*" for field in fields if not field.required]
    name = f"{fact.TYPE}.v{fact.V}"
    yield from ("", f"### `{fact.TYPE}`, version {fact.V}", "", *sentences(fact), "")
    yield f"[Schema](schemas/{name}.json). Fields: {', '.join([*required, *optional])}."


def sentences(fact: type[Fact]) -> list[str]:
    """The docstring of a fact, as paragraphs of the page."""
    said = getdoc(fact)
    if not said:
        sys.exit(f"{fact.__name__} does not say what happened: give it a docstring")
    return said.splitlines()


def decisions_on_the_way(folder: Path) -> str:
    """The introduction as it stands, and below it a line for each decision."""
    kept = (folder / "README.md").read_text(encoding="utf-8").partition("\n- [")[0]
    lines = [f"- [{title(path)}]({path.name})" for path in sorted(folder.glob("[0-9]*.md"))]
    return "\n".join([kept, *lines]) + "\n"


def title(page: Path) -> str:
    """The heading of a page."""
    return page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def stale(wanted: dict[Path, str]) -> list[Path]:
    """The files that are missing, say something else, or are no longer made."""
    different = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    left = [path for path in (DOCS / "schemas").glob("*.json") if path not in wanted]
    return different + left


def main(arguments: list[str], report: Callable[[str], object] = sys.stderr.write) -> int:
    """Write, or check; 1 when a check finds something."""
    wanted = pages()
    found = stale(wanted)
    if "--check" in arguments:
        for path in found[:MOST]:
            report(f"not fresh: {path.relative_to(DOCS.parent)}\n")
        if found:
            report(f"{len(found)} not fresh in all: run `make generate`\n")
        return int(bool(found))
    for path in found:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

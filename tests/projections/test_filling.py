"""Texts are filled in wherever a row can hold one; what is passed over cannot hold any."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import msgspec

import projections
from projections.filling import deep
from projections.row import Text


def rows(of: type[msgspec.Struct] = msgspec.Struct) -> Iterator[type[msgspec.Struct]]:
    """Every struct of the read side, and those of the facts that it carries; what rules remember is in no answer."""
    for kind in of.__subclasses__():
        if kind.__module__.startswith(("projections.", "register.")) and not kind.__module__.endswith(".state"):
            yield kind
        yield from rows(kind)


def test_no_field_that_is_passed_over_can_hold_a_text() -> None:
    for module in pkgutil.walk_packages(projections.__path__, "projections."):
        importlib.import_module(module.name)
    kinds = set(rows())
    assert Text in kinds
    holding = re.compile(r"\b(?:projections|register)\.[a-z_.]+\.[A-Z]|\bdict\b(?!\[str, str\])|typing\.Any|'object'")
    passed = {
        f"{kind.__qualname__}.{field.name}: {field.type}"
        for kind in kinds
        for field in msgspec.structs.fields(kind)
        if field.name not in deep(kind) and holding.search(repr(field.type))
    }
    assert passed == set()
    assert sum(len(deep(kind)) for kind in kinds) > len(kinds), "and most rows hold some"

"""An example of a refusal: what was told before, what is asked then, and the rule that says no."""

from __future__ import annotations

import msgspec

from register.refusals import Refusal
from tests.register.lines import Line


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """After `given`, `asked` is refused by `rule`; `schema` says why a body over HTTP never comes as far as this rule."""

    rule: type[Refusal]
    asked: Line
    given: tuple[Line, ...] = ()
    field: str = ""
    schema: str = ""

    @property
    def code(self) -> str:
        """The public name of the rule."""
        return self.rule().code


def refused(rule: type[Refusal], asked: Line, *given: Line, field: str = "", schema: str = "") -> Example:
    """An example, told in the order in which one reads it: the rule, what is asked, what was before."""
    return Example(rule=rule, asked=asked, given=given, field=field, schema=schema)

"""A small region, and who may record in it: what every example and every rule test begins with."""

from __future__ import annotations

from tests.register.lines import ADMIN, CLERK, COLLEAGUE, GUEST, REGISTRAR, Line, body_, group, line, member

SINCE = {"from": "2017-01-01"}

ACCOUNTS: dict[str, list[dict[str, str]]] = {
    ADMIN: [{"role": "administrator", "for": "mra", **SINCE}],
    CLERK: [{"role": "clerk", "for": "mra-av", **SINCE}],
    COLLEAGUE: [{"role": "confirmer", "for": "mra-av", **SINCE}],
    REGISTRAR: [{"role": "clerk", "for": "gm0362-raad", **SINCE}],
    "gm0363": [{"role": "representative", "for": "gm0363", "body": "mra-av", **SINCE}],
    "gm0402": [{"role": "representative", "for": "gm0402", "body": "mra-av", **SINCE}],
    "auditor": [{"role": "auditor", "for": "mra", **SINCE}],
    GUEST: [],
}


REGION: tuple[Line, ...] = (
    member("gm0363", "Amsterdam"),
    member("gm0362", "Amstelveen"),
    member("gm0402", "Hilversum"),
    member("gm0457", "Weesp"),
    member("gm0375", "Beverwijk"),
    member("gm0396", "Heemskerk"),
    member("gm0453", "Velsen"),
    line("/members", ADMIN, "pv27", member="pv27", name="Noord-Holland", kind="province", from_="2017"),
    line("/members/gm0457/merger", ADMIN, into="gm0363", until="2022-03-23"),
    body_("mra-av", kind="assembly", seats="every-member"),
    body_("mra-bestuur"),
    body_("gm0362-raad", kind="council", seats="not-recorded", of="gm0362", layer="council"),
    body_("pv27-ps", kind="council", seats="not-recorded", of="pv27", layer="council"),
    group("pv27-ps-g1", "pv27-ps"),
    group("pv27-ps-g2", "pv27-ps"),
    line("/subregions", ADMIN, subregion="ijmond", name="IJmond", from_="2017"),
    line("/subregions/ijmond/members", ADMIN, member="gm0453", from_="2017"),
    line("/themes", ADMIN, code="wonen", name="Wonen"),
)
"""A small region, told by its administrator, before the mandates of `ACCOUNTS` are granted."""

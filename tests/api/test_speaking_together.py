"""What several members say together is one statement: it counts for those it names, and for nobody when it is said on their behalf."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.edge import Edge
from tests.api.forms import form_in, send, signed_in

CLERK = "redactie"
BEVERWIJK, HEEMSKERK, VELSEN = IJMOND = ("gm0375", "gm0396", "gm0453")


@pytest.fixture
def clerk(edge: Edge) -> Iterator[httpx.Client]:
    with signed_in(edge, CLERK) as browser:
        yield browser


@pytest.fixture
def decision(edge: Edge) -> str:
    asked = {"title": "Kanaal breder", "decidedBy": {"body": "mra-av"}, "kind": "decision", "class": "not-stated"}
    return str(edge.record(CLERK, "/decisions", asked)["events"][0]["id"])


def recorded(browser: httpx.Client, path: str, **answers: Any) -> httpx.Response:  # noqa: ANN401  # one answer or several
    """Fill in a form and send it."""
    fields = form_in(browser.get(path).text)
    for name, value in answers.items():
        fields[name] = list(value) if isinstance(value, tuple) else [value]
    return send(browser, path, fields)


def last(edge: Edge, decision: str) -> dict[str, Any]:
    found: dict[str, Any] = edge.read(f"/decisions/{decision}/events")["items"][-1]["event"]
    return found


def test_a_joint_standpoint_is_one_and_counts_once_for_each_member_it_names(
    edge: Edge, clerk: httpx.Client, decision: str
) -> None:
    path = f"/vastleggen/besluit/{decision}/standpunt"
    answer = recorded(clerk, path, stem="joint", leden=IJMOND, deelregio="ijmond", tekst="Kies zelf.", dag="1-3-2025")
    assert answer.status_code == 303, answer.text
    voice = last(edge, decision)["data"]["voice"]
    assert voice == {"as": "joint", "layer": "seat", "members": list(IJMOND), "subregion": "ijmond"}
    (standpoint,) = edge.read(f"/decisions/{decision}/minority-standpoints")["items"]
    assert standpoint["counted"] == list(IJMOND)
    shown = clerk.get(answer.headers["location"]).text
    assert "Het telt één keer voor elk van deze leden: Beverwijk, Heemskerk en Velsen." in shown
    assert all(f'href="/leden/{code}"' in shown for code in IJMOND)


def test_a_position_on_behalf_of_a_group_names_no_member_and_counts_for_nobody(
    edge: Edge, clerk: httpx.Client, decision: str
) -> None:
    path = f"/vastleggen/besluit/{decision}/positie"
    said = {"stem": "namens", "deelregio": "ijmond", "positie": "departs", "reden": "Te breed.", "dag": "1-3-2025"}
    answer = recorded(clerk, path, **said)
    assert answer.status_code == 303, answer.text
    position = last(edge, decision)["data"]
    assert "member" not in position
    assert position["voice"] == {"as": "namens", "layer": "seat", "subregion": "ijmond"}
    shown = clerk.get(answer.headers["location"]).text
    assert "Zij telt voor niemand en staat bij de leden van IJmond als namens hen gezegd." in shown
    named = recorded(clerk, path, **said, lid=VELSEN)
    assert named.status_code == 422
    assert 'href="#lid"' in named.text


def test_a_position_that_was_given_together_counts_for_the_member_it_is_of(
    edge: Edge, clerk: httpx.Client, decision: str
) -> None:
    path = f"/vastleggen/besluit/{decision}/positie"
    said = {"stem": "joint", "lid": VELSEN, "leden": (BEVERWIJK,), "positie": "joins", "dag": "1-3-2025"}
    answer = recorded(clerk, path, **said)
    assert answer.status_code == 303, answer.text
    assert last(edge, decision)["data"]["voice"]["members"] == [VELSEN, BEVERWIJK]
    shown = clerk.get(answer.headers["location"]).text
    assert "Dit telt als positie van Velsen, en van niemand anders." in shown
    assert "Beverwijk sprak mee en neemt zelf een positie in." in shown
    assert [each["member"] for each in edge.read(f"/decisions/{decision}/positions")["items"]] == [VELSEN]


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"stem": "own", "leden": IJMOND}, "stem-0"),
        ({"stem": "joint", "leden": (VELSEN,)}, "leden-0"),
        ({"stem": "vanuit", "leden": (VELSEN,)}, "deelregio-0"),
        ({"stem": "namens"}, "stem-0"),
    ],
)
def test_a_voice_that_does_not_fit_is_told_at_its_question(
    edge: Edge, clerk: httpx.Client, decision: str, answers: dict[str, Any], place: str
) -> None:
    before = edge.size()
    answer = recorded(clerk, f"/vastleggen/besluit/{decision}/standpunt", tekst="Anders.", **answers)
    assert (answer.status_code, edge.size()) == (422, before)
    assert f'href="#{place}"' in answer.text


def test_a_representative_speaks_for_its_own_member_and_is_not_asked_how(edge: Edge, decision: str) -> None:
    with signed_in(edge, VELSEN) as member:
        asked = form_in(member.get(f"/vastleggen/besluit/{decision}/standpunt").text)
        assert asked["lid"] == [VELSEN]
        assert not {"stem", "leden", "deelregio"} & set(asked)

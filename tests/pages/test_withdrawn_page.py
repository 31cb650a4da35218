"""The page of withheld texts: each is told apart by what it stood in, and who answers for it is called by name."""

from __future__ import annotations

# ruff: noqa: ANN401  # a sample takes whatever fields a test is about
from typing import Any, Literal

from justhtml import JustHTML

from api.pages.speech import environment, rendered
from api.pages.withdrawn import Loaded, page
from projections.decisions.briefly import Brief
from projections.decisions.row import Meeting
from projections.dossiers.row import Titled
from projections.texts.row import Withdrawal
from tests.pages.samples import ID, NAMES, NOW, decision, frame, row, text

OTHER = "22222222-2222-4222-8222-222222222222"


def withdrawal(**more: Any) -> Withdrawal:
    of: dict[str, Any] = {"stream": ID, "kind": "decision", "type": "decision.proposed", "field": "title", "of": 101}
    said = {"position": 77, "known_from": NOW, "ground": "avg-17", "authority": "gm1", "on": "2026-01-15"}
    return Withdrawal(**{**of, **said, **more})


def lines(found: Loaded, lang: Literal["nl", "en"] = "nl") -> list[str]:
    """What stands in each row of the list."""
    html = rendered("withdrawn.html", lang, {"frame": frame(lang), "page": page(found, frame(lang))})
    read = JustHTML(html, sanitize=False, collect_errors=True)
    assert [str(error) for error in read.errors] == []
    return [" ".join(node.to_text().split()) for node in read.query("tbody tr")]


def brief(id_: str, entry: int) -> Brief:
    base = decision(id=id_)
    title = text(None, withheld="avg-17")
    title.withheld_at = entry
    proposed = type(base.proposed)(
        **row(1), title=title, decided_by=base.proposed.decided_by, kind="motion", class_="not-stated"
    )
    return Brief(id=id_, proposed=proposed, parts={})


def test_two_decisions_of_the_same_day_without_their_titles_are_told_apart() -> None:
    found = (withdrawal(), withdrawal(stream=OTHER, position=79))
    told = lines(Loaded(found, NAMES, decisions={ID: brief(ID, 77), OTHER: brief(OTHER, 79)}))
    assert told[0].startswith("Titel van Motie van 1 januari 2022 (titel afgeschermd met regel 77)")
    assert told[1].startswith("Titel van Motie van 1 januari 2022 (titel afgeschermd met regel 79)")
    assert "Aan de Dijk" in told[0]


def test_meetings_dossiers_and_parties_are_called_what_they_are() -> None:
    meeting = Meeting(id=ID, body="av", planned_on="2022-03-01", position=5)
    dossier = Titled(**row(1), title=text("De haven"))
    assert (
        "Titel van Vergadering, 1 maart 2022"
        in lines(Loaded((withdrawal(kind="meeting"),), NAMES, meetings={ID: meeting}))[0]
    )
    assert "Titel van De haven" in lines(Loaded((withdrawal(kind="dossier"),), NAMES, dossiers={ID: dossier}))[0]
    party = withdrawal(kind="governance", type="party.named", field="name")
    assert lines(Loaded((party,), NAMES))[0].startswith("Naam van een partij , regel 101")
    assert lines(Loaded((party,), NAMES), "en")[0].startswith("Name of a party , entry 101")
    struck = withdrawal(kind="dossier")
    assert lines(Loaded((struck,), NAMES))[0].startswith("Titel van een dossier , regel 101")


def test_in_a_list_a_title_that_is_not_shown_names_the_entry_that_withheld_it() -> None:
    pieces: Any = environment("nl").get_template("pieces.html").make_module({"frame": frame()})
    hidden = text(None, withheld="avg-17")
    assert "titel afgeschermd met regel 77" in pieces.titled(hidden)
    assert (
        str(pieces.titled(hidden, "Besluit", "2021-05")).strip()
        == "Besluit van mei 2021 (titel afgeschermd met regel 77)"
    )
    assert str(pieces.plainly(hidden, "Besluit", alone=True)).strip() == "Besluit (titel afgeschermd)"
    assert str(pieces.plainly(text("Plan"), "Besluit")).strip() == "Plan"

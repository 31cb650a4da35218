"""Who was asked, what each said, what was done with it and what was promised: recorded over HTTP, read as JSON and as a page."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from justhtml import JustHTML

from tests.api.edge import Edge

COUNCIL, OF = "gm0402-raad", "gm0402"


class Told:
    """A consultation that was recorded over HTTP: the id of its decision, and the address of each of its entries by a name."""

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        self.at: dict[str, str] = {}
        question = {
            "title": "Verstedelijking",
            "decidedBy": {"body": "mra-av"},
            "kind": "decision",
            "class": "not-stated",
        }
        self.id: str = edge.record("redactie", "/decisions", {**question, "on": "2021-05-01"})["events"][0]["id"]

    def tell(self, name: str, where: str, **said: Any) -> None:  # noqa: ANN401  # fields of the fact
        """Record a fact of the decision, or one below an entry of it."""
        path = where if where.startswith("/") else f"/decisions/{self.id}/{where}"
        event = self.edge.record("redactie", path, said)["events"][-1]
        self.at[name] = f"{event['id']}.{event['seq']}"


@pytest.fixture(scope="module")
def told(edge: Edge) -> Told:
    """Two councils asked, one view with two points of which one was answered, advice, a reply note, two undertakings."""
    made = Told(edge)
    own = {"as": "own", "layer": "council", "members": [OF]}
    made.tell(
        "asked",
        "view-invitations",
        parties=[COUNCIL, "gm0362-raad"],
        **{"from": "2021-05-17", "until": "2021-07-12"},
        separately=True,
    )
    points = [{"item": 1, "gist": "Meer groen"}, {"item": 2, "gist": "Minder wonen"}]
    made.tell(
        "view",
        "views",
        voice=own,
        text="Bouw niet in het groen.",
        kind="view",
        version=2,
        items=points,
        on="2021-07-01",
    )
    made.tell(
        "answer",
        f"/views/{made.at['view']}/answers",
        item=1,
        outcome="partly-adopted",
        reason="Langs de randen.",
        by="mra-av",
        on="2021-11-03",
    )
    made.tell("note", "reply-notes", letters=23, items=212, on="2021-11-03")
    made.tell("request", "advice-requests", body="mra-raadtafel", question="Past de planning?", on="2021-05-02")
    made.tell(
        "advice",
        "advice",
        voice={"as": "own", "parties": ["mra-raadtafel"]},
        text="Een maand erbij.",
        request=int(made.at["request"].rpartition(".")[2]),
        on="2021-05-20",
    )
    executive = {"as": "own", "layer": "executive", "members": [OF], "backing": "not-asked"}
    made.tell(
        "promise",
        "undertakings",
        text="De raad krijgt de nota.",
        voice=executive,
        to=COUNCIL,
        due="2021-12",
        number="2021-7",
        on="2021-07-01",
    )
    made.tell("kept", "undertakings", text="Een avond voor de raad.", voice=executive, to=COUNCIL, on="2021-07-01")
    made.tell("done", f"/undertakings/{made.at['kept']}/closing", how="fulfilled", on="2021-09-01")
    made.tell("executive", "views", voice=executive, text="Wij steunen het concept.", kind="reaction", on="2021-06-01")
    return made  # fmt: skip


def page(edge: Edge, path: str) -> JustHTML:
    """A page as a reader gets it; it must be well formed."""
    answer = httpx.get(edge.url + path)
    assert answer.status_code == 200, answer.text
    read = JustHTML(answer.text, sanitize=False, collect_errors=True)
    assert [str(error) for error in read.errors] == []
    return read


def words(read: JustHTML, selector: str) -> str:
    """What stands there, with single spaces."""
    return " ".join(" ".join(node.to_text() for node in read.query(selector)).split())


def test_a_view_is_one_row_with_its_points_and_what_was_done_with_each(edge: Edge, told: Told) -> None:
    found = edge.read(f"/decisions/{told.id}/views")
    view, reaction = found["items"]
    assert found["total"] == 2
    assert (view["id"], view["state"], view["answersFor"]) == (told.at["view"], "partly-answered", [COUNCIL])
    assert (reaction["id"], reaction.get("answersFor")) == (told.at["executive"], None)
    first, second = view["items"]
    assert (first["gist"]["text"], first["answers"][0]["outcome"]) == ("Meer groen", "partly-adopted")
    assert first["answers"][0]["reason"]["text"] == "Langs de randen."
    assert (second["gist"]["text"], second.get("answers", [])) == ("Minder wonen", [])


def test_each_party_is_told_with_the_decision_and_the_figures_stand_beside_the_stated_ones(
    edge: Edge, told: Told
) -> None:
    heard = edge.read(f"/decisions/{told.id}")["consultation"]
    (invitation,) = heard["invitations"]
    assert {each["party"]: each["became"] for each in invitation["parties"]} == {
        COUNCIL: "in-time",
        "gm0362-raad": "not-recorded",
    }
    assert invitation["layers"] == [
        {"askedAs": "council", "n": 2, "heard": 1, "became": {"in-time": 1, "not-recorded": 1}}
    ]
    assert heard["figures"] == {"views": 2, "n": 3, "answered": 1, "byOutcome": {"partly-adopted": 1}}
    (note,) = heard["replyNotes"]
    assert note["differences"] == [
        {"of": "letters", "stated": 23, "counted": 2},
        {"of": "items", "stated": 212, "counted": 2},
    ]
    then = edge.read(f"/decisions/{told.id}", validOn="2021-06-01")["consultation"]["invitations"][0]
    assert {each["became"] for each in then["parties"]} == {"open"}  # fmt: skip


def test_advice_is_told_with_its_request_and_without_an_answer(edge: Edge, told: Told) -> None:
    (advice,) = edge.read(f"/decisions/{told.id}/advice")["items"]
    assert (advice["id"], advice["asked"], advice["state"]) == (told.at["advice"], True, "given")
    assert advice["request"]["question"]["text"] == "Past de planning?"
    assert advice["borneBy"] == ["mra-raadtafel"]


def test_undertakings_are_found_by_status_body_and_member(edge: Edge, told: Told) -> None:
    mine = {told.at["promise"], told.at["kept"]}

    def ids(**query: str) -> list[str]:
        return [each["id"] for each in edge.read("/undertakings", **query)["items"] if each["id"] in mine]

    assert ids() == [told.at["promise"], told.at["kept"]]
    assert ids(status="open") == ids(status="overdue") == [told.at["promise"]]
    assert ids(status="closed") == [told.at["kept"]]
    assert ids(status="overdue", validOn="2021-12-31") == []
    assert len(ids(body=COUNCIL)) == len(ids(member=OF)) == 2
    assert ids(body="gm0362-raad") == ids(member="gm0362") == []
    assert [each["id"] for each in edge.read(f"/decisions/{told.id}/undertakings")["items"]] == sorted(mine)
    assert edge.read("/undertakings", pageSize=1)["total"] >= 2
    assert edge.get("/undertakings", status="weighed").status_code == 400


def test_what_nobody_answered_is_missing(edge: Edge, told: Told) -> None:
    found = {
        each["kind"]: (each["n"], each.get("of")) for each in edge.read("/completeness", decision=told.id)["items"]
    }
    assert {kind: n for kind, n in found.items() if kind.startswith(("view", "advice", "undertaking"))} == {
        "view-not-answered": (1, None), "view-not-recorded": (1, 2), "advice-not-answered": (1, None), "undertaking-overdue": (1, None),
    }  # fmt: skip
    points = edge.read("/completeness", decision=told.id, kind="view-not-answered")["items"]
    assert {(each["n"], each.get("of")) for each in points} == {(1, None), (1, 2)}


def test_the_page_of_the_decision_shows_it_in_both_languages(edge: Edge, told: Told) -> None:
    dutch, english = page(edge, f"/besluiten/{told.id}"), page(edge, f"/en/besluiten/{told.id}")
    view = words(dutch, f"#zienswijze-{told.at['view'].rpartition('.')[2]}")
    assert "Bouw niet in het groen." in view
    assert "1. Meer groen deels overgenomen" in view
    assert "2. Minder wonen nog geen antwoord vastgelegd" in view
    asked = words(dutch, f"#gevraagd-{told.at['asked'].rpartition('.')[2]}")
    assert "1 van 2 gehoord" in asked
    assert "Op tijd ontvangen (1)" in asked
    assert "Termijn: 17 mei – 12 juli 2021." in asked  # noqa: RUF001  # the dash of a span of days
    section = words(dutch, "section[aria-labelledby=zienswijzen]")
    assert "Brieven: volgens de nota 23, in het register 2." in section
    assert "Open en over de termijn" in words(dutch, f"#toezegging-{told.at['promise'].rpartition('.')[2]}")
    assert "Afgedaan: nagekomen" in words(dutch, f"#toezegging-{told.at['kept'].rpartition('.')[2]}")
    assert "Een maand erbij." in words(dutch, "section[aria-labelledby=advies]")
    assert "Zienswijze ontvangen: Hilversum." in words(dutch, "section[aria-labelledby=tijdlijn]")
    assert "received in time" in words(english, "section[aria-labelledby=zienswijzen]").lower()


def test_undertakings_have_a_page_with_the_overdue_ones_first(edge: Edge, told: Told) -> None:
    everything, closed = page(edge, "/toezeggingen"), page(edge, "/toezeggingen?stand=afgedaan")
    shown = words(everything, "main")
    assert shown.index("De raad krijgt de nota.") < shown.index("Een avond voor de raad.")
    assert "Open en over de termijn" in shown
    assert "De raad krijgt de nota." not in words(closed, "main")
    assert "overdue" in words(page(edge, "/en/toezeggingen?stand=te-laat"), "main").lower()
    assert told.at["promise"]


def test_a_councillor_sees_what_was_asked_answered_said_on_its_behalf_and_promised(edge: Edge, told: Told) -> None:
    for address in (COUNCIL, OF):
        read = page(edge, f"/raad/{address}")
        assert "Deze raad: op tijd ontvangen." in words(read, "section[aria-labelledby=gevraagd]")
        assert "Bouw niet in het groen." in words(read, "section[aria-labelledby=gezegd]")
        said = words(read, "section[aria-labelledby=namens]")
        assert "Wij steunen het concept." in said
        assert "dagelijks bestuur van het lid · de raad was niet gevraagd" in said
        assert "De raad krijgt de nota." in words(read, "section[aria-labelledby=toezeggingen]")
    then = page(edge, f"/raad/{COUNCIL}?validOn=2021-06-01")
    assert "Deze raad: de termijn loopt nog." in words(then, "section[aria-labelledby=gevraagd]")
    assert "Geen zienswijze van deze raad vastgelegd." in words(then, "section[aria-labelledby=gezegd]")
    english = page(edge, f"/en/raad/{COUNCIL}")
    assert "This council: received in time." in words(english, "section[aria-labelledby=gevraagd]")
    assert httpx.get(f"{edge.url}/raad/mra-av").status_code == 404
    assert httpx.get(f"{edge.url}/raad/niemand").status_code == 404
    assert told.id


def test_a_member_without_a_council_of_its_own_is_led_to_its_own_report(edge: Edge) -> None:
    read = page(edge, "/raad/so0001")
    links = [str((a.attrs or {})["href"]) for a in read.query("main a")]
    (link,) = [each for each in links if "so0001" in each and "/verantwoording" in each]
    assert httpx.get(edge.url + link).status_code == 200

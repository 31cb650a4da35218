"""Search and what is missing over HTTP: on the shipped history, narrowed, turned, at both clocks, unchanged when nothing changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.edge import Edge


def hits(edge: Edge, q: str, **narrowed: str) -> list[Any]:
    return list(edge.read("/search", q=q, **narrowed)["items"])


def marked(hit: Any) -> str:  # noqa: ANN401  # any JSON
    return "".join(f"[{piece['text']}]" if piece.get("mark") else piece["text"] for piece in hit["snippet"])


def test_the_name_of_a_member_finds_it_first(edge: Edge) -> None:
    for name, code in (("Bloemendaal", "gm0377"), ("haarlem", "gm0392"), ("gm0402", "gm0402")):
        first = hits(edge, name)[0]
        assert (first["place"], first["code"]) == ("member", code)


def test_years_find_the_agenda(edge: Edge) -> None:
    found = hits(edge, "2024-2028")
    assert {hit["what"] for hit in found} >= {"title"}
    assert all("[2024]-[2028]" in marked(hit) or hit["what"] not in {"title", "agenda-item"} for hit in found)


def test_one_form_of_a_word_finds_the_other(edge: Edge) -> None:
    one, many = (edge.read("/search", q=word)["total"] for word in ("gemeente", "gemeenten"))
    assert one >= many > 0


def test_a_reason_leads_to_the_position_it_is_of(edge: Edge) -> None:
    stream, _, seq = edge.addresses["bloemendaal-wijkt-af"].partition(".")
    said = edge.read(f"/positions/{stream}.{seq}")["reason"]["text"]
    (hit,) = [each for each in hits(edge, said, place="decision", member="gm0377") if each["what"] == "reason"]
    assert (hit["id"], hit["of"]) == (stream, int(seq))


def test_without_words_nothing_is_found(edge: Edge) -> None:
    assert edge.read("/search")["total"] == 0
    assert edge.get("/search", q="x" * 201).status_code == 400
    assert edge.get("/search", q="haven", place="nergens").status_code == 400


def test_a_list_of_hits_has_pages(edge: Edge) -> None:
    answer = edge.get("/search", q="Amsterdam", pageSize=2, page=2)
    assert len(answer.json()["items"]) == 2
    assert 'rel="next"' in answer.headers["Link"]


def test_one_vote_less_is_one_more_missing(edge: Edge) -> None:
    body = {
        "title": "Drie stemmen",
        "decidedBy": {"body": "mra-av"},
        "kind": "decision",
        "class": "not-stated",
        "on": "2022-02-02",
    }
    written = edge.record("redactie", "/decisions", body)["events"][0]
    id_ = written["id"]
    edge.record("redactie", f"/decisions/{id_}/ballots", {
        "ballot": 1, "how": "hands", "unit": "member", "names": "all", "stated": {"for": 2}, "on": "2022-02-02",
    })  # fmt: skip
    both = [{"voter": "gm0363", "choice": "for"}, {"voter": "gm0377", "choice": "for"}]
    seq = edge.record("redactie", f"/decisions/{id_}/votes", {"ballot": 1, "votes": both})["events"][-1]["seq"]

    def missing() -> tuple[int, int]:
        counts = edge.read("/completeness/counts")["items"]
        return next((each["gaps"], each["n"]) for each in counts if each["kind"] == "names-missing")

    before = missing()
    assert edge.read("/completeness", decision=id_, kind="names-missing")["total"] == 0
    instead = {"type": "votes.recorded", "v": 1, "data": {"ballot": 1, "votes": both[:1]}}
    corrected = {"corrects": seq, "kind": "clerical", "grounds": "Dubbel geteld", "instead": instead}
    edge.record("redactie", f"/decisions/{id_}/corrections", corrected)
    assert missing() == (before[0] + 1, before[1] + 1)
    (gap,) = edge.read("/completeness", decision=id_, kind="names-missing")["items"]
    assert (gap["n"], gap["of"], gap["title"]["text"]) == (1, 2, "Drie stemmen")


def test_the_counts_are_the_lengths_of_the_lists(edge: Edge) -> None:
    for each in edge.read("/completeness/counts")["items"]:
        listed = edge.read("/completeness", kind=each["kind"], pageSize=500)
        assert listed["total"] == each["gaps"]
        assert sum(gap["n"] for gap in listed["items"]) == each["n"] or listed["total"] > 500


def test_silence_on_the_course_is_the_same_in_all_sums(edge: Edge) -> None:
    counts = {each["kind"]: each["n"] for each in edge.read("/completeness/counts")["items"]}
    sums = edge.read("/course")["sums"]
    assert counts["positions-not-recorded"] == counts["member-not-recorded"] == sums["notRecorded"]


def test_one_member_is_asked_alone(edge: Edge) -> None:
    found = edge.read("/completeness", member="gm0377")["items"]
    assert found
    assert {each["member"] for each in found} == {"gm0377"}
    assert edge.get("/completeness", kind="niets").status_code == 400


@pytest.mark.parametrize(
    "path", ["/search?q=Amsterdam", "/completeness", "/completeness/counts", "/meetings", "/bodies/mra-av"]
)
def test_an_unchanged_answer_is_not_sent_again(edge: Edge, path: str) -> None:
    first = edge.client.get(path)
    again = edge.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

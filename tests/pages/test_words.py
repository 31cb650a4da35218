"""Every code that the register can store has a word, and every Dutch sentence has its English one."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from api.accountability.row import KINDS as REPORTED
from api.pages import words, words_around, words_told
from api.pages.speech import environment, speech, tables
from projections.completeness.row import KINDS
from projections.course.row import CellKind
from projections.decisions.consultation.inviting import BECAME, Asked
from projections.decisions.consultation.promised import Advice, Undertaking
from projections.decisions.consultation.row import Closing, Received
from projections.decisions.consultation.viewing import Viewed
from projections.decisions.row import (
    Attendance,
    DecisionKind,
    Document,
    Outcome,
    PartyList,
    Struck,
    SubjectClass,
)
from projections.dossiers.answer import Status
from projections.dossiers.participation import LADDER
from projections.dossiers.row import DossierKind, VersionState
from projections.governance.row import BodyRow, Rule, Seat, SuccessionPlanned
from projections.search.row import Place, What
from projections.standpoints.row import Standpoint
from register import values
from register.decisions import facts
from register.dossiers.facts import Stage
from register.governance.facts import MemberAdmitted, Role
from register.vocabulary import FACTS
from tests.pages import wording


def literal(struct: type[Any], field: str) -> set[str]:
    """The strings that a field of a struct can be."""
    found: set[str] = set()

    def walk(kind: object) -> None:
        for each in get_args(kind):
            if isinstance(each, str):
                found.add(each)
            else:
                walk(each)

    walk(__import__("typing").get_type_hints(struct)[field])
    return found


CODES: list[tuple[str, set[str]]] = [
    ("STANCE", set(get_args(values.Stance))),
    ("STANCE_IN_CELL", set(get_args(values.Stance))),
    ("STANCE_LOOK", set(get_args(values.Stance))),
    ("STANCE_DOES", set(get_args(values.Stance))),
    ("VERB", set(get_args(facts.Verb))),
    ("OUTCOME_SAYS", set(get_args(facts.Verb))),
    ("CHOICE", set(get_args(facts.Choice))),
    ("GRADE", set(get_args(values.Grade))),
    ("ACT", set(get_args(values.Act))),
    ("REASON_MISSING", set(get_args(values.ReasonMissing))),
    ("LAYER", set(get_args(values.Layer))),
    ("LAYER_OF_SEVERAL", set(get_args(values.Layer))),
    ("VOICE", literal(values.Voice, "as_")),
    ("BACKING", literal(values.Voice, "backing")),
    ("CORRECTION", set(get_args(values.CorrectionKind))),
    ("WORDS_OF", set(get_args(values.Words))),
    ("BEARING", literal(values.Evidence, "bearing")),
    ("WEIGHED", literal(Standpoint, "status") | set(get_args(values.Weighed))),
    ("DECISION_KIND", set(get_args(DecisionKind))),
    ("SUBJECT_CLASS", set(get_args(SubjectClass))),
    ("STRUCK", literal(Struck, "because")),
    ("LIST", literal(PartyList, "list")),
    ("LINK", literal(facts.Link, "rel")),
    ("LINK_BACK", literal(facts.Link, "rel")),
    ("HOW", literal(facts.VoteHeld, "how") | literal(Outcome, "how")),
    ("UNIT", literal(facts.VoteHeld, "unit")),
    ("NAMES", literal(facts.VoteHeld, "names")),
    ("ATTENDANCE", literal(Attendance, "kind")),
    ("MEMBER_KIND", literal(MemberAdmitted, "kind")),
    ("PLAN", literal(SuccessionPlanned, "status")),
    ("ROLE", set(get_args(Role))),
    ("DOCUMENT", literal(Document, "kind")),
    ("PAPER", literal(Document, "state")),
    ("SEATS", literal(BodyRow, "seats")),
    ("FORCE", literal(BodyRow, "force")),
    ("CAPACITY", literal(Seat, "capacity")),
    ("RULE", literal(Rule, "kind")),
    ("FOUND", set(get_args(What))),
    ("PLACE", set(get_args(Place))),
    ("BECAME", set(BECAME)),
    ("ASKED_AS", literal(Asked, "asked_as")),
    ("VIEW_KIND", literal(Received, "kind")),
    ("VIEW_STATE", literal(Viewed, "state")),
    ("ADVICE_STATE", literal(Advice, "state")),
    ("UNDERTAKING", literal(Undertaking, "status") | {"overdue"}),
    ("CLOSED_HOW", literal(Closing, "how")),
    ("REPORTED", set(REPORTED)),
    ("DOSSIER", set(get_args(DossierKind))),
    ("VERSION", set(get_args(VersionState))),
    ("STAGE", set(get_args(Stage))),
    ("STEP", set(get_args(Status))),
    ("RUNG", {str(each.step) for each in LADDER}),
    ("MISSING", set(KINDS)),
    ("MISSING_MEANS", set(KINDS)),
]


@pytest.mark.parametrize(("kind", "codes"), CODES, ids=[kind for kind, _ in CODES])
def test_every_code_has_a_word_and_no_word_is_left_over(kind: str, codes: set[str]) -> None:
    assert set(tables()[kind]) == codes


def test_no_kind_of_code_has_its_words_in_two_places() -> None:
    kinds = [kind for each in (words, words_told, words_around) for kind in vars(each) if kind.isupper()]
    assert len(kinds) == len(set(kinds))


def test_every_type_of_entry_of_a_decision_dossier_or_meeting_has_its_sentence() -> None:
    types = {name for (name, _), fact in FACTS.items() if fact.KIND in {"decision", "dossier", "meeting"}}
    assert set(words_told.EVENT) == types | {"position.overruled"}


def test_a_cell_of_the_matrix_is_a_stance_or_one_of_the_kinds_of_no_position() -> None:
    none = {"on-an-earlier-text", "own-decision", "own-decision-by-total", "spoken-for", "not-asked", "not-recorded"}
    assert set(get_args(CellKind)) == set(words.STANCE) | none


def test_every_sentence_is_translated_and_no_translation_is_left_over() -> None:
    kept, said = wording.english(), wording.said()
    untranslated = [m.id for m in said if m.id and not _whole((kept.get(m.id) or m).string)]
    assert untranslated == []
    assert {_key(m.id) for m in kept if m.id} == {_key(m.id) for m in said if m.id}
    assert not [m.id for m in kept if m.fuzzy]


def test_the_catalogue_is_as_it_is_written() -> None:
    assert wording.ENGLISH.read_bytes() == wording.written(wording.updated()), "run python -m tests.pages.wording"


def test_a_translation_fills_in_what_the_sentence_names() -> None:
    wrong = [
        m.id
        for m in wording.english()
        if m.id
        for dutch, english in zip(_forms(m.id), _forms(m.string), strict=True)
        if set(re.findall(r"%\((\w+)\)s", dutch)) != set(re.findall(r"%\((\w+)\)s", english))
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_template_can_be_read(lang: Any) -> None:  # noqa: ANN401  # a Lang
    made = environment(lang)
    assert [made.get_template(name).name for name in made.list_templates()] == made.list_templates()


def test_a_code_without_a_word_shows_as_itself() -> None:
    assert speech("nl").word["STANCE"]["something-new"] == "something-new"


def _whole(string: Any) -> bool:  # noqa: ANN401  # one form, one for each number, or none
    return bool(string) and all(_forms(string))


def _forms(string: Any) -> tuple[str, ...]:  # noqa: ANN401  # one form, or one for each number
    return (string,) if isinstance(string, str) else tuple(string)


def _key(id_: Any) -> tuple[str, ...]:  # noqa: ANN401  # one form, or one for each number
    return _forms(id_)

"""Every refusal has one status and its sentence in two languages; every fault is told without its cause."""

from __future__ import annotations

import json
from collections.abc import Iterator

import psycopg
import pytest
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException
from psycopg_pool import PoolTimeout

import register.decider as _every_rule_is_imported_by_it  # noqa: F401  # so that every rule is known below
from api.problems import Problem, of_fault, of_refused, status_of, title, told
from register.refusals import Conflict, NoAuthority, Refusal, Refused, Unknown
from register.store import appending


def rules(family: type[Refusal]) -> Iterator[type[Refusal]]:
    for found in family.__subclasses__():
        yield found
        yield from rules(found)


RULES = sorted(set(rules(Refusal)) - {Conflict, Unknown, NoAuthority}, key=lambda rule: rule.__name__)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_rule_is_a_problem_with_its_sentence_in_both_languages(rule: type[Refusal]) -> None:
    refusal = rule(field="member", what="gm0363")
    expected: dict[type, int] = {NoAuthority: 403, Unknown: 400, Conflict: 409}
    status = next((expected[family] for family in rule.__mro__ if family in expected), 400)
    sentences = []
    for lang in ("nl", "en"):
        problem = told(of_refused(Refused((refusal,)), lang), lang)
        document = json.loads(problem.body())
        assert document["status"] == status
        [error] = document["errors"]
        assert (error["code"], error["field"]) == (refusal.code, "member")
        assert "{" not in error["message"]
        sentences.append(error["message"])
    assert sentences[0] != sentences[1]


def test_what_the_address_names_and_nobody_knows_is_404() -> None:
    rule = next(rule for rule in RULES if rule.__name__ == "UnknownMember")
    assert status_of(rule(field="member"), frozenset({"member"})) == 404
    assert status_of(rule(field="into"), frozenset({"member"})) == 400
    assert status_of(rule(), frozenset()) == 404
    assert status_of(rule(), None) == 400, "an address that names nothing"


def test_authority_is_told_before_what_is_missing_and_that_before_the_rest() -> None:
    by_name = {rule.__name__: rule for rule in RULES}
    wrong, taken, unknown = by_name["NotADay"](field="on"), by_name["CodeTaken"](), by_name["UnknownMember"]()
    not_yours = by_name["NotYours"]()
    assert of_refused(Refused((wrong, taken)), "nl").status == 400
    assert of_refused(Refused((wrong, taken, unknown)), "nl").status == 404
    told_all = of_refused(Refused((wrong, taken, unknown, not_yours)), "nl")
    assert told_all.status == 403
    assert len(told_all.errors) == 4


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (appending.SameKeyOtherContent("x"), 422, "same-key-other-content"),
        (appending.VersionConflict(()), 409, "changed-meanwhile"),
        (appending.Overloaded("x"), 503, "not-stored"),
        (appending.StoreUnavailable("x", certain=True), 503, "not-stored"),
        (appending.StoreUnavailable("x", certain=False), 503, "outcome-unknown"),
        (appending.DeadlinePassed(certain=True), 503, "not-stored"),
        (appending.DeadlinePassed(certain=False), 503, "outcome-unknown"),
        (PoolTimeout("x"), 503, "read-unavailable"),
        (psycopg.OperationalError("connection to secret-host failed"), 503, "read-unavailable"),
        (psycopg.errors.AdminShutdown("x"), 503, "read-unavailable"),
        (psycopg.errors.UndefinedTable("secret table"), 500, "fault"),
        (NotFoundException(), 404, "not-found"),
        (MethodNotAllowedException(headers={"Allow": "GET"}), 405, "method-not-allowed"),
        (HTTPException(status_code=418, detail="secret function"), 400, "request"),
        (HTTPException(status_code=500, detail="secret function"), 500, "fault"),
        (ZeroDivisionError("secret"), 500, "fault"),
        (Problem(404, "no-decision"), 404, "no-decision"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_every_fault_has_a_status_and_says_nothing_of_the_inside(fault: Exception, status: int, code: str) -> None:
    problem = of_fault(fault)
    document = told(problem, "nl").body().decode()
    assert (problem.status, problem.code) == (status, code)
    assert "secret" not in document
    if status == 503:
        assert int(problem.headers["Retry-After"]) > 0


def test_every_status_has_a_title_in_both_languages() -> None:
    for status in (400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 421, 422, 500, 503):
        assert title(status, "nl") != title(status, "en")

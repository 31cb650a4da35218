"""A form tells all that is wrong at its fields, keeps what was typed, and makes the body that a program would send."""

from __future__ import annotations

import msgspec
import pytest

from api.accounts import Account, Grant
from api.pages import forms
from api.pages.act_asking import Act, Ground
from api.pages.act_positions import ON_POSITION
from api.pages.act_standpoints import ON_STANDPOINT
from api.pages.acts import ON_DECISION
from api.pages.forms import Field, Form, Typed
from api.pages.signing import way_back
from api.pages.speech import rendered, speech
from api.pages.telling import Teller
from projections.governance.row import Member
from register.decisions.standing_refusals import PositionInForce, ReasonNeeded
from register.faults import BodyRefused
from register.intake import read_body
from register.refusals import NotYours, Refused
from tests.pages import samples
from tests.pages.samples import frame

MEMBERS = tuple(
    Member(code=code, name=name, kind="municipality", in_force=True, since=samples.DAY, position=3)
    for code, name in samples.NAMES.items()
    if code.startswith("gm")
)


def ground(role: str = "representative", for_: str = "gm1") -> Ground:
    grant = msgspec.convert({"role": role, "for": for_, "from": "2022", "mandate": samples.ID}, Grant)
    account = Account(account="a", name="a", grants=(grant,))
    made = samples.decision()
    tell = Teller(frame(signed_in=True), samples.NAMES, {part.part: part.title for part in made.parts})
    position = samples.position(6, "gm1", "departs", part="p1", n=1, reason=samples.text("Te duur."))
    entry = {
        "member": "gm1",
        "stance": "departs",
        "part": "p1",
        "n": 1,
        "voice": {"as": "own"},
        "reason": {"_sd": ["x" * 43], "lang": "nl", "words": "quoted", "text": "Te duur."},
    }
    return Ground(account, made, MEMBERS, tell, position, samples.standpoint(), entry, "position.recorded")


def form(act: Act, at: Ground) -> Form:
    return Form(title="t", about=None, lead="", action="/", submit="s", key=samples.ID, fields=act.fields(at))


ACTS = [
    (ON_DECISION["positie"], "representative", {"lid": ["gm1"], "onderdeel": ["p1"], "positie": ["departs"], "reden": ["Te duur."], "laag": ["seat"], "dag": ["24-3-2022"], "bewijs": ["minutes"], "vindplaats": ["https://voorbeeld.nl/a"]}),
    (ON_DECISION["positie"], "clerk", {"lid": ["gm2"], "onderdeel": [""], "positie": ["departs"], "reden": [""], "ontbreekt": ["not-found"], "laag": ["executive"], "dag": ["2022-03"], "bewijs": [""], "vindplaats": [""]}),
    (ON_DECISION["standpunt"], "representative", {"lid": ["gm1"], "tekst": ["Anders."], "anders": [""], "onderdelen": ["p1", "p2"], "laag": ["council"], "dag": [""]}),
    (ON_DECISION["bevestigen"], "confirmer", {}),
    (ON_POSITION["herzien"], "representative", {"positie": ["joins"], "reden": [""], "dag": ["2022-04-01"]}),
    (ON_POSITION["intrekken"], "representative", {"dag": ["1.4.2022"]}),
    (ON_POSITION["toelichten"], "representative", {"reden": ["Omdat."], "dag": [""]}),
    (ON_POSITION["herstellen"], "representative", {"soort": ["clerical"], "gronden": ["Verkeerd."], "positie": ["joins"], "reden": [""]}),
    (ON_POSITION["herstellen"], "representative", {"soort": ["clerical"], "gronden": ["Verkeerd."], "positie": ["geen"], "reden": [""]}),
    (ON_STANDPOINT["wegen"], "clerk", {"uitkomst": ["noted"], "reden": ["Gelezen."], "gremium": ["av"], "dag": ["2022-05-01"]}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "role", "typed"), ACTS, ids=[f"{n}-{act.fact.TYPE}" for n, (act, _, _) in enumerate(ACTS)]
)
def test_every_act_makes_a_body_that_the_register_reads(act: Act, role: str, typed: Typed) -> None:
    raw = msgspec.json.encode(act.body(typed, ground(role, "av" if role == "clerk" else "gm1")))
    fixed: dict[str, object] = {name: 6 for name in ("position", "standpoint") if name in act.fact.__struct_fields__}
    read = read_body(raw, act.fact, fixed, "nl")
    assert type(read.fact) is act.fact


def test_what_a_representative_says_is_in_its_own_words_and_what_a_clerk_writes_is_told() -> None:
    typed = {"lid": ["gm1"], "positie": ["departs"], "reden": ["Te duur."]}
    act = ON_DECISION["positie"]
    assert act.body(typed, ground())["reason"] == {"text": "Te duur.", "lang": "nl", "words": "quoted"}
    assert act.body(typed, ground("clerk", "av"))["reason"] == "Te duur."


def test_only_a_clerk_is_asked_whether_a_reason_is_missing() -> None:
    asked = {
        role: [field.name for field in ON_DECISION["positie"].fields(ground(role))]
        for role in ("clerk", "representative")
    }
    assert "ontbreekt" in asked["clerk"]
    assert "ontbreekt" not in asked["representative"]


def test_a_representative_records_for_its_own_member_only() -> None:
    lid = next(field for field in ON_DECISION["positie"].fields(ground()) if field.name == "lid")
    assert ([choice.value for choice in lid.choices], lid.values) == (["gm1"], ("gm1",))


def test_every_fault_stands_at_its_field_and_what_belongs_to_none_on_top() -> None:
    at = ground()
    fault = Refused((ReasonNeeded(field="reason"), PositionInForce(field="member", what="gm1"), NotYours(what="gm2")))
    found = forms.refused(form(ON_DECISION["positie"], at), fault, speech("nl"), samples.NAMES)
    faults = {field.name: field.faults for field in found.fields if field.faults}
    assert faults == {
        "reden": ("Wie afwijkt, een voorbehoud maakt of niet meedoet zegt waarom: geef een reden.",),
        "lid": ("Aan de Dijk heeft hierop al een positie; herzie die of trek die in.",),
    }
    assert found.faults == (NotYours(what="Bovenveen").sentence("nl"),)
    assert found.wrong == 3


def test_a_fault_of_form_says_what_a_person_is_to_do() -> None:
    at = ground()
    act = ON_DECISION["positie"]
    with pytest.raises(BodyRefused) as caught:
        read_body(msgspec.json.encode(act.body({"lid": ["gm1"], "dag": ["31-2-2022"]}, at)), act.fact, {}, "nl")
    found = forms.refused(form(act, at), caught.value, speech("nl"), {})
    faults = {field.name: field.faults for field in found.fields if field.faults}
    assert faults["positie"] == ("Kies een antwoord: Positie.",)
    assert faults["dag"] == ("Schrijf een dag als 24-3-2022, een maand als 2022-03 of een jaar als 2022.",)


def test_what_was_typed_is_kept_and_escaped() -> None:
    at = ground()
    typed = {"reden": ['<script>"Te duur"</script>'], "positie": ["departs"], "lid": ["gm1"]}
    made = form(ON_DECISION["positie"], at)
    html = rendered(
        "form.html",
        "nl",
        {"frame": frame(signed_in=True), "page": msgspec.structs.replace(made, fields=forms.kept(made.fields, typed))},
    )
    assert "&lt;script&gt;&#34;Te duur&#34;&lt;/script&gt;</textarea>" in html
    assert "<script" not in html
    assert 'value="departs" checked' in html


def test_a_summary_leads_to_each_field() -> None:
    at = ground()
    fault = Refused((ReasonNeeded(field="reason"),))
    found = forms.refused(form(ON_DECISION["positie"], at), fault, speech("en"), {})
    html = rendered("form.html", "en", {"frame": frame("en", signed_in=True), "page": found})
    assert '<a href="#reden">' in html
    assert 'aria-invalid="true"' in html
    assert "There is 1 thing that is not right yet. Nothing was recorded." in html


@pytest.mark.parametrize("wanted", ["", "https://elders.nl", "//elders.nl", "/\\elders.nl", "elders"])
def test_signing_in_never_leads_to_another_site(wanted: str) -> None:
    assert way_back(wanted) == "/vastleggen"


def test_a_field_in_the_summary_is_one_that_can_be_reached() -> None:
    assert Field(name="a", label="A", kind="radio", body="a").target == "a-0"
    assert Field(name="a", label="A", kind="text", body="a").target == "a"

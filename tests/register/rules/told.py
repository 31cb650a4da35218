"""A register in memory: each request is decided by the rules on what was told before, and encoded as it would be stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from register.decider import Said, State, evolve, nothing_yet
from register.fact import Fact
from register.governance.state import Governance
from register.history import Recorded
from register.register import Asked, Charter, Request
from register.world import IMPORT, REGISTER, Actor
from tests.register.rules.saying import fact

TODAY = date(2026, 11, 21)
REGISTER_ID = uuid5(NAMESPACE_OID, "mra")
CHARTER = Charter(
    id=REGISTER_ID,
    governance=uuid5(REGISTER_ID, "governance"),
    region="mra",
    time_zone=ZoneInfo("Europe/Amsterdam"),
    lang="nl",
)
CLERK, COLLEAGUE, REPRESENTATIVE, ADMINISTRATOR = "clerk", "colleague", "gm0363", "administrator"


def stream_id(name: str) -> UUID:
    """The id of a stream that a test calls by a name."""
    return CHARTER.governance if name == "governance" else uuid5(CHARTER.id, name)


def mandate_id(account: str, role: str, for_: str) -> str:
    """The id of the mandate that `grant` gives."""
    return str(uuid5(CHARTER.id, f"mandate {account} {role} {for_}"))


class Told:
    """What was told so far, stream by stream; a copy is another register that begins where this one stands."""

    def __init__(self) -> None:
        """Nothing was told, and nobody may record but the register itself and an import."""
        self.states: dict[UUID, State] = {}
        self.mandates: dict[str, tuple[str, ...]] = {}
        self.commands = 0
        self.entries: tuple[bytes, ...] = ()
        self._accounts: dict[UUID, dict[str, str | None]] = {}

    def copy(self) -> Told:
        """Another register with the same history."""
        other = Told()
        other.states = dict(self.states)
        other.mandates = dict(self.mandates)
        other.commands = self.commands
        other._accounts = {stream: dict(given) for stream, given in self._accounts.items()}  # its own class
        return other

    @property
    def governance(self) -> Governance:
        """Bodies and members as they stand now."""
        state = self.states.get(CHARTER.governance, Governance())
        assert isinstance(state, Governance)
        return state

    def history(self, stream: UUID) -> tuple[Recorded, ...]:
        """Every entry of a stream, as it was recorded."""
        state = self.states.get(stream)
        return state.history if state else ()

    def actor(self, who: str) -> Actor:
        """The hand of an account, or of an import or the register itself."""
        systems = {"import": IMPORT, "register": REGISTER}
        return systems.get(who) or Actor(account=who, mandates=self.mandates.get(who, ()))

    def grant(self, who: str, role: str, for_: str, *, from_: str = "2017", until: str | None = None) -> None:
        """Give an account a mandate, as the administrator does."""
        mandate = mandate_id(who, role, for_)
        self.record(
            "register", CHARTER.governance, fact("mandate.granted", mandate=mandate, role=role, for_=for_, from_=from_)
        )
        if until is not None:
            self.record("register", CHARTER.governance, fact("mandate.ended", mandate=mandate, until=until))
        self.mandates[who] = (*self.mandates.get(who, ()), mandate)

    def tell(self, stream: UUID, facts: Iterable[Fact], *, for_: str, by: str = "import", day: date = TODAY) -> None:
        """Add entries as they stand in the log already; no rule is asked."""
        for each in facts:
            state = self.states.get(stream) or nothing_yet(each.KIND)
            entry = Recorded(seq=len(state.history) + 1, fact=each, by=by, for_=for_, cause=str(self._cause()), day=day)
            self.states[stream] = evolve(state, entry)

    def record(self, who: str, stream: UUID, *facts: Fact, today: date = TODAY) -> tuple[Said, ...]:
        """Decide a request and keep what it says; raises Refused, and then nothing is kept."""
        cause = self._cause()
        given = self._accounts.get(stream, {})
        asked = Asked(Request(cause=cause, actor=self.actor(who), stream=stream, facts=facts), CHARTER, given)
        now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
        decided = asked.decide(self.states, {stream: len(self.history(stream))}, now)
        for name, state in decided.states.items():
            self.states[name] = _state(state)
        self._accounts[stream] = {**given, str(cause): self.actor(who).account}
        self.entries = tuple(entry.bytes for entry in decided.entries)
        return asked.said

    def _cause(self) -> UUID:
        self.commands += 1
        return uuid5(CHARTER.id, f"command {self.commands}")


def _state(state: object) -> State:
    assert hasattr(state, "history")
    return state  # type: ignore[return-value]  # what decide gives back is a state

"""What can be recorded on a decision from a page, one act a word in the address."""

from __future__ import annotations

from typing import Any

from api.pages.act_asking import Act, Ground
from api.pages.act_positions import POSITION
from api.pages.act_standpoints import STANDPOINT
from api.pages.forms import Typed
from api.pages.words import dutch
from register.decisions import facts as decisions


def _confirmation_body(typed: Typed, ground: Ground) -> dict[str, Any]:  # noqa: ARG001  # every act makes its body alike
    return {"upTo": ground.decision.steps}


CONFIRMATION = Act(
    dutch("Bevestig wat is vastgelegd"),
    dutch("U zegt dat de regels tot nu toe zijn zoals in het bewijs staat. Uw eigen invoer kunt u niet bevestigen."),
    dutch("Bevestig"),
    decisions.DecisionConfirmed,
    lambda _ground: (),
    _confirmation_body,
)
ON_DECISION: dict[str, Act] = {"positie": POSITION, "standpunt": STANDPOINT, "bevestigen": CONFIRMATION}

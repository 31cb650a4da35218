"""The read models there are; the only place that names them all."""

from __future__ import annotations

from collections.abc import Sequence

from projections.course import projector as course
from projections.decisions import projector as decisions
from projections.dossiers import projector as dossiers
from projections.fold import Folded
from projections.governance import projector as governance
from projections.history import projector as history
from projections.search import projector as search
from projections.standpoints import projector as standpoints
from projections.taking import Model
from projections.texts.projector import Texts

FOLDS = (governance.FOLD, decisions.FOLD, dossiers.FOLD, history.FOLD, course.FOLD, standpoints.FOLD, search.FOLD)

NAMES = ("texts", *(fold.name for fold in FOLDS))
"""In the order in which they take in a batch: texts first, so that no row is there before its text."""


def every(names: Sequence[str] = NAMES) -> list[Model]:
    """A new one of each read model that is named; raises KeyError for a name that there is not."""
    folds = {fold.name: fold for fold in FOLDS}
    return [Texts() if name == "texts" else Folded(folds[name]) for name in names]

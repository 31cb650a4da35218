"""What templates are given of how others were heard and of what was promised: small frozen structs, made in heard.py."""

from __future__ import annotations

from api.pages.views import Link, Said, Traced, View


class Party(View, frozen=True, kw_only=True):
    """Who was asked or spoke, with its page when it has one."""

    name: str
    href: str | None = None


class Done(Traced, frozen=True, kw_only=True):
    """What was done with a view, a point of it, or advice, and why."""

    outcome: str
    by: str | None = None
    reason: Said | None = None
    reason_missing: str | None = None
    landed: Said | None = None


class Point(View, frozen=True, kw_only=True):
    """One line of the reply note: what is asked, and every answer to it."""

    number: int | None
    gist: Said | None
    part: Said | None = None
    answers: tuple[Done, ...] = ()


class Version(View, frozen=True, kw_only=True):
    """A version of the text that a council or executive decided on."""

    n: int
    title: Said
    entry: int
    text: Said | None = None


class InnerVote(Traced, frozen=True, kw_only=True):
    """How they voted on it among themselves."""

    how: str
    says: tuple[str, ...]


class Own(View, frozen=True, kw_only=True):
    """The decision of a council or executive about the view that it gave."""

    link: Link
    body: str
    verb: str | None
    on: str | None
    entry: int
    versions: tuple[Version, ...] = ()
    votes: tuple[InnerVote, ...] = ()


class ViewCard(Traced, frozen=True, kw_only=True):
    """One view with what was done with it."""

    seq: int
    speaker: str
    kind: str
    text: Said
    state: str
    says: tuple[str, ...]
    points: tuple[Point, ...]
    own: tuple[Own, ...]
    decision: Link
    adds_to: int | None = None
    additions: tuple[int, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of its card on a page."""
        return f"zienswijze-{self.seq}"


class AskedLine(View, frozen=True, kw_only=True):
    """Some of those who were asked, of whom the same became, in words."""

    became: str
    parties: tuple[Party, ...]


class AskedLayer(View, frozen=True, kw_only=True):
    """Councils, executives, members or others that were asked, and how many were heard."""

    asked_as: str
    n: int
    heard: int
    lines: tuple[AskedLine, ...]


class InvitationCard(Traced, frozen=True, kw_only=True):
    """An invitation with what became of each that was asked."""

    seq: int
    term: str
    separately: bool
    layers: tuple[AskedLayer, ...]
    decision: Link
    became: str | None = None
    """What became of the one that the page is about, in words."""


class NoteCard(Traced, frozen=True, kw_only=True):
    """A reply note, with its own totals beside what is counted here."""

    by: str | None
    version: int | None
    says: tuple[str, ...]
    differs: tuple[str, ...]
    href: str | None = None


class AdviceCard(Traced, frozen=True, kw_only=True):
    """Advice, asked or unasked, with what was done with it."""

    seq: int
    who: str
    asked: str
    state: str
    question: Said | None
    text: Said | None
    answers: tuple[Done, ...]

    @property
    def anchor(self) -> str:
        """The id of its card on a page."""
        return f"advies-{self.seq}"


class PollCard(Traced, frozen=True, kw_only=True):
    """A poll, which decides nothing."""

    among: Party
    question: Said
    asked: int | None
    answered: int | None
    options: tuple[tuple[Said, int | None], ...]


class ResolutionCard(Traced, frozen=True, kw_only=True):
    """A resolution, which binds nobody."""

    speaker: str
    text: Said
    to: tuple[Party, ...]


class UndertakingCard(Traced, frozen=True, kw_only=True):
    """Something that was promised, with what became of it."""

    seq: int
    speaker: str
    text: Said
    status: str
    decision: Link
    number: str | None = None
    to: Party | None = None
    condition: Said | None = None
    due: str | None = None
    progress: tuple[Told, ...] = ()
    closing: Told | None = None

    @property
    def anchor(self) -> str:
        """The id of its card on a page."""
        return f"toezegging-{self.seq}"


class Told(Traced, frozen=True, kw_only=True):
    """Something that was told about an undertaking."""

    text: Said | None = None
    how: str | None = None


class Heard(View, frozen=True, kw_only=True):
    """Everything about it on the page of a decision."""

    says: str
    invitations: tuple[InvitationCard, ...]
    views: tuple[ViewCard, ...]
    notes: tuple[NoteCard, ...]
    advice: tuple[AdviceCard, ...]
    polls: tuple[PollCard, ...]
    resolutions: tuple[ResolutionCard, ...]
    undertakings: tuple[UndertakingCard, ...]

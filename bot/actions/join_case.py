"""A draft meets an open case about the same thing: the writer is offered to join it, and may join as one more voice.

Invariant: of a case that is offered nothing is told but its number, unit, state and limit; whoever joins stays anonymous.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.actions.ask_translation import heard, voices_heard
from bot.actions.draft import ANCHOR, card
from bot.actions.matter import Matter, changed, in_charge, sealed, told, watching
from bot.errors import IllegalTransition, NotFound
from bot.ports import Desk
from bot.rules.case import Case, State
from bot.rules.county import County
from bot.rules.dialog import Drafting, Idle
from bot.rules.effect import Effects, Keep, Send
from bot.rules.entry import RESIDENT, Added, VoiceAdded
from bot.rules.file import Media
from bot.rules.identity import Language, PersonId
from bot.rules.likeness import Report, are_alike
from bot.rules.message import PROOF_HOLE, Alike, DraftCard, News, Picking, Receipt
from bot.rules.slot import added_by, said_slot
from bot.rules.staff import Staff
from bot.rules.translation import Legible

"""Under which slots the files of a voice lie that it added: `added/VOICE/N`."""


def may_be_offered(county: County, draft: Drafting) -> bool:
    """Say whether a case like this draft is looked for at all; for confidential matters never."""
    return (
        not draft.is_apart
        and not draft.is_for_another
        and draft.picking is Picking.NOTHING
        and draft.township is not None
        and bool(draft.words)
        and not county.categories[draft.category].is_confidential
    )


def offer(effects: Effects, case: Case, *, is_own: bool = False) -> Effects:
    """Put an open case that is like the draft on its card."""
    alike = Alike(case=case.number, unit=case.unit, state=case.state, due_at=case.now.due_at, is_own=is_own)
    return _with_card(effects, lambda card: msgspec.structs.replace(card, alike=alike))


def offer_recent(effects: Effects, case: Case) -> Effects:
    """Put a case that the writer filed just before, or is asked something about, on the draft's card."""
    is_asked = case.state is State.WAITING
    return _with_card(effects, lambda card: msgspec.structs.replace(card, recent=case.number, is_asked=is_asked))


def _with_card(effects: Effects, change: Callable[[DraftCard], DraftCard]) -> Effects:
    def changed_in(send: Send) -> Send:
        return replace(send, message=change(send.message)) if isinstance(send.message, DraftCard) else send

    return replace(effects, sends=tuple(map(changed_in, effects.sends)))


def join_case(  # noqa: PLR0913, PLR0917 (what is asked and what is known)
    desk: Desk,
    matter: Matter,
    draft: Drafting,
    person: PersonId,
    now: datetime,
    filed: str | None = None,
    language: Language | None = None,
) -> Effects:
    """Stand behind an open case instead of filing one: the draft's words and files become an addition to it.

    Args:
        matter: the case as officials read it, with who stands behind it already.
        filed: what was filed, as it was written; None: as officials read it.
        language: the one that this person chose.

    Raises:
        NotFound: the case is not like this draft, so it was never offered with it.
        IllegalTransition: the case is over, or this person stands behind it already.
    """
    case = matter.case
    if (
        case.is_confidential
        or draft.is_for_another
        or (case.category, case.township) != (draft.category, draft.township)
        or not are_alike(Report.of(draft.words), Report.of(matter.written if filed is None else filed))
    ):
        raise NotFound
    if not case.is_open or person in matter.voices:
        raise IllegalTransition
    voice, (commitment, words) = case.voices + 1, sealed(desk, case.number, draft.words)
    change = changed(case, RESIDENT, (VoiceAdded(voice=voice), Added(voice=voice, words=commitment)), now)
    after = change.after
    kept = _kept(draft, case, voice)
    read, translating = _taken(desk, matter, after, (said_slot(commitment), draft), kept, language, now)
    return translating + Effects(
        cases=(replace(change, joining=(person,)),),
        words=(words,),
        kept=kept,
        dialog=Idle(),
        township=draft.township,
        forget_anchor=ANCHOR,
        sends=(
            card(person, draft, Picking.ADDED, matter.pressed),
            Send(person, joined_receipt(case, is_less=draft.name is not None or len(draft.files) < len(draft.parts))),
            *told(desk, matter, after, _readers(matter), now, News.JOINED_BY, read),
        ),
    )


def _taken(  # noqa: PLR0913, PLR0917 (what was said, and who is here)
    desk: Desk,
    matter: Matter,
    case: Case,
    said: tuple[str, Drafting],
    kept: Sequence[Keep],
    language: Language | None,
    now: datetime,
) -> tuple[Legible, Effects]:
    """Take the words and voices of whoever joined: how officials read the words, and what is to be translated."""
    slot, draft = said
    read, translating = heard(desk, case, slot, draft.words, language, matter.staff, now)
    spoken = (keep.slot for keep, part in zip(kept, draft.files, strict=True) if part.media is Media.VOICE)
    return read, translating + voices_heard(desk, case, spoken, language, matter.staff, now)[1]


def _readers(matter: Matter) -> tuple[Staff, ...]:
    return watching(matter) if matter.case.state is State.TRIAGE else in_charge(matter, matter.case)


def joined_receipt(case: Case, *, is_less: bool = False) -> Receipt:
    """Make the receipt of whoever joined a case; `is_less`: not all that their draft had went into it."""
    return Receipt(
        case=case.number,
        unit=case.unit,
        category=case.category,
        township=case.township,
        due_at=case.now.due_at,
        proof=PROOF_HOLE,
        is_joined=True,
        is_less=is_less,
    )


def _kept(draft: Drafting, case: Case, voice: int) -> tuple[Keep, ...]:
    """Put the draft's files into the case, in the order in which they came."""
    return tuple(
        Keep(part.file, case.number, f"{added_by(voice)}{place}", RESIDENT)
        for place, part in enumerate(draft.files, start=1)
    )

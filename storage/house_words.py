"""Words that belong to no case, as a commit seals them and a reader opens them; and what only one may decide at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.engine import Session, typed
from storage.keyring import Keyring
from storage.words import opened_text, sealed_text

if TYPE_CHECKING:  # only annotations name them, and whoever only reads starts without
    from bot.rules.effect import Effects
    from storage.batch import Batch


def put_house(batch: Batch, keyring: Keyring, effects: Effects) -> None:
    """Seal words, and claim what was decided on: whoever was quicker has the whole decision taken back."""
    for words in effects.house_words:
        body = sealed_text(keyring.transit, words.text, words.salt, about_house(words.slot))
        batch.add("house_words_put", {"slot": words.slot, "body": body})
    put_survey(batch, effects)
    for turn in effects.turns:
        batch.add("turn_take", {"name": turn.name, "after": turn.before + 1})


def put_survey(batch: Batch, effects: Effects) -> None:
    """Write who may answer, and what was: counts go up before the token is burnt, all in one transaction."""
    for token in effects.survey_tokens:
        batch.add("survey_token_put", {"digest": token.digest, "period": token.period, "unit": token.unit})
    for answer in effects.survey_answers:
        for question, verdict in answer.verdicts:
            batch.add("survey_count", {"digest": answer.digest, "question": question, "verdict": verdict})
        batch.add("survey_token_burn", {"digest": answer.digest})
    for period in effects.surveys_ended:
        batch.add("survey_tokens_drop", {"period": period})
        batch.add("survey_counts_drop", {"period": period})


async def house_words(session: Session, keyring: Keyring | None, slot: str) -> str | None:
    """Open words that belong to no case; None when there are none, or no key is at hand."""
    if keyring is None:
        return None
    rows = typed(await session.rows("house_words_get", {"slot": slot}), tuple[bytes])
    return opened_text(keyring.transit, rows[0][0], about_house(slot)) if rows else None


def about_house(slot: str) -> str:
    """Name what words are sealed as."""
    return f"house/{slot}"

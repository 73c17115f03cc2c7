"""What is due now, decided and taken in one commit: a restart neither forgets nor repeats it.

A thing whose moment passed while the program was down is told as it is now.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from msgspec.structs import replace

from bot.actions.ask_fixed import ask_fixed
from bot.actions.ask_resident import end_pause
from bot.actions.call_back import tell_callbacks, tell_silent
from bot.actions.draft import tidy
from bot.actions.follow_up import ask_still
from bot.actions.forget_person import forget_chat
from bot.actions.hold_meeting import ask_to_settle, end_meeting
from bot.actions.join_group import tell_late
from bot.actions.judge_project import Visit, ask_project
from bot.actions.keep_duty import check_duty, plan_duty_check
from bot.actions.look_out import plan_look_out, remind_sign
from bot.actions.matter import Matter
from bot.actions.morning import plan_morning
from bot.actions.remind import Reminding, ask_again, close_unrated, reminder_effects
from bot.actions.remind_case import remind_case
from bot.actions.remind_measure import remind_measure
from bot.actions.remind_translator import remind_translators, tell_no_translator
from bot.actions.report_week import plan_digest, send_digest
from bot.actions.survey_served import end_survey, plan_pledges, pledge_survey
from bot.errors import Conflict, LedgerBroken, StorageUnavailable
from bot.ports import Clock, Decision, Desk, WorkStore
from bot.rules.access import EVERY_ROLE
from bot.rules.digest import scope_of
from bot.rules.due import (
    AskAgain,
    AskFixed,
    AskProject,
    AskToSettle,
    CallbackSilent,
    CheckDuty,
    CloseUnrated,
    Due,
    EndMeeting,
    EndPause,
    EndSurvey,
    FollowUp,
    ForgetPerson,
    HouseTask,
    LookOut,
    PledgeSurvey,
    RemindMeasure,
    RemindSign,
    RemindStaff,
    SendDigest,
    SendMorning,
    TellCallbacks,
    TellingTask,
    TellNoTranslator,
    TellUnreachable,
    TidyDraft,
)
from bot.rules.effect import Effects
from bot.rules.identity import MeetingId
from bot.rules.meeting import Hall
from bot.rules.period import parse_period
from bot.rules.reminder import TRANSLATION
from bot.rules.slot import FILED, answer_slot
from bot.rules.staff import Staff, outside
from bot.rules.translation import is_still_wanted, translations_in
from bot.workers.bell import Bell
from bot.workers.fault import describe
from bot.workers.lookout import look
from bot.workers.morning import morning
from bot.workers.retention import Retention
from bot.workers.unreachable import unreachable

log = logging.getLogger(__name__)

BATCH: Final = 200
RETRY: Final = timedelta(minutes=5)
"""When a due thing that failed is tried again."""

SOON: Final = timedelta(seconds=10)
"""When the database is tried again."""


class Ticker:
    """Does what is due until silenced.

    Args:
        is_clock_right: says no when the clock is known to be wrong: nothing is erased by it then.
    """

    def __init__(
        self,
        store: WorkStore,
        desk: Desk,
        clock: Clock,
        own: Bell,
        others: Sequence[Bell],
        is_clock_right: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store, self._desk, self._clock = store, desk, clock
        self._own, self._others = own, others
        self._is_clock_right = is_clock_right
        self._retention = Retention(store, desk)
        self._planned_on: date | None = None

    def adopt(self, desk: Desk) -> None:
        """Do all that follows at another desk, and see anew what there is to plan."""
        self._desk = desk
        self._retention.adopt(desk)
        self._planned_on = None
        self._own.ring()

    async def run(self) -> None:
        """Do what is due, then sleep until the next moment."""
        while not self._own.is_silenced:
            try:
                await self.plan()
                await self.tidy()
                if await self.step():
                    continue
                night_at = self._retention.next_at(self._clock.now())
                until = _whole_second(min(await self._store.next_due_at() or night_at, night_at))
            except StorageUnavailable as error:
                log.error("the database is out of reach (%s); trying again", describe(error))
                until = self._clock.now() + SOON
            await self._own.wait(until)

    async def tidy(self) -> None:
        """Do the night's work, once a night."""
        if self._is_clock_right():
            await self._retention.sweep(self._clock.now())

    async def plan(self) -> None:
        """See to it that the next digest and the next morning's list are planned: at the start, and again every day."""
        now, desk = self._clock.now(), self._desk
        if now.date() == self._planned_on:  # again, as what was planned by a clock that was wrong may be far off
            return
        planned = (
            plan_digest(desk.county, now),
            plan_look_out(desk.county, now),
            *plan_pledges(desk.county, await desk.read.survey_entries(), now),
            *plan_morning(desk.county, desk.calendar, now),
            *plan_duty_check(desk.county, desk.calendar, now),
        )
        await self._store.commit([Decision(Effects(planned=planned))], now)
        self._planned_on = now.date()

    async def step(self) -> bool:
        """Do one batch of what is due; say whether there was any."""
        now = self._clock.now().replace(microsecond=0)
        due = await self._store.take_due(BATCH, now)
        if not due:
            return False
        staff = await self._desk.read.staff_of(None, EVERY_ROLE)
        if not await self._done(due, staff, now):
            for together in _by_case(due):
                if await self._done(together, staff, now):
                    continue
                for each in together:
                    if len(together) == 1 or not await self._done([each], staff, now):
                        await self._store.postpone_due(each, now + RETRY)
        for bell in self._others:
            bell.ring()
        return True

    async def _done(self, due: Sequence[Due], staff: tuple[Staff, ...], now: datetime) -> bool:
        """Decide and commit; say whether it is written.

        Raises:
            StorageUnavailable, LedgerBroken: nothing else could be written either.
        """
        try:
            await self._store.commit(await self._decide(due, staff, now), now)
        except (StorageUnavailable, LedgerBroken):
            raise
        except Conflict:
            return False
        except Exception as error:  # noqa: BLE001 (one due thing must not stop the clock)
            log.error("%d due things could not be committed: %s", len(due), describe(error))
            return False
        return True

    async def _decide(self, due: Sequence[Due], staff: tuple[Staff, ...], now: datetime) -> list[Decision]:
        """Decide each thing; of a case's missed reminders only what is true now, and one message a person for all cases."""
        decisions: list[Decision] = []
        remindings: list[Reminding] = []
        for together in _by_case(due):
            try:
                if isinstance(together[0].task, RemindStaff):
                    told, planned = await self._remind(together, staff, now)
                    remindings += told
                    decisions += [Decision(Effects(), due=each) for each in together]
                    decisions.append(Decision(Effects(planned=planned)))
                else:
                    decisions += [Decision(await self._effects(each, staff, now), due=each) for each in together]
            except (StorageUnavailable, LedgerBroken):
                raise
            except Exception as error:  # noqa: BLE001 (one due thing must not stop the clock)
                log.error("%s failed: %s", together[0].key, describe(error))
                for each in together:
                    await self._store.postpone_due(each, now + RETRY)
        groups = await self._desk.read.unit_groups() if remindings else ()
        decisions.append(Decision(tell_late(self._desk.county, groups, (each.line for each in remindings))))
        decisions.append(Decision(reminder_effects(remindings, is_open=self._desk.calendar.is_open(now))))
        courtesy = self._desk.courtesy
        return [replace(each, effects=courtesy.applied(each.effects, now)) for each in decisions]

    async def _remind(
        self, together: Sequence[Due], staff: tuple[Staff, ...], now: datetime
    ) -> tuple[Sequence[Reminding], tuple[Due, ...]]:
        """Decide who is told of a case, and plan what follows when none of them does anything about it."""
        dated = [(each.at, each.task) for each in together if isinstance(each.task, RemindStaff)]
        tasks = [task for _, task in dated]
        case = await self._desk.read.case(tasks[0].case)
        staff = outside(case.about, staff)
        entries = await self._desk.read.entries_of(case.number)
        if tasks[0].stage.startswith(TRANSLATION):
            items = await self._desk.read.translations_of(case.number)
            wanted = [item for item in items if is_still_wanted(item, case.state)]
            return remind_translators(case, tasks, wanted, entries, staff, now), ()
        return remind_case(self._desk, case, dated, entries, staff, now)

    async def _effects(self, due: Due, staff: tuple[Staff, ...], now: datetime) -> Effects:
        read, task = self._desk.read, due.task
        match task:
            case AskAgain(case=number, round=attempt):
                words, slot = await read.words_in(number), answer_slot(attempt)
                told = translations_in(words, slot, self._desk.county.languages)
                return ask_again(await read.case(number), attempt, words.get(slot, ""), await read.voices_of(number), told)
            case CloseUnrated(case=number, round=attempt):
                return close_unrated(self._desk, await read.case(number), attempt, await read.voices_of(number), now)
            case AskFixed(case=number):
                return ask_fixed(await read.case(number), task, await read.voices_of(number), now)
            case FollowUp(case=number):
                return ask_still(await read.case(number), task, await read.voices_of(number))
            case CallbackSilent(case=number):
                entries, voices = await read.entries_of(number), await read.voices_of(number)
                return tell_silent(await read.case(number), task, entries, voices, staff)
            case EndPause(case=number):
                seen, voices = await read.legible(number, FILED), await read.voices_of(number)
                case = await read.case(number)
                matter = Matter(case, (), seen, tuple(person for _, person in voices), outside(case.about, staff))
                return end_pause(self._desk, matter, task, await read.entries_of(number), now)
            case RemindStaff():
                remindings, planned = await self._remind([due], staff, now)
                return reminder_effects(remindings) + Effects(planned=planned)
            case _:
                return await self._beside_cases(task, staff, now)

    async def _beside_cases(self, task: HouseTask, staff: tuple[Staff, ...], now: datetime) -> Effects:
        """Do what is due of no one case."""
        read = self._desk.read
        match task:
            case LookOut():
                return await look(self._desk, staff, now)
            case SendMorning():
                return await morning(self._desk, staff, now)
            case CheckDuty():
                return check_duty(self._desk, staff, now)
            case SendDigest(period=text):
                period = parse_period(text, self._desk.county.hours.zone)
                figures = await read.digest(period, scope_of(self._desk.county), now, is_brief=True)
                return send_digest(self._desk, figures, await read.uncounted(period), staff, now)
            case TellCallbacks() | TellNoTranslator() | TellUnreachable() | RemindSign() | RemindMeasure():
                return await self._tell(task, staff, now)
            case AskToSettle(meeting=id_):
                hall, opener = await self._hall(id_, staff)
                return ask_to_settle(hall, opener, await read.meta("bot_username") or "", now)
            case AskProject(project=project, person=person):
                known = next((each for each in self._desk.county.projects if each.id == project), None)
                book, judged = await read.project_book(project), await read.judged_by(project, person)
                return Effects() if known is None else ask_project(Visit(person, (), known, book, judged), now)
            case EndMeeting(meeting=id_):
                hall, opener = await self._hall(id_, staff)
                return end_meeting(hall, await read.people_in(id_), opener, now)
            case EndSurvey() | PledgeSurvey():
                return await self._survey(task, now)
            case TidyDraft(person=person, begun_by=begun_by):
                return tidy(person, await read.draft_of(person), begun_by, now)
            case ForgetPerson(person=person):
                rest = await read.rest_of(person)
                return forget_chat(person, now, is_back=rest.is_back, is_waiting=rest.is_waiting)

    async def _survey(self, task: EndSurvey | PledgeSurvey, now: datetime) -> Effects:
        read = self._desk.read
        match task:
            case EndSurvey(period=text):
                return end_survey(text, await read.survey_counts(text), now)
            case PledgeSurvey(period=text):
                month = parse_period(text, self._desk.county.hours.zone)
                return pledge_survey(self._desk, month, await read.survey_entries(), now)

    async def _hall(self, id_: MeetingId, staff: Sequence[Staff]) -> tuple[Hall, Staff | None]:
        """Return a meeting with what was raised in it, and whoever opened it, if they still hold that role."""
        meeting = await self._desk.read.meeting(id_)
        opener = next((each for each in staff if each.id == meeting.opener), None)
        return Hall(meeting, await self._desk.read.raised_in(id_)), opener

    async def _tell(self, task: TellingTask, staff: tuple[Staff, ...], now: datetime) -> Effects:
        read = self._desk.read
        match task:
            case TellNoTranslator():
                return tell_no_translator(self._desk, task, await read.translation_backlog(now), staff, now)
            case TellUnreachable(person=person):
                return await unreachable(self._desk, person, staff, now)
            case TellCallbacks():
                return tell_callbacks(await read.callbacks(), staff)
            case RemindSign(sign=sign):
                return remind_sign(await read.sign(sign), staff, await read.sign_words(sign), now)
            case RemindMeasure(proposal=number):
                proposal = await read.proposal(number)
                texts = {slot: await read.house_words(slot) for slot in proposal.slots}
                return remind_measure(self._desk.calendar, task, proposal, staff, texts, now)


def _whole_second(at: datetime) -> datetime:
    """Return the first whole second at or after an instant: what is due is taken by those."""
    return at if not at.microsecond else at.replace(microsecond=0) + timedelta(seconds=1)


def _by_case(due: Sequence[Due]) -> list[list[Due]]:
    """Put reminders of one case and round together, in the order of their moments; everything else stays by itself."""
    groups: dict[str, list[Due]] = {}
    for each in due:
        groups.setdefault(_group(each), []).append(each)
    return list(groups.values())


def _group(due: Due) -> str:
    """Name what is decided together: limits of a case's round, or its translations."""
    task = due.task
    if not isinstance(task, RemindStaff):
        return due.key
    return f"{task.case}/{TRANSLATION if task.stage.startswith(TRANSLATION) else task.round}"

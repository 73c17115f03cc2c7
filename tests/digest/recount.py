"""Count a digest's figures from an exported ledger (docs/ledger.md section 5), with nothing of the program that wrote it.

It is given the lines as JSON, looks at those up to the end of a period, and knows only the definitions of the figures.
Instants are compared as text: RFC 3339 in UTC with whole seconds sorts as time does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

SIGNALS = ("bulk", "fast", "bare", "comeback", "lengthened", "extended", "own_rating", "copied")
GONE = ("withdrawn", "refused", "merged")
Z = 1.959964


class Attempt:
    """One round of a case, as far as it went."""

    def __init__(self, unit: str, opened: str, facts: dict[str, Any]) -> None:
        self.unit, self.opened = unit, opened
        self.accept_due, self.due = facts["accept_due_at"], facts["due_at"]
        self.accepted: str | None = None
        self.resolved: str | None = None
        self.closed: str | None = None
        self.reopened: str | None = None
        self.called_back: str | None = None
        self.called_back_at: str | None = None
        self.answers: dict[int, tuple[str, int | None]] = {}
        self.sources: dict[int, str] = {}
        self.later: list[tuple[str, str, str]] = []
        self.voices, self.left = 1, 0


class Life:
    """One case, as far as it went."""

    def __init__(self, line: dict[str, Any]) -> None:
        facts = line["facts"]
        self.unit, self.filed = facts["unit"], line["at"]
        self.facts = facts
        self.attempts = [Attempt(self.unit, line["at"], facts)]
        self.is_gone = False

    def go_on(self, entry: str, at: str, facts: dict[str, Any]) -> None:
        """Follow one more entry."""
        now = self.attempts[-1]
        if entry in GONE:
            self.is_gone = True
        elif entry == "voice_added":
            now.voices += 1
        elif entry in {"voice_left", "voice_returned"}:
            now.left += 1 if entry == "voice_left" else -1
        elif entry == "reopened":
            now.reopened = at
            self.attempts.append(Attempt(self.unit, at, facts))
            self.attempts[-1].voices, self.attempts[-1].left = now.voices, now.left
        elif entry == "rated":
            self.attempts[facts["round"] - 1].answers[facts["voice"]] = (facts["solved"], facts["score"])
            self.attempts[facts["round"] - 1].sources[facts["voice"]] = facts.get("source", "bot")
        elif entry == "followed_up":
            self.attempts[facts["round"] - 1].later.append((at, facts["solved"], facts["stage"]))
        elif entry == "called_back":
            self.attempts[facts["round"] - 1].called_back = facts["solved"]
            self.attempts[facts["round"] - 1].called_back_at = at
        elif entry == "assigned":
            self.unit = now.unit = facts["unit"]
            now.accept_due, now.accepted = facts["accept_due_at"], None
            self.facts = {**self.facts, "category": facts["category"]}
        elif entry == "transferred":
            now.accepted = None
        elif entry == "reclassified":
            now.accept_due, now.due = facts["accept_due_at"], facts["due_at"]
        elif entry in {"asked", "resumed", "extension_granted"}:
            now.due = facts["due_at"]
        elif entry in {"accepted", "resolved", "closed"}:
            setattr(now, entry, at)


def lives(lines: Iterable[dict[str, Any]], end: str) -> list[Life]:
    """Read the cases as they stood at an instant."""
    found: dict[str, Life] = {}
    for line in lines:
        if line["case"] is None or line["at"] >= end:
            continue
        if line["entry"] == "filed":
            found[line["case"]] = Life(line)
        else:
            found[line["case"]].go_on(line["entry"], line["at"], line["facts"])
    return list(found.values())


def walks(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Read what is about field visits: they themselves, what was proposed on them, and the measures."""
    about = {"visited", "proposal_noted", "measure_set", "measure_done", "proposal_dropped"}
    return [line for line in lines if line["entry"] in about]


def walked(visits: list[dict[str, Any]], within: Callable[[str | None], bool], unit: str | None) -> Iterator[Any]:
    """Count the visits of the period, and whom they saw."""
    made = [line["facts"] for line in visits if line["entry"] == "visited" and within(line["at"])]
    made = [each for each in made if unit in {None, each["unit"]}]
    yield "visits", plain(len(made))
    for name, seen in (("households_seen", "households"), ("firms_seen", "firms")):
        yield name, plain(sum(each[seen] for each in made))


def carried(visits: list[dict[str, Any]], within: Callable[[str | None], bool], end: str, unit: str | None) -> Iterator[Any]:
    """Count what became measures by the end of the period, and which of those that fell due in it were done in time."""
    all_of: dict[str, dict[str, Any]] = {}
    for line in visits:
        if line["entry"] != "visited":
            all_of.setdefault(line["facts"]["proposal"], {}).setdefault(line["entry"], []).append(line)
    noted = [of for of in all_of.values() for line in of["proposal_noted"] if within(line["at"])]
    noted = [of for of in noted if unit in {None, of["proposal_noted"][0]["facts"]["unit"]}]
    measured = [of for of in noted if "measure_set" in of and of["measure_set"][0]["at"] < end]
    yield "became_measures", share(len(measured), len(noted))
    fell = [of for of in all_of.values() if "measure_set" in of and within(of["measure_set"][-1]["facts"]["due_at"])]
    fell = [of for of in fell if unit in {None, _in_charge(of["measure_set"])["unit"]}]
    due = [(of["measure_set"][-1]["facts"]["due_at"], of) for of in fell]
    due = [(by, of) for by, of in due if not any(line["at"] <= by for line in of.get("proposal_dropped", ()))]
    done = [of for by, of in due if any(line["at"] <= by for line in of.get("measure_done", ()))]
    yield "measures_in_time", share(len(done), len(due))


def _in_charge(setting: list[dict[str, Any]]) -> dict[str, Any]:
    """Say whose a measure was when its date came: what the last of its entries before that says."""
    before = [line["facts"] for line in setting if line["at"] < line["facts"]["due_at"]]
    found: dict[str, Any] = before[-1]
    return found


class Sign:
    """One warning or integrity signal, as far as it went."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.is_signal = facts["subject"].split("/")[0] in SIGNALS
        self.unit, self.grade, self.peak = facts["unit"], facts["grade"], facts["grade"]
        self.holds, self.waits, self.is_closed = True, "", False

    def go_on(self, entry: str, facts: dict[str, Any]) -> None:
        """Follow one more entry."""
        if entry == "sign_graded":
            if self.is_closed and facts["grade"] > self.peak:
                self.is_closed = False
            self.grade, self.peak = facts["grade"], max(self.peak, facts["grade"])
            self.unit = self.unit if self.waits == "asked" else facts["unit"]
        elif entry == "sign_over":
            self.holds = False
        elif entry == "sign_asked":
            self.unit, self.waits = facts["unit"], "asked"
        elif entry == "sign_answered":
            self.waits = "answered"
        elif entry == "sign_closed":
            self.is_closed, self.waits = True, ""

    @property
    def is_open(self) -> bool:
        """Say whether it waits for somebody."""
        return not self.is_closed and (self.holds or bool(self.waits))


def signs(lines: Iterable[dict[str, Any]], end: str) -> dict[str, Sign]:
    """Read the signs as they stood at an instant."""
    found: dict[str, Sign] = {}
    for line in lines:
        if line["entry"].startswith("sign_") and line["at"] < end:
            if line["entry"] == "sign_raised":
                found[line["facts"]["sign"]] = Sign(line["facts"])
            else:
                found[line["facts"]["sign"]].go_on(line["entry"], line["facts"])
    return found


def count_signs(before: dict[str, Sign], after: dict[str, Sign], unit: str | None = None) -> dict[str, dict[str, Any]]:
    """Count the figures of signs between two instants."""
    figures = {}
    for what, is_signal in (("warnings", False), ("signals", True)):
        mine = {number: sign for number, sign in after.items() if sign.is_signal == is_signal and unit in {None, sign.unit}}
        stood = {number for number in mine if number in before and before[number].is_open}
        stand = {number for number, sign in mine.items() if sign.is_open}
        passing = {number for number in mine if number not in before} - stand
        figures[what] = plain(len(stand))
        if not is_signal:
            for grade, name in ((3, "overdue"), (2, "behind"), (1, "near")):
                figures[f"warnings_{name}"] = plain(sum(mine[number].grade == grade for number in stand))
        figures[f"{what}_begun"] = plain(len(stand - stood) + len(passing))
        figures[f"{what}_ended"] = plain(len(stood - stand) + len(passing))
    return figures


def count_books(
    lines: Iterable[dict[str, Any]], projects: dict[str, tuple[str, str]], begin: str, end: str, unit: str | None = None
) -> dict[str, dict[str, Any]]:
    """Count the figures of projects and of the appraisal.

    Args:
        projects: the unit and the horizon of each, which stand in the county file.
    """
    told = [line for line in lines if line["at"] < end]
    mine = {name: horizon for name, (of, horizon) in projects.items() if unit in {None, of}}
    reached = [line["facts"]["project"] for line in told if line["entry"] == "milestone_reached" and line["at"] >= begin]
    said = [line["facts"] for line in told if line["entry"] == "project_judged"]

    def scores(names: Iterable[str], *, is_again: bool) -> list[list[int]]:
        return [
            [each["score"] for each in said if (each["project"], each["is_again"]) == (name, is_again)] for name in names
        ]

    figures = {}
    for horizon in ("visible", "lasting"):
        ours = [name for name in mine if mine[name] == horizon]
        figures[f"milestones_{horizon}"] = plain(sum(name in ours for name in reached))
        figures[f"projects_{horizon}"] = judged(scores(ours, is_again=False))
    figures["projects_again"] = judged(scores(mine, is_again=True))
    over = [line["facts"] for line in told if line["entry"] == "survey_ended"]
    newest: dict[str, Any] = over[-1] if over else {"period": "", "answered": 0}
    counts = [
        facts
        for facts in (line["facts"] for line in told if line["entry"] == "survey_counted")
        if facts["period"] == newest["period"] and unit in {None, facts["unit"]}
    ]
    answers = sum(each["good"] + each["fair"] + each["poor"] for each in counts)
    left_out = newest["answered"] * 4 - answers if unit is None else 0
    figures["appraised_good"] = share(sum(each["good"] for each in counts), answers, left_out)
    return figures


def count_looks(attempts: list[Attempt], begin: str, end: str) -> dict[str, dict[str, Any]]:
    """Count what still is solved, told apart by how long after the end somebody was heard."""
    figures = {}
    for name, is_soon in (("months", True), ("year", False)):
        looks = [
            words
            for each in attempts
            for stage in {stage for _, _, stage in each.later if (int(stage[:-2]) < 180) == is_soon}
            if (words := {word for at, word, of in each.later if of == stage and begin <= at < end})
        ]
        figures[f"still_solved_{name}"] = share(sum(words == {"yes"} for words in looks), len(looks))
    return figures


def judged(by_project: list[list[int]]) -> dict[str, Any]:
    """Count scores of 4 and 5; of projects with fewer than five nothing but how many there are."""
    shown = [score for scores in by_project if len(scores) >= 5 for score in scores]
    return share(
        sum(score >= 4 for score in shown), len(shown), sum(len(scores) for scores in by_project if len(scores) < 5)
    )


def recount(
    cases: list[Life], visits: list[dict[str, Any]], begin: str, end: str, unit: str | None = None
) -> dict[str, dict[str, Any]]:
    """Count every figure of the period from `begin` until before `end`, of the county or of one unit."""
    staying = [(life, each) for life in cases if not life.is_gone for each in life.attempts if unit in {None, each.unit}]
    lost = [each for life in cases if life.is_gone for each in life.attempts if unit in {None, each.unit}]
    attempts = [each for _, each in staying]

    def within(at: str | None) -> bool:
        return at is not None and begin <= at < end

    figures = {"received": plain(sum(within(life.filed) for life in cases if unit in {None, life.unit}))}
    for name, due, done in (("accepted_in_time", "accept_due", "accepted"), ("on_time", "due", "resolved")):
        fell = [each for each in attempts if within(getattr(each, due))]
        met = [each for each in fell if getattr(each, done) is not None and getattr(each, done) <= getattr(each, due)]
        figures[name] = share(len(met), len(fell), sum(within(getattr(each, due)) for each in lost))

    left = [each for each in attempts if each.resolved is None or each.resolved >= begin]
    due_now = [each for each in left if each.due is not None and each.due < end]
    handled = [each for each in due_now if each.resolved is not None]
    ahead = [each for each in left if each.resolved is not None and each not in handled]
    figures["handled"] = share(len(handled), len(due_now), len(ahead))

    closed = [(life, each) for life, each in staying if within(each.closed)]
    answered = [each for _, each in closed if each.answers]
    good = [each for each in answered if each.reopened is None and {word for word, _ in each.answers.values()} == {"yes"}]
    heard = [each for _, each in closed if not each.answers and each.reopened is None and each.called_back == "yes"]
    figures["confirmed_solved"] = share(len(good) + len(heard), len(closed), len(closed) - len(answered) - len(heard))
    figures["answered"] = share(len(answered), len(closed))
    figures["solved_among_answers"] = share(len(good), len(answered), len(closed) - len(answered))
    scores = [score for _, each in closed for _, score in each.answers.values() if score is not None]
    voices = sum(each.voices - each.left for _, each in closed)
    satisfied = sum(score >= 4 for score in scores)
    figures["satisfied_among_answers"] = share(satisfied, len(scores), voices - len(scores))
    figures["satisfied_lowest_case"] = share(satisfied, voices, voices - len(scores))
    phoned = [each for each in answered if "phone" in each.sources.values()]
    heard_scores = [
        score
        for _, each in closed
        for voice, (_, score) in each.answers.items()
        if score is not None and each.sources[voice] == "phone"
    ]
    figures["answered_by_phone"] = share(len(phoned), len(answered))
    figures["solved_by_phone"] = share(sum(each in good for each in phoned), len(phoned))
    figures["satisfied_by_phone"] = share(sum(score >= 4 for score in heard_scores), len(heard_scores))
    again = [each for each in attempts if within(each.reopened)]
    figures["reopened"] = share(len(again), len(closed) + sum(not within(each.closed) for each in again))

    called = [each.called_back for each in attempts if within(each.called_back_at)]
    figures["false_closures"] = share(called.count("no"), len(called), called.count("partly"))

    times = sorted(seconds(life.filed, each.resolved) for life, each in closed if each.resolved is not None)
    for name, tenths in (("median", 5), ("p90", 9)):
        nearest = times[math.ceil(len(times) * tenths / 10) - 1] if times else None
        figures[f"handling_time_{name}"] = {**plain(nearest), "of": len(times), "left_out": len(closed) - len(times)}

    open_now = [each for each in left if each.resolved is None]
    timeless = sum(each.due is None for each in open_now)
    late = [each for each in open_now if each.due is not None and each.due < end]
    long = [each for each in late if seconds(each.opened, end) > 3 * seconds(each.opened, each.due)]
    figures["overdue"] = share(len(late), len(open_now), timeless)
    figures["long_overdue"] = share(len(long), len(open_now), timeless)

    figures |= count_looks(attempts, begin, end)
    seen_again = [words for each in attempts if (words := {word for at, word, _ in each.later if within(at)})]
    figures["still_solved"] = share(sum(words == {"yes"} for words in seen_again), len(seen_again))
    figures.update(walked(visits, within, unit))
    figures.update(carried(visits, within, end, unit))
    return figures


def seconds(begin: str, end: str) -> int:
    """Return the seconds between two instants."""
    return int((datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds())


def plain(n: int | None) -> dict[str, Any]:
    """Write a count."""
    return {"n": n, "of": None, "rate": None, "low": None, "high": None, "left_out": 0}


def share(n: int, of: int, left_out: int = 0) -> dict[str, Any]:
    """Write a rate with Wilson's interval, ends exact."""
    if of == 0:
        return {"n": n, "of": 0, "rate": None, "low": None, "high": None, "left_out": left_out}
    rate, square = n / of, Z * Z
    centre, spread = rate + square / (2 * of), Z * math.sqrt(rate * (1 - rate) / of + square / (4 * of * of))
    low = 0.0 if n == 0 else (centre - spread) / (1 + square / of)
    high = 1.0 if n == of else (centre + spread) / (1 + square / of)
    return {"n": n, "of": of, "rate": rate, "low": low, "high": high, "left_out": left_out}

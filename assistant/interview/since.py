"""What a change of the guide's rules means for an interview that was left under older ones."""

from collections.abc import Iterable, Iterator

from assistant.content.load import LoadedGuide
from assistant.content.model import Guide
from assistant.content.remainder import may_ask
from assistant.engine.walk import UNSURE, Answers, Standing, outcomes_within_reach, replay
from assistant.engine.wording import group_name
from assistant.records.drafts import Draft

NONE_NAMED = "none"
"""Stands among the groups that a draft leads to for an outcome that names none."""

_FEW = 3
"""So many groups are named; more are counted."""


def leads_to(guide: Guide, answers: Answers) -> tuple[str, ...]:
    """Give the groups that answers can still end in, in the guide's order."""
    return _groups(guide, replay(guide, answers))


def counting(guide: Guide, answers: Answers) -> tuple[str, ...]:
    """Give the facts whose answers count, in the order asked."""
    return tuple(fact for fact, _ in replay(guide, answers).trail)


def known(guide: Guide, answers: Answers) -> dict[str, str]:
    """Give the answers that the guide still has."""
    return {fact: answer for fact, answer in answers.items() if _is_known(guide, fact, answer)}


def words_since(loaded: LoadedGuide, draft: Draft) -> str:
    """Say what today's rules make of a draft left under others; nothing where they are the same."""
    if draft.meaning_hash == loaded.meaning_hash:
        return ""
    guide = loaded.guide
    now = replay(guide, known(guide, draft.answers))
    said = [*_answers_affected(guide, draft, now), *_results(guide, draft, now)]
    if not said and draft.leads_to:
        said = ["None of your answers is affected, and they point to the same."]
    elif not draft.leads_to:
        said += ["What your answers pointed to then is not known. Check each of them."]
    return " ".join([_versions(draft.content_version, guide.about.version), *said])


def _versions(then: str, now: str) -> str:
    which = f"version {then}, now {now}" if then != now else f"both are called version {now}"
    return f"The guide's rules have changed since this interview was left ({which})."


def _answers_affected(guide: Guide, draft: Draft, now: Standing) -> Iterator[str]:
    """Say which answers that counted no longer do, and why, each by its question's name."""
    trail = dict(now.trail)
    counted = set(draft.counted if draft.leads_to else draft.answers)
    lost = [fact for fact in draft.answers if fact in counted and fact not in trail]
    still = _may_be_asked(guide, now)
    gone = [fact for fact in lost if fact not in still]
    if gone:
        yield f"No longer asked: {_names(guide, gone)}."
    other = [f for f in lost if f in still and not _is_known(guide, f, draft.answers[f])]
    if other:
        yield f"Has other answers now: {_names(guide, other)}."
    if now.asking and now.asking not in other and lost:
        yield f"To answer first now: {_names(guide, [now.asking])}."
    later = [fact for fact in lost if fact in still and fact not in {*other, now.asking}]
    if later:
        yield f"Kept until asked again: {_names(guide, later)}."


def _results(guide: Guide, draft: Draft, now: Standing) -> Iterator[str]:
    """Say where what the answers point to differs from then; both sides are in full where short."""
    then, today = draft.leads_to, _groups(guide, now)
    if not then or set(then) == set(today):
        return
    if min(len(then), len(today)) == 1:
        before, after = _open(guide, then), _open(guide, today)
        verbs = ["pointed to" if len(then) == 1 else "left open"]
        verbs += ["point to" if len(today) == 1 else "leave open"]
        yield f"Your answers {verbs[0]} {before} then, and {verbs[1]} {after} now."
        return
    closed = [group for group in then if group not in today]
    opened = [group for group in today if group not in then]
    if closed:
        yield f"No longer possible: {_group_names(guide, closed)}."
    if opened:
        yield f"Now also possible: {_group_names(guide, opened)}."


def _open(guide: Guide, groups: tuple[str, ...]) -> str:
    return _group_names(guide, groups) if len(groups) <= _FEW else f"{len(groups)} groups"


def _groups(guide: Guide, standing: Standing) -> tuple[str, ...]:
    ends = outcomes_within_reach(guide, standing)
    reached = {guide.outcomes[end].group or NONE_NAMED for end in ends}
    return tuple(group for group in (*guide.groups, NONE_NAMED) if group in reached)


def _may_be_asked(guide: Guide, now: Standing) -> frozenset[str]:
    facts = now.known
    return frozenset().union(
        *(
            may_ask(guide.remainders.at(branch.place, {**facts, **branch.assumed}))
            for branch in now.branches
        )
    )


def _is_known(guide: Guide, fact: str, answer: str) -> bool:
    question = guide.questions.get(fact)
    return bool(question) and (answer == UNSURE or answer in guide.questions[fact].options)


def _names(guide: Guide, facts: Iterable[str]) -> str:
    return _listed([fact_name(guide, fact) for fact in facts])


def fact_name(guide: Guide, fact: str) -> str:
    """Give a question's name, or words made of the fact where the guide has it no more."""
    question = guide.questions.get(fact)
    return question.name if question else _readable(fact)


def _group_names(guide: Guide, groups: Iterable[str]) -> str:
    return _listed([_group_name(guide, group) for group in groups])


def _group_name(guide: Guide, group: str) -> str:
    if group == NONE_NAMED:
        return "no group"
    return group_name(guide, group) if group in guide.groups else _readable(group)


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _readable(name: str) -> str:
    return name.replace("_", " ").capitalize()

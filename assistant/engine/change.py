"""What changing an answer would do, said before it is done."""

from dataclasses import dataclass

from assistant.content.model import Guide
from assistant.engine.verdict import Verdict, verdict
from assistant.engine.walk import Answers, Standing, replay, with_answer


@dataclass(frozen=True)
class Change:
    """The effect of one new answer: how many later answers it keeps, sets aside and brings back.

    `before` and `after` are the verdicts on both sides, None where questions are still open.
    """

    keeps: int
    sets_aside: int
    brings_back: int
    before: Verdict | None
    after: Verdict | None


def what_follows(guide: Guide, answers: Answers, standing: Standing, fact: str, new: str) -> Change:
    """Give what answering `fact` with `new` instead would do."""
    then = replay(guide, with_answer(answers, fact, new), standing.given)
    now_counting = {asked for asked, _ in standing.trail} - {fact}
    then_counting = {asked for asked, _ in then.trail} - {fact}
    return Change(
        keeps=len(now_counting & then_counting),
        sets_aside=len(now_counting - then_counting),
        brings_back=len(then_counting - now_counting),
        before=_ended(guide, standing),
        after=_ended(guide, then),
    )


def _ended(guide: Guide, standing: Standing) -> Verdict | None:
    return verdict(guide, standing) if standing.asking is None else None

"""Three fronts, one engine: every set of facts gets the same answer on each of them."""

import json
from dataclasses import dataclass

import pytest

from assistant.cli.recommend import line_by_line
from assistant.engine.interview import replay
from assistant.guide.facts import Case
from assistant.guide.proof import follow
from assistant.services import Services
from tests.builders import shipped
from tests.examples import LARGE
from tests.lines.talk import Talk
from tests.screen.worker import at_work

GUIDE = shipped().guide
CASES = list(GUIDE.space.cases())


@dataclass(frozen=True)
class Answer:
    """What a front says of a case, as far as all of them say it."""

    group: str | None
    certainty: str
    also_fits: tuple[str, ...]


def told_by_the_tree(case: Case) -> Answer:
    outcome = GUIDE.outcomes[str(follow(GUIDE, case).outcome)]
    also = tuple(fit.group for fit in outcome.also_fits)
    return Answer(outcome.group, outcome.certainty, also)


@pytest.fixture(scope="module")
def expected() -> list[Answer]:
    return [told_by_the_tree(case) for case in CASES]


def test_json_lines_answer_as_the_tree_does(expected: list[Answer]) -> None:
    """Every case, all its facts given at once."""
    lines = [json.dumps(case).encode() for case in CASES]
    said = [json.loads(line) for line, _ in line_by_line(shipped(), lines)]
    found = [
        Answer(one["group"], one["certainty"], tuple(fit["group"] for fit in one["also_fits"]))
        for one in said
    ]
    assert found == expected


@pytest.mark.sampled
async def test_the_screen_answers_as_the_tree_does(
    services: Services, expected: list[Answer]
) -> None:
    """Every case, by the keys a worker presses; cases that are asked the same are pressed once.

    By default, one case of each outcome is pressed.
    """
    by_path = {
        replay(GUIDE, case).trail: answer for case, answer in zip(CASES, expected, strict=True)
    }
    assert len(by_path) == shipped().proof.paths
    if not LARGE:
        ends = {follow(GUIDE, dict(trail)).outcome: trail for trail in by_path}
        by_path = {trail: by_path[trail] for trail in ends.values()}
        assert len(by_path) == len(GUIDE.outcomes)
    wrong = []
    async with at_work(services) as worker:
        for trail, answer in by_path.items():
            await worker.stand({})
            await worker.answer(dict(trail))
            (name,) = worker.result.outcomes
            also = tuple(fit.group for fit in GUIDE.outcomes[name].also_fits)
            found = Answer(worker.result.group, str(worker.result.certainty), also)
            named = GUIDE.groups[found.group].name if found.group else "No group is named"
            if found != answer or named not in worker.text:
                wrong.append((trail, found))
    assert wrong == []


def test_the_plain_lines_answer_as_the_tree_does(
    services: Services, expected: list[Answer]
) -> None:
    """Every case, by the numbers that are typed; what is recommended is named, and what also fits."""
    wrong = []
    by_path = {
        replay(GUIDE, case).trail: answer for case, answer in zip(CASES, expected, strict=True)
    }
    for trail, answer in by_path.items():
        talk = Talk(services)
        for fact, value in trail:
            talk.choose(f"{GUIDE.questions[fact].options[value].label}.")
        named = GUIDE.groups[answer.group].name if answer.group else "No group is named"
        also = [f"Also fits: {GUIDE.groups[group].name}" for group in answer.also_fits]
        said = f"{talk.text}\n{talk.type('m')}"
        if not all(words in said for words in (named, *also)):
            wrong.append((trail, said))
    assert wrong == []

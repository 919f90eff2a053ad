"""Practice in lines as a test holds it: what was said last, and what would be right."""

from dataclasses import replace
from typing import Any

from assistant.lines.dialogue import DialogueDriver
from assistant.lines.practice import PracticeInLines, PracticeOptions
from assistant.services import Services
from assistant.training.modes import Exercise, Learn
from tests.builders import shipped

ALIAS = "blue-heron"
GUIDE = shipped().guide
GROUPS = [*GUIDE.groups, None]


class PracticeTalk:
    """Types lines into practice; `said` is what came of the last one."""

    def __init__(
        self, services: Services, mode=None, *, alias=ALIAS, class_file=None, **wanted
    ) -> None:
        if class_file:
            services = replace(services, assigned=class_file)
        options = PracticeOptions(alias=alias, mode=mode, begins_class=bool(class_file), **wanted)
        self.practice = PracticeInLines(services, options)
        self._conversation = DialogueDriver(self.practice.held())
        self.said = self._conversation.opening()
        self.everything = list(self.said)

    def type(self, *typed: str) -> str:
        """Type lines one after the other, and give what is said to the last."""
        for line in typed:
            assert not self.ended, f"nothing is heard after the end: {line!r}"
            self.said = self._conversation.hear(line)
            self.everything += self.said
        return self.text

    @property
    def exercise(self) -> Exercise | None:
        """The exercise that is open; None before there is one, and at the list of what there is."""
        return self.practice.practice.exercise if self.practice.practice else None

    @property
    def ended(self) -> bool:
        return self._conversation.ended

    def sit(self, *numbers: str) -> str:
        """Begin a test, answer its stories with these numbers, and hand it in once all are answered."""
        if self.session.stage == "start":
            self.type("")
        for number in numbers:
            self.type(getattr(self, number, number))
        return self.type("hand in", "yes") if self.session.stage == "review" else self.text

    @property
    def text(self) -> str:
        return "\n".join(self.said)

    @property
    def session(self) -> Any:
        """The exercise that is open, in whichever mode."""
        assert self.exercise
        return self.exercise

    @property
    def right(self) -> str | None:
        """The right group of the story shown."""
        assert self.session.story
        return GUIDE.outcomes[self.session.story.outcome].group

    @property
    def right_number(self) -> str:
        """The number of the right answer to what is asked."""
        if isinstance(self.session, Learn):
            assert self.session.asking
            said = self.session.story.facts[self.session.asking]
            return str(self.session.values.index(said) + 1)
        return str(GROUPS.index(self.right) + 1)

    @property
    def wrong_number(self) -> str:
        """The number of an answer that is not acceptable either."""
        if isinstance(self.session, Learn):
            return "2" if self.right_number == "1" else "1"
        assert self.session.story
        outcome = GUIDE.outcomes[self.session.story.outcome]
        fits = {outcome.group, *(fit.group for fit in outcome.also_fits)}
        wrong = next(g for g in GUIDE.groups if g not in fits)
        return str(GROUPS.index(wrong) + 1)

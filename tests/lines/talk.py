"""A session in lines as a test holds it: what was said last, and everything said."""

import unicodedata

from assistant.lines.dialogue import DialogueDriver
from assistant.lines.interview import InterviewInLines
from assistant.services import Services
from assistant.text import laid_out
from tests.builders import shipped

ASKED = {name: question.ask for name, question in shipped().guide.questions.items()}
"""How each question is asked."""

ADOPTION = ("1", "3", "1")
"""No investigation, the goal is adoption, not FINS: adoption, which the documents settle."""

DEPENDS = ("s", "8", "voluntary in-home")
"""Not sure whether there was an investigation, no case plan, a voluntary case: it depends."""

FIELDS = ("0042", "child 1", "home study")
"""Case number, whom for, service."""


class Talk:
    """Types lines into a session; `said` is what came of the last one, in paragraphs."""

    def __init__(self, services: Services, *typed: str) -> None:
        self.interview = InterviewInLines(services)
        self.session = DialogueDriver(self.interview.dialogue())
        self.said = self.session.opening()
        self.everything = list(self.said)
        self.type(*typed)

    def type(self, *typed: str) -> str:
        """Type lines one after the other, and give what is said to the last."""
        for line in typed:
            assert not self.session.ended, f"nothing is heard after the end: {line!r}"
            self.said = self.session.hear(line)
            self.everything += self.said
        return self.text

    @property
    def text(self) -> str:
        return "\n".join(self.said)

    def choose(self, label: str) -> str:
        """Type the number of the choice whose label begins so, in the list said last."""
        return self.type(self.number(label))

    def number(self, label: str) -> str:
        choices = [line.split(". ", 1) for line in self.said if line[:1].isdecimal()]
        numbers = [number for number, words in choices if words.startswith(label)]
        assert len(numbers) == 1, f"choice {label!r} stands {len(numbers)} times in:\n{self.text}"
        return numbers[0]

    def lines(self, width: int = 80) -> list[str]:
        """Return everything said, as it is printed."""
        return list(laid_out(self.everything, width))


def obeyed(line: str) -> set[str]:
    """Return the characters of a line that a terminal would obey rather than show."""
    return {
        character
        for character in line
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(character) in {"LRE", "RLE", "LRO", "RLO", "PDF"}
    }

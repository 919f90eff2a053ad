"""Questions asked before answers are lost or left behind."""

from dataclasses import dataclass

from assistant.interview.choice import Choice
from assistant.interview.drafting import UNKEPT
from assistant.interview.saying import BEGIN_ANEW, begin_choices
from assistant.plain.asking import numbered
from assistant.plain.commands import command_typed, number_typed


@dataclass(frozen=True)
class Sure:
    """A question with numbered answers; the one that changes nothing is `stay`."""

    question: str
    choices: tuple[Choice, ...]

    def asked(self) -> list[str]:
        """Give the question, its answers, and how to give one."""
        *numbers, last = (str(number) for number, _ in enumerate(self.choices, start=1))
        how = f"Type {', '.join(numbers)} or {last}."
        return [self.question, *numbered(list(self.choices)), how]

    def chosen(self, typed: str) -> str | None:
        """Give what was chosen by its number, or by the word back; None for anything else."""
        number = number_typed(typed)
        if command_typed(typed) == ("back", ""):
            return "stay"
        if number and number <= len(self.choices):
            return self.choices[number - 1].does[0]
        return None


LEAVING = Sure(UNKEPT, (Choice(("leave",), "Leave all the same"), Choice(("stay",), "Stay")))
"""Asked before leaving where the answers could not be kept."""


def starting_again(*, can_be_kept: bool) -> Sure:
    """Give the question before another interview is begun."""
    return Sure(BEGIN_ANEW, tuple(begin_choices(can_be_kept=can_be_kept)))

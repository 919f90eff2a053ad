"""A class that was given with its file: what is said of it, and how it is handed in."""

import os
import shlex
from dataclasses import dataclass
from subprocess import list2cmdline

from assistant.training.classes import ClassFile
from assistant.training.exam import Exam
from assistant.training.learning import Learn


@dataclass(frozen=True)
class GivenClass:
    """A class and the name of the file that it was read from."""

    found: ClassFile
    path: str

    def handing_in(self, alias: str) -> str:
        """Give the command that writes the results of one alias, as it is typed here."""
        words = ["service-group", "training", "results", "--class", self.path, "--alias", alias]
        return list2cmdline(words) if os.name == "nt" else shlex.join(words)


def class_line(found: ClassFile) -> str:
    """Say in a sentence what a class is."""
    count = len(found.stories)
    stories = "one story" if count == 1 else f"{count} stories"
    if found.mode == "test":
        return f"Class “{found.name}”: a test of {stories}; the pass mark is {found.pass_mark}%."
    return f"Class “{found.name}”: {found.mode}, with {stories}."


def class_label(found: ClassFile, session: object, done: int) -> str:
    """Name a class as a choice, with how far it was; `done` of its stories are answered."""
    if isinstance(session, Exam) and session.score:
        return f"Class “{found.name}”: {score_words(session)}"
    if not done and not (isinstance(session, Learn) and session.checks):
        return class_line(found).removesuffix(".")
    return f"Go on with the class “{found.name}”, {done} of {len(found.stories)} stories answered"


def all_done(found: ClassFile) -> str:
    """Say that nothing of a class is left to answer."""
    return f"You have answered every story of the class “{found.name}”."


def score_words(exam: Exam) -> str:
    """Say shortly how a test went, and that it can be looked at again."""
    if exam.score is None:
        return ""
    verdict = "passed" if exam.score.passed else "not passed"
    return f"{exam.score.percent}%, {verdict}; see it again"

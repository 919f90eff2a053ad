"""`service-group training`: practice for a trainee, class files and reports for a trainer."""

from types import MappingProxyType

import click

from assistant.cli.lazy import LazyGroup

_COMMANDS = MappingProxyType(
    {
        "learn": (
            "assistant.cli.training.practice:learn",
            "Go through the interview with a story, each answer checked.",
        ),
        "drill": (
            "assistant.cli.training.practice:drill",
            "Pick the group of one story after the other, and hear why.",
        ),
        "test": (
            "assistant.cli.training.practice:test",
            "Take a test: the score and the mistakes come at its end.",
        ),
        "class": ("assistant.cli.training.practice:class_", "Take part in a class, from its file."),
        "progress": (
            "assistant.cli.training.progress:progress",
            "Show how you stand, with bars, and what to do next.",
        ),
        "results": (
            "assistant.cli.training.results:results",
            "Write your results in a class to a file, to hand in.",
        ),
        "new-class": (
            "assistant.cli.training.class_file:new_class",
            "For trainers: make a class file, the same stories for everyone.",
        ),
        "cases": (
            "assistant.cli.training.cases:cases",
            "For trainers: list the stories written by hand, or show some whole.",
        ),
        "collect": (
            "assistant.cli.training.results:collect",
            "For trainers: take in the results that trainees handed in.",
        ),
        "report": (
            "assistant.cli.training.report:report",
            "For trainers: show how a class does, as text, a page or CSV.",
        ),
    }
)


@click.group(cls=LazyGroup, lazy=_COMMANDS)
def training() -> None:
    """Practise on invented stories, alone or in a class.

    Practice here is in plain lines; on the screen it opens with the key d in the interview.
    """

"""Records a choice by asking for one field after another; nothing is kept before a last yes."""

from collections.abc import Iterator
from typing import Literal

from assistant.bootstrap import Services
from assistant.content.model import OTHER_REASON
from assistant.engine.wording import headline
from assistant.errors import RecordsError
from assistant.interview.choosing import choosing
from assistant.interview.form_fields import MORE, Field, value_meant
from assistant.interview.recording import KEPT_TYPED, WARNING, Recording
from assistant.interview.saying import to_record
from assistant.interview.view import View
from assistant.plain.asking import answer_lines
from assistant.plain.commands import command_typed
from assistant.records.entry import Entry

_LEAVE = "Type back to leave without recording."
_SAID_OF_CASE = 3
"""How many digits of a case number are said, so that it can be checked."""

_NONE = "-"
"""What is typed to take back a field that may be left out."""


class RecordForm:
    """Reviews the answers, asks for each field, and writes the entry.

    `typed` is the caller's: what was typed stays there when the form is left. `state` turns to
    `left` or `recorded`, and `entry` is then what was recorded. Raises `RecordsError` where the
    entry to be corrected cannot be read.
    """

    def __init__(
        self,
        services: Services,
        view: View,
        typed: dict[str, str],
        recording: Recording | None = None,
    ) -> None:
        self._services = services
        self._view = view
        self._recording = recording or choosing(view, services.loaded, services.open_records)
        self._typed = typed
        for field, before in self._recording.at_first().items():
            typed.setdefault(field, before)
        self._fields = self._recording.fields({}, more=False)
        self._at = 0
        self.state: Literal["open", "left", "recorded"] = "open"
        self.entry: Entry | None = None

    @property
    def hidden(self) -> bool:
        """Tell whether what is typed next must not be said again."""
        return self._field == "case_number"

    def opening(self) -> Iterator[str]:
        """Review everything, and ask for the first field."""
        view = self._view
        yield "Before recording, here is all that you answered."
        yield from answer_lines(view)
        if view.verdict:
            lead = "Recommended: " if view.recommended else "The result: "
            yield f"{lead}{headline(view.guide, view.verdict)}."
        yield f"To be recorded: {self._chosen}."
        if self._recording.before:
            yield f"This takes the place of entry {self._recording.before.seq}."
        yield WARNING
        yield from self.asked()

    def asked(self) -> Iterator[str]:
        """Ask for what is missing, or for the last yes."""
        if self._field is None:
            yield from self._last_question()
            return
        field = self._fields[self._field]
        yield f"{field.label}: {field.hint}. {self._may_be_kept(self._field) or _LEAVE}"
        for number, words in enumerate(field.choices.values(), start=1):
            yield f"{number}. {words}."

    def hear(self, typed: str) -> Iterator[str]:
        """Take a field, the last yes, or the word back."""
        command, _ = command_typed(typed) or ("", "")
        if command == "back":
            self.state = "left"
            yield f"Not recorded. {KEPT_TYPED}"
        elif command in {"why", "help"}:
            yield WARNING
            yield from self.asked()
        elif self._field is None:
            yield from self._decide(typed)
        else:
            yield from self._take(self._field, typed.strip(" "))

    @property
    def _field(self) -> str | None:
        return list(self._fields)[self._at] if self._at < len(self._fields) else None

    @property
    def _chosen(self) -> str:
        return to_record(self._view)

    @property
    def _case(self) -> str:
        """The case number, by its end only: it is not to be said, and must be told from another."""
        number = self._typed["case_number"].strip()
        return f"that ends in {number[-_SAID_OF_CASE:]} ({len(number)} digits)"

    def _may_be_kept(self, name: str) -> str:
        kept = self._typed.get(name, "")
        shown = _shown(self._fields[name], kept)
        said = "One was typed before" if self.hidden else f"Typed before: {shown.removesuffix('.')}"
        if kept:
            none = f", or {_NONE} for none" if self._may_be_empty(name) else ""
            return f"{said}. Press Enter to keep it, or type another{none}."
        return "Press Enter to leave it out." if self._may_be_empty(name) else ""

    def _may_be_empty(self, name: str) -> bool:
        explained = self._typed.get("reason_code") not in {None, "", OTHER_REASON}
        return name in MORE or (name == "reason" and explained)

    def _take(self, name: str, text: str) -> Iterator[str]:
        field = self._fields[name]
        if text == _NONE and self._may_be_empty(name):
            text = ""
        else:
            text = value_meant(field.choices, text) if text else self._typed.get(name, "")
        form, today = {**self._typed, name: text}, self._services.now().astimezone().date()
        found = self._recording.problems(form, today)
        problems = [problem.message for problem in found if problem.field == name]
        if problems:
            yield from problems
            yield f"Type it again ({field.hint}). {_LEAVE}"
            return
        self._typed[name] = text
        self._at += 1
        yield from self.asked()

    def _last_question(self) -> Iterator[str]:
        yield f"To be recorded, under the case number {self._case}: {self._chosen}."
        shown = self._recording.every_field()
        for name, field in shown.items():
            if name != "case_number" and self._typed.get(name):
                yield f"{field.label}: {_shown(field, self._typed[name])}"
        more = (
            "" if MORE[0] in self._fields else "Type more to add status, dates, type or provider. "
        )
        yield (
            f"{more}Type yes to record it. An entry is never changed; you can correct it by a new"
            " one. Type back to leave it."
        )

    def _decide(self, typed: str) -> Iterator[str]:
        said = typed.strip().casefold()
        if said == "more":
            yield from self._ask_for_more()
        elif said != "yes":
            yield "Nothing is recorded yet. Type yes to record it, or back to leave it."
        else:
            yield from self._save()

    def _ask_for_more(self) -> Iterator[str]:
        every = self._recording.every_field()
        self._fields |= {name: every[name] for name in MORE}
        self._at = len(self._fields) - len(MORE)
        yield from self.asked()

    def _save(self) -> Iterator[str]:
        services = self._services
        try:
            self.entry, sentence = self._recording.save(
                self._typed, services.now(), services.open_records
            )
        except RecordsError as error:
            yield f"Not recorded. {error}"
            yield "What you typed is kept. Type yes to try again, or back to leave it."
            return
        self.state = "recorded"
        yield sentence


def _shown(field: Field, value: str) -> str:
    return field.choices.get(value, value)

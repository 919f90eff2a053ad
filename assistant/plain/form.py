"""Records a choice by asking for one field after another; nothing is kept before a last yes."""

from collections.abc import Iterator
from typing import Literal

from assistant.bootstrap import Services
from assistant.engine.wording import group_name, headline
from assistant.errors import RecordsError
from assistant.interview.recording import (
    FIELDS,
    WARNING,
    entry_for,
    fields_of,
    overrides,
    recorded_words,
)
from assistant.interview.view import View
from assistant.plain.asking import answer_lines
from assistant.plain.commands import command_typed

_LEAVE = "Type back to leave without recording."


class RecordForm:
    """Reviews the answers, asks for each field, and writes the entry.

    `typed` is the caller's: what was typed stays there when the form is left. `state` turns to
    `left` or `recorded`.
    """

    def __init__(self, services: Services, view: View, typed: dict[str, str]) -> None:
        self._services = services
        self._view = view
        self._typed = typed
        self._fields = fields_of(view)
        self._at = 0
        self.state: Literal["open", "left", "recorded"] = "open"

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
        yield WARNING
        yield from self.asked()

    def asked(self) -> Iterator[str]:
        """Ask for what is missing, or for the last yes."""
        if self._field is None:
            yield from self._last_question()
            return
        label, hint = FIELDS[self._field]
        yield f"{label}: {hint}. {self._kept_before() or _LEAVE}"

    def hear(self, typed: str) -> Iterator[str]:
        """Take a field, the last yes, or the word back."""
        command, _ = command_typed(typed) or ("", "")
        if command == "back":
            self.state = "left"
            yield "Not recorded. What you typed is kept until you quit."
        elif command in {"why", "help"}:
            yield WARNING
            yield from self.asked()
        elif self._field is None:
            yield from self._decide(typed)
        else:
            yield from self._take(self._field, typed.strip(" "))

    @property
    def _field(self) -> str | None:
        return self._fields[self._at] if self._at < len(self._fields) else None

    @property
    def _chosen(self) -> str:
        if self._view.chosen:
            return group_name(self._view.guide, self._view.chosen)
        return "unresolved, to finish later" if self._view.unresolved else "left to your supervisor"

    def _kept_before(self) -> str:
        kept = self._typed.get(self._field or "", "")
        said = "One was typed before" if self.hidden else f"Typed before: {kept}"
        return f"{said}. Press Enter to keep it, or type another." if kept else ""

    def _take(self, field: str, text: str) -> Iterator[str]:
        from assistant.records.form import entry_problems  # noqa: PLC0415 - only a form needs it

        text = text or self._typed.get(field, "")
        found = entry_problems({field: text}, overriding=overrides(self._view))
        problems = [problem.message for problem in found if problem.field == field]
        if problems:
            yield from problems
            yield f"Type it again ({FIELDS[field][1]}). {_LEAVE}"
            return
        self._typed[field] = text
        self._at += 1
        yield from self.asked()

    def _last_question(self) -> Iterator[str]:
        yield f"To be recorded, under the case number you typed: {self._chosen}."
        for field in self._fields:
            if field != "case_number":
                yield f"{FIELDS[field][0]}: {self._typed[field]}"
        yield "Type yes to record it. An entry cannot be changed later. Type back to leave it."

    def _decide(self, typed: str) -> Iterator[str]:
        if typed.strip().casefold() != "yes":
            yield "Nothing is recorded yet. Type yes to record it, or back to leave it."
            return
        form = {field: self._typed[field] for field in self._fields}
        now, loaded = self._services.now(), self._services.loaded
        entry = entry_for(self._view, form, loaded, when=now)
        try:
            number = self._services.open_records().add(entry)
        except RecordsError as error:
            yield f"Not recorded. {error}"
            yield "What you typed is kept. Type yes to try again, or back to leave it."
            return
        self.state = "recorded"
        yield recorded_words(self._view, number)

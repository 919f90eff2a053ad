"""Corrects a recorded entry: its fields and its group, by a new entry that says why."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from assistant.content.model import Guide
from assistant.interview.form_fields import SUPERVISOR, Field, fields_named, groups_to_choose
from assistant.interview.recording import Before, Recording, typed_before
from assistant.records.entry import Entry

if TYPE_CHECKING:
    from assistant.records.guard.field_text import FieldProblem


class Correcting(Recording):
    """The entry that takes the place of another, for the same answers."""

    def __init__(self, guide: Guide, before: Before, id_: str) -> None:
        super().__init__(guide, before)
        self._old = before.entry
        self._seq = before.seq
        self._id = id_

    @property
    def title(self) -> str:
        return f"Correct entry {self._seq}"

    @property
    def recommended(self) -> str | None:
        return self._old.recommended

    def chosen(self, form: Mapping[str, str]) -> str | None:
        group = form.get("group", "")
        return None if group == SUPERVISOR else group

    def fields(self, form: Mapping[str, str], *, more: bool) -> dict[str, Field]:
        found = super().fields(form, more=more)
        return fields_named([*found, "group"], self.guide)

    def at_first(self) -> dict[str, str]:
        return typed_before(self._old) | {"group": self._old.chosen or SUPERVISOR}

    def problems(self, form: Mapping[str, str], today: date) -> "list[FieldProblem]":
        """List what is wrong with the form; to change nothing is no correction."""
        from assistant.records.guard.field_text import FieldProblem  # noqa: PLC0415 - only a form needs it

        found = super().problems(form, today)
        if form.get("group", "") not in groups_to_choose(self.guide):
            found.append(FieldProblem("group", "Group: choose one of those listed."))
        same = all(form.get(name, "") == value for name, value in self.at_first().items())
        if same and not found:
            found.append(
                FieldProblem("case_number", "Nothing is changed yet. Change what is wrong.")
            )
        return found

    def entry(self, form: Mapping[str, str], when: datetime) -> Entry:
        return replace(
            self._old,
            **self.typed(form),
            id=self._id,
            when=when,
            chosen=self.chosen(form),
            corrects=self._old.id,
        )

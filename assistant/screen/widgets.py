"""What screens are made of: the rows of places and keys, lines typed into, and screens with choices."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar, TypeVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.getters import app as app_of
from textual.getters import query_one
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.screen import ModalScreen, Screen
from textual.style import Style
from textual.widgets import Input, Static

from assistant.commands import Choice, Command, Where, keys
from assistant.engine.statements import Quote
from assistant.screen.column import (
    AXIS,
    MARGIN,
    MOST_NUMBERED,
    QUIET,
    Choices,
    Paragraph,
    Part,
    Prose,
    Sheet,
    plain,
)
from assistant.text import visible

Result = TypeVar("Result")

TOO_SMALL = "This window is too small. Make it at least 50 wide and 16 high, or press q to quit."
"""Shown in place of a screen that has no room."""

BESIDE = 110  # columns from which on there is room beside the page
BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (72, "-normal"), (BESIDE, "-wide")]
HEIGHTS = [(0, "-flat"), (16, "-low"), (22, "-tall"), (30, "-high")]
"""The classes of a screen by its columns, and by its rows."""


def cell(text: str, style: str = "") -> Text:
    """Return text for tables and trees, which know Rich's texts only; it is cut where room ends."""
    return Text(visible(text), style, overflow="ellipsis", no_wrap=True)


def quoted(some: Iterable[Quote]) -> Iterator[Part]:
    """Return each quotation on a line: the words, then the document and section."""
    for quote in some:
        yield f"  “{quote.words}”", ""
        yield f" ({quote.where})\n", QUIET


class Visible(Highlighter):
    """Lets an input show what a terminal would obey, and leaves what was typed as it is."""

    def highlight(self, text: Text) -> None:
        text.plain = visible(text.plain)


class TextLine(Input):
    """A field of one line that keeps every line of what is pasted into it."""

    virtual_size = Reactive(Size(0, 0), layout=False)

    def __init__(self, value: str = "", *, id: str, placeholder: str = "") -> None:  # noqa: A002 - Textual's name
        super().__init__(
            value,
            id=id,
            placeholder=placeholder,
            highlighter=Visible(),
            compact=True,
            select_on_focus=False,
        )

    async def on_key(self, event: events.Key) -> None:
        """Do what a key is for in its turn: Textual does it only after the letters that follow it."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if not binding.priority and await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class HelpAsked(Message):
    """Help with a field is wanted."""


class FieldLine(TextLine):
    """A line of a form; while it is empty, a question mark asks for help with it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark", "explain", show=False)]

    def action_explain(self) -> None:
        if self.value:
            self.insert_text_at_cursor("?")
        else:
            self.post_message(HelpAsked())


_ONE_BURST = 0.05
"""Seconds: keys that come closer together were pressed without a look at the screen."""


class KeysInOrder(App[None]):
    """An app that can drop the rest of a burst of keys, once one of them meant nothing."""

    pressed = ""
    """The key that is being done, or `click`."""
    pressed_at = 0.0
    """When it was pressed, as Textual's events count time."""
    drops_burst = False

    def offers(self, place: str) -> bool:  # noqa: ARG002 - for apps with places
        """Tell whether a place can be gone to."""
        return True

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            same = self.drops_burst and event.time - self.pressed_at < _ONE_BURST
            self.drops_burst, self.pressed, self.pressed_at = same, event.key, event.time
            if same:
                return
        elif isinstance(event, events.MouseDown):
            self.pressed, self.pressed_at = "click", event.time
        await super().on_event(event)


REPEAT_SECONDS = 0.4
"""Seconds for which the same key, pressed once more, still belongs to what it did before."""


class Debounce:
    """Ignores a key that comes too soon: from before its page, or the same one again at once.

    A key held down stays the same one, however long.
    """

    def __init__(self, key: str) -> None:
        self._key = key
        self._since = 0.0

    def turn(self, key: str, since: float | None = None) -> None:
        """Begin a new page, to which `key` has led; keys from before `since`, or before now, mean nothing."""
        self._key = key or self._key
        self._since = events.Event().time if since is None else since

    def too_soon(self, key: str, when: float) -> bool:
        """Tell whether a key that was pressed at a time is not to be taken now."""
        if when < self._since:
            return True
        if key != self._key or when - self._since >= REPEAT_SECONDS:
            return False
        self._since = when
        return True


class TakesLetters:
    """Takes whatever can be typed, so that no letter is a command, nor offered as one."""

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002 - Textual's
        return character is not None and character.isprintable()


def is_typed_into(screen: Screen[Any]) -> bool:
    """Tell whether letters and digits belong to what has the keyboard, and are no commands."""
    return isinstance(screen.focused, Input | TakesLetters)


def bindings(*where: Where) -> list[Binding]:
    """Return the key bindings of the commands of some places.

    They come before what has the keyboard, which may be about to lose it to what a key opens; so a
    screen must refuse them while something is typed.
    """
    return [
        Binding(
            key.names,
            command.value,
            key.label,
            key_display=key.shown,
            tooltip=key.about,
            priority=True,
            show=Where.APP not in where,
        )
        for command, key in keys(*where).items()
    ]


_BETWEEN = "   "
"""What parts two keys, and two places."""

MOST_KEYS = 6


class Keys(Static):
    """Lists in one row the keys that matter most here; `lead` are those that are no commands.

    A screen may say which, in a property `row` of actions. The last is always that which lists all.
    """

    auto_links = Reactive(False)

    def __init__(self, *lead: tuple[str, str]) -> None:
        super().__init__(markup=False)
        self._lead = lead
        self._keys = Content("")

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._list)

    def on_resize(self) -> None:
        self._list(self.screen)

    def _list(self, screen: Screen[object]) -> None:
        if self.app.screen is not screen or not screen.is_mounted:
            return  # what is behind a dialog stays as it was, and what is not whole says so later
        lead = getattr(screen, "lead", self._lead)
        found = [*(_key(one, _clicked(one[0])) for one in lead), *_active(screen)]
        width = (self.size.width or self.app.size.width) - MARGIN
        while len(found) > MOST_KEYS or (len(found) > 1 and _row(found).cell_length > width):
            found.pop(-2)
        row = _row(found)
        if row != self._keys:
            self._keys = row
            self.update(row, layout=False)


def _clicked(key: str) -> str:
    name = {"Enter": "enter", "Tab": "tab", "?": "question_mark"}.get(key)
    return f"app.simulate_key('{name}')" if name else ""


def _key(pair: tuple[str, str], pressed: str) -> Content:
    """Return a key and what it does; a click on either does what is `pressed`, if anything."""
    return clickable(pair[0], "bold", pressed) + clickable(f" {pair[1]}", QUIET, pressed)


def clickable(words: str, style: str, action: str) -> Content:
    """Return words that do an action when they are clicked, and look like any others."""
    found = plain(words, style)
    return found.stylize(Style.from_meta({"@click": action})) if action else found


def _row(some: Sequence[Content]) -> Content:
    return Content(" " * AXIS) + Content(_BETWEEN).join(some)


def _active(screen: Screen[object]) -> Iterator[Content]:
    """Return the keys that can be used now, in the order wanted, and last the list of commands."""
    found = {
        active.binding.action.removeprefix("app."): active.binding
        for active in screen.active_bindings.values()
        if active.enabled and active.binding.description
    }
    last = found.pop(Command.COMMANDS, None)
    row = getattr(screen, "row", None)
    some = [binding for binding in found.values() if binding.show]
    some.sort(key=lambda binding: binding.key == "escape")
    wanted = some if row is None else [found[one] for one in row if one in found]
    for binding in (*wanted, *([last] if last else [])):
        pressed = f"app.simulate_key('{binding.key}')"
        yield _key((screen.app.get_key_display(binding), binding.description), pressed)


_PLACES = {
    "interview": "Interview",
    "lookup": "Look up",
    "practice": "Practice",
    "records": "Records",
}
"""Each place's name as an action of the app, and its words."""

_ALL_PLACES = 72
"""Columns from which on all places are named."""


class TitleBar(Static):
    """Names the assistant and links to its places; `here` is the one being shown."""

    app = app_of(KeysInOrder)
    auto_links = Reactive(False)

    def __init__(self, here: str) -> None:
        super().__init__(markup=False)
        self._here = here

    def on_mount(self) -> None:
        self._draw(self.app.size.width)

    def on_resize(self) -> None:
        self.draw_anew()

    def draw_anew(self) -> None:
        """Draw the places that can be gone to now."""
        self._draw(self.size.width or self.app.size.width)

    def _draw(self, width: int) -> None:
        name = plain(" " * AXIS + str(self.app.title), QUIET)
        places = Content(_BETWEEN).join(self._places(width))
        room = max(1, width - AXIS - name.cell_length - places.cell_length)
        self.update(name + Content(" " * room) + places, layout=False)

    def _places(self, width: int) -> Iterator[Content]:
        for place, words in _PLACES.items():
            if place == self._here:
                yield plain(words, "bold $accent")
            elif width >= _ALL_PLACES and self.app.offers(place):
                yield clickable(words, QUIET, f"app.go('{place}')")


_WIDEST = 80  # columns of a text, as the style sheet has them


class PracticeReading(Sheet):
    """Shows paragraphs from the one to be read; what is before it can be scrolled back to.

    `hidden` tells whether something is above, and below, that is not in sight.
    """

    hidden = reactive((False, False))
    text = query_one(Prose)

    def compose(self) -> Iterator[Prose]:
        yield Prose()

    def show(self, some: Sequence[Paragraph], read_from: int) -> None:
        """Replace what is shown; where it is not read from its beginning, it need not all be in sight."""
        self.text.keeps = read_from > 0
        self.text.write([replace(one, gap=one.gap and nth > 0) for nth, one in enumerate(some)])
        self.call_after_refresh(self._bring_into_sight, read_from)

    def fit(self, rows: int) -> None:
        """Take the rows that the text needs, up to so many, so that what is below follows it."""
        if rows != self.text.room:
            self.text.room = rows
            self.styles.max_height = rows + self.gutter.height
            self.text.draw_anew()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows of the text beside the scroll bar, for which Textual leaves no room here."""
        beside = min(width - self.scrollbar_size_vertical, _WIDEST)
        return self.text.get_content_height(container, viewport, beside)

    def on_resize(self) -> None:
        self._tell()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def watch_virtual_size(self) -> None:
        self._tell()

    def _tell(self) -> None:
        at, last = self.scroll_target_y, self.max_scroll_y
        self.hidden = (min(at, last) > 0, at < last)  # shorter text keeps the target of before

    def _bring_into_sight(self, place: int) -> None:
        row = self.text.row_of(place) if place else 0
        self.scroll_to(y=row, animate=False, immediate=True)


class OnceScreen(Screen[Result]):
    """A screen that is closed at the first word; a second would close the one below it."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result, as soon as all of the screen is there to be closed."""
        if not self.is_mounted:
            self.call_later(self.dismiss, result)
        elif self.is_active:
            return super().dismiss(result)
        return AwaitComplete()

    async def _on_resize(self, event: events.Resize) -> None:
        """Pass over a size that the window no longer has.

        Laying out an old one changes the size again and sends word of it, so that two sizes on their
        way would take turns for ever.
        """
        if not self.app.is_inline and event.size != self.app.size:
            event.prevent_default()


class OnceModal(ModalScreen[Result], OnceScreen[Result]):
    """The same over another screen, whose page shows through; its own page is never taller than that."""

    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def on_resize(self) -> None:
        """Leave the rows of the frame, the title and the keys to these."""
        room = min(self.size.height, _INLINE) if self.app.is_inline else self.size.height
        most = room * 5 // 6 if self.query("#box.reading") else room * 4 // 5
        for page in self.query("#box > #page, #fields"):
            page.styles.max_height = max(3, most - _AROUND)
        self.call_after_refresh(self.refresh_bindings)


_AROUND = 8
"""Rows of a dialog's frame, title and keys."""

_INLINE = 20
"""Rows of a screen under the prompt, as the style sheet has them."""


_BY_NUMBER = frozenset({"number", "pick", "step"})


class NumberedScreen(OnceScreen[Result]):
    """A screen with choices: its keys are done one by one, before what they open can lose the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"number({number})", show=False, priority=True)
            for number in range(10)
        ),
        Binding("enter", "pick", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("pageup", "read(-1)", show=False, priority=True),
        Binding("pagedown", "read(1)", show=False, priority=True),
    ]

    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    app = app_of(KeysInOrder)
    choices = query_one("#choices", Choices)

    @property
    def lead(self) -> list[tuple[str, str]]:
        """The keys of the choices, for the row of keys."""
        return self.choices.keys()

    async def chosen(self, choice: Choice) -> None:
        """Do what a choice says."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Say why a key does nothing."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return action not in _BY_NUMBER or not is_typed_into(self)

    async def action_number(self, number: int) -> None:
        """Do what a number stands for; one that stands for nothing makes the rest of a burst mean nothing."""
        offered = self.choices.offered
        if 0 < number <= len(offered):
            await self.chosen(offered[number - 1])
        else:
            last = min(len(offered), MOST_NUMBERED)
            rest = ", or ↓ for the rest" if last < len(offered) else ""
            self.say(f"There is no {number} here. Press 1 to {last}{rest}." if last else "")
            self.app.drops_burst = True

    async def action_pick(self) -> None:
        if self.choices.highlighted is None:
            self.say("Press a number, or ↓ and then Enter.")
        else:
            await self.chosen(self.choices.offered[self.choices.highlighted])

    def action_step(self, by: int) -> None:
        self.choices.step(by)

    async def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        await self.chosen(event.choice)

"""Widgets, and the one way for text to reach them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from assistant.cases.view import View, choices, progress
from assistant.commands import Choice, Where, keys
from assistant.engine.glossary import Glossary
from assistant.engine.statements import Quote
from assistant.text import visible

Part = tuple[str, str | Style]
"""Some text and the style it is shown in; an empty style is plain."""

QUIET = "$foreground-muted"
"""Style of what stands back, such as where a quotation stands."""

LEAD = ("1-9 ↑↓ Enter choose", "PgUp PgDn read")
"""Keys of the choices, which are no commands."""

TOO_SMALL = "This window is too small. Make it at least 50 wide and 16 high, or press q to quit."
"""Shown in place of a screen that has no room."""

TERM = "term"
"""Key under which a marked term's style carries the glossary's id, for a click to find."""


def plain(text: str, style: str | Style = "") -> Content:
    """Return text exactly as it reads, in one style."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def cell(text: str, style: str = "") -> Text:
    """Return text for tables and trees, which know Rich's texts only; it is cut where room ends."""
    return Text(visible(text), style, overflow="ellipsis", no_wrap=True)


def joined(parts: Iterable[Part]) -> Content:
    """Return one piece of content from parts in styles of their own."""
    return Content("").join(plain(text, style) for text, style in parts)


def quoted(some: Iterable[Quote]) -> Iterator[Part]:
    """Return each quotation on a line: the words, then the document and section."""
    for quote in some:
        yield f"  “{quote.words}”", "italic"
        yield f" ({quote.where})\n", QUIET


def in_lines(parts: Iterable[Content], width: int) -> Iterator[Content]:
    """Fill lines up to `width` cells with parts, each of which stays on one line."""
    line = Content("")
    for part in parts:
        longer = line + "  " + part if line else part
        if line and longer.cell_length > width:
            yield line
            line = part
        else:
            line = longer
    yield line


class Visible(Highlighter):
    """Lets an input show what a terminal would obey, and leaves what was typed as it is."""

    def highlight(self, text: Text) -> None:
        text.plain = visible(text.plain)


class Marker:
    """Underlines the glossary's terms, each where it is first met.

    A click on a term explains it, but not where `clickable` is off: a click there means more.
    """

    def __init__(self, glossary: Glossary, *, clickable: bool = True) -> None:
        self._glossary = glossary
        self._clickable = clickable
        self._met: set[str] = set()

    def parts(self, text: str, style: str = "") -> Iterator[Part]:
        """Return text as parts, its terms marked unless this marker marked them before."""
        for piece in self._glossary.pieces(text):
            if piece.term and piece.term not in self._met:
                self._met.add(piece.term)
                base = Style.parse(style) if style else Style()
                term = Style.from_meta({TERM: piece.term}) if self._clickable else Style()
                yield piece.text, base + Style(underline=True) + term
            else:
                yield piece.text, style


def bindings(*where: Where) -> list[Binding]:
    """Return the key bindings of the commands of some places."""
    return [
        Binding(
            key.names,
            command.value,
            key.label,
            key_display=key.shown,
            tooltip=key.about,
            priority=key.at_once,
        )
        for command, key in keys(*where).items()
    ]


class Choices(OptionList):
    """Shows numbered choices, with none picked beforehand, and says which was chosen."""

    # A click that took the focus would change the line of keys, and by its height move the choices
    # from under the mouse before the button is let go.
    FOCUS_ON_CLICK: ClassVar[bool] = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "screen.read(-1)", "Read up", show=False),
        Binding("pagedown", "screen.read(1)", "Read on", show=False),
    ]

    class Chosen(Message):
        """A choice was made among those of a list."""

        def __init__(self, choice: Choice, among: "Choices") -> None:
            super().__init__()
            self.choice = choice
            self._among = among
            self._shown = among.shown

        @property
        def in_time(self) -> bool:
            """Tell whether the choices are still the same: a fast second key may come too late."""
            return self._among.shown == self._shown

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False, compact=True)
        self.offered: Sequence[Choice] = ()
        """The choices that are shown."""
        self.shown = 0
        """How often choices were replaced."""
        self.pressed = ""
        """The key that was pressed last, or `click`."""
        self.pressed_at = 0.0
        """When that was, as Textual's events count time."""

    def show(self, choices: Sequence[Choice], mark: Marker | None = None) -> None:
        """Replace the choices, terms marked by `mark`; nothing is highlighted afterwards."""
        self.offered = choices
        self.shown += 1
        self.set_options(
            _line(number, choice, mark) for number, choice in enumerate(choices, start=1)
        )

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.pressed, self.pressed_at = "click", event.time

    def on_key(self, event: events.Key) -> None:
        """Take digits as answers."""
        self.pressed, self.pressed_at = event.key, event.time
        character = event.character or ""
        if character.isdecimal() and character.isascii():
            event.stop()
            if 0 < int(character) <= len(self.offered):
                self._choose(int(character) - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Pass a choice on in our own words."""
        event.stop()
        self._choose(event.option_index)

    def _choose(self, place: int) -> None:
        self.post_message(self.Chosen(self.offered[place], self))


def _line(number: int, choice: Choice, mark: Marker | None) -> Option:
    label = mark.parts(choice.label) if mark else [(choice.label, "")]
    parts: list[Part] = [(f"{number}  ", "bold"), *label]
    if choice.note:
        parts.append((f"\n   {choice.note}", "italic"))
    return Option(joined(parts))


Kind = Literal["hint", "asked", "answered", "question", "verdict", "refer", "body", "story"]
"""How a block is laid out: an answer stands to the right, a verdict has a frame."""


@dataclass(frozen=True)
class Block:
    """One block of the conversation."""

    kind: Kind
    text: Content


_SPARE = 2
"""Lines kept ready, as many as an answer needs: a line made only then is drawn a frame later."""


class Conversation(VerticalScroll):
    """Shows blocks from top to bottom; `read_from` is the block to keep in sight."""

    def compose(self) -> ComposeResult:
        yield from (Static(markup=False) for _ in range(_SPARE))

    def show(self, blocks: Sequence[Block], read_from: int) -> None:
        """Replace what is shown, reusing the widgets that are there."""
        lines = list(self.query(Static))
        missing = [Static(markup=False) for _ in blocks[len(lines) :]]
        if missing:
            self.mount_all(missing)
        lines += missing
        for line, block in zip(lines, blocks, strict=False):
            line.update(block.text)
            line.set_classes(block.kind)
            line.display = True
        for line in lines[len(blocks) :]:
            line.display = False
        self.call_after_refresh(self._bring_into_sight, lines[read_from])
        self.call_after_refresh(self._keep_lines_ready, len(blocks) + _SPARE)

    def _keep_lines_ready(self, wanted: int) -> None:
        spare = [Static(markup=False) for _ in range(wanted - len(self.query(Static)))]
        for line in spare:
            line.display = False
        self.mount_all(spare)

    def _bring_into_sight(self, line: Static) -> None:
        if line.classes & {"verdict", "refer"}:
            self.scroll_to_widget(line, top=True, animate=False, immediate=True)
        else:
            self.scroll_end(animate=False, immediate=True)


def possible_count(view: View) -> str:
    """Return how many groups are still possible: `3 of 7`."""
    possible = sum(group.possible for group in view.groups)
    return f"{possible} of {len(view.guide.groups)}"


def groups_in_brief(view: View) -> str:
    """Return how the groups stand, in a few words: `3 of 7 possible`, `1 recommended, 1 also fits`."""
    if view.verdict is None or view.unresolved:
        return f"{possible_count(view)} possible"
    if view.recommended is None:
        return "no group named"
    also = sum(group.also_fits for group in view.groups)
    return f"1 recommended{f', {also} also fits' if also else ''}"


def groups_drawn(view: View) -> Content:
    """Return the groups still possible, then each one ruled out, with the answer that did it."""
    parts: list[Part] = []
    for group in sorted(view.groups, key=lambda group: (not group.possible, not group.also_fits)):
        name = view.guide.groups[group.group].name.removesuffix(" Services")
        if group.possible:
            parts.append((f"● {name}\n", "bold"))
            continue
        how = "○ {}: also fits, second choice" if group.also_fits else "✗ {}: ruled out"
        parts += [(f"{how.format(name)}\n", ""), (f"  {group.because}\n", QUIET)]
        if group.cites and not group.also_fits:
            parts.append((f"  This group requires “{group.cites[0].words}”\n", QUIET))
    if not any(group.possible for group in view.groups):
        parts.insert(0, ("No group is named for this case.\n", "bold"))
    return joined(parts)


class _Answers(OptionList):
    """Lines that stay under the mouse: taking the focus would move them, by the line of keys."""

    FOCUS_ON_CLICK: ClassVar[bool] = False


class Aside(Vertical):
    """Shows a view's groups and answers; an answer can be clicked, or chosen, to change it."""

    @dataclass
    class ChangeAsked(Message):
        """The worker wants to change the answer about a fact."""

        fact: str

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="possible"):
            yield Static(markup=False, id="groups")
        yield _Answers(id="answers", markup=False, compact=True)
        yield Static(markup=False, id="progress")

    def on_mount(self) -> None:
        self.query_one("#answers").border_title = "Your answers"

    def show(self, view: View) -> None:
        """Draw a view."""
        self.query_one("#possible").border_title = f"Still possible: {possible_count(view)}"
        self.query_one("#groups", Static).update(groups_drawn(view))
        self.query_one("#progress", Static).update(plain(progress(view)))
        options = [
            Option(joined([(choice.label, ""), ("  change", "underline")]), id=choice.value)
            for choice in choices(view.turned("picking"))
        ]
        self.query_one("#answers", OptionList).set_options(options)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.post_message(self.ChangeAsked(event.option_id))


class Keys(Static):
    """Lists the keys that work now; `lead` names those of the choices, which are no commands."""

    def __init__(self, *lead: str) -> None:
        super().__init__(markup=False)
        self._lead = [Content(words) for words in lead]
        self._keys = Content("")

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._list)

    def on_resize(self) -> None:
        self._list(self.screen)

    def _list(self, screen: Screen[object]) -> None:
        lead = self._lead if isinstance(screen.focused, Choices) else []
        width = self.size.width or self.app.size.width - 2  # before it has a size of its own
        keys = Content("\n").join(in_lines([*lead, *_shown(screen)], width))
        if keys != self._keys:  # drawing it lays the whole screen out anew
            self._keys = keys
            self.update(keys)


def _shown(screen: Screen[object]) -> Iterator[Content]:
    seen = set()
    for _, binding, enabled, _ in screen.active_bindings.values():
        if binding.show and enabled and binding.description and binding.action not in seen:
            seen.add(binding.action)
            markup = f"[@click=app.simulate_key('{binding.key}')][b]$key[/b] $words[/]"
            key = screen.app.get_key_display(binding)
            yield Content.from_markup(markup, key=key, words=binding.description)


_PLACES = {
    "interview": "Interview",
    "lookup": "Look up",
    "practice": "Practice",
    "records": "Records",
}
"""Each place's name as an action of the app, and its words."""


class TitleBar(Horizontal):
    """Names the assistant and links to its places; `here` is the one being shown."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        yield Label("Service Group Assistant", id="title")
        for place, words in _PLACES.items():
            if not self.app.check_action(place, ()):
                continue
            shown = f"[{words}]" if place == self._here else words
            markup = f"[@click=app.{place}]$words[/]"
            yield Label(Content.from_markup(markup, words=shown), classes="place")


class PracticeReading(Conversation, can_focus=False):
    """Shows blocks from the one to be read; what stands before it can be scrolled back to.

    `more` tells whether something stands below that is not in sight.
    """

    more = reactive(False)

    def lay_out(self, blocks: Sequence[Block]) -> None:
        """Show the same blocks in lines of another width; what was read last stays in sight."""
        for line, block in zip(self.query(Static), blocks, strict=False):
            line.update(block.text)

    def on_resize(self) -> None:
        self._tell()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def watch_virtual_size(self) -> None:
        self._tell()

    def _tell(self) -> None:
        self.more = self.scroll_target_y < self.max_scroll_y

    def _bring_into_sight(self, line: Static) -> None:
        self.scroll_to_widget(line, top=True, animate=False, immediate=True)

"""The column that is read from the top: text that hangs below itself, and numbered choices below it."""

import re
from asyncio import Event
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.style import Style
from textual.widget import Widget

from assistant.commands import Choice
from assistant.screen.theme import HERE, LEADS_TO, MORE_BELOW
from assistant.shapes import Frozen
from assistant.text import visible

Part = tuple[str, str | Style]
"""Some text and the style it is shown in; an empty style is plain."""

QUIET = "$quiet"
"""Style of what is less important, such as what was answered."""

AXIS = 3
"""The column in which all text begins; the ones before it are for a mark."""

MARGIN = 2
"""Columns left free at the right."""

LABEL = 13
"""Columns of a label and what parts it from its text; in a narrow column it takes what it needs."""

NORMAL = 68
"""Columns from which on labels have their full width, and choices may be side by side."""

MOST_NUMBERED = 9
"""How many choices have a number: each is pressed as one key."""

_NUMBER = 3
"""Columns of a choice's number and what parts it from its words."""

_APART_FROM = 22
"""Rows of a screen from which on there is a blank one below its first."""

_ROOM_BESIDE = NORMAL - MARGIN - AXIS - _NUMBER
"""Columns of a choice's words from which on what it gives may be beside them."""

_NOTHING = Content("")


def plain(text: str, style: str | Style = "") -> Content:
    """Return text exactly as it reads, in one style."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def joined(parts: Iterable[Part]) -> Content:
    """Return one piece of content from parts, each in its own style."""
    return _NOTHING.join(plain(text, style) for text, style in parts)


class Paragraph(Frozen):
    """Text that hangs at one column, perhaps with a label before it and a mark in the gutter.

    `gap` is a blank row above it, which goes where room is short. `indent` is the width of
    the label; 0 leaves it to the column. One that is `marked` has a band behind it. `between` is
    what parts of the text are broken at, and nothing else is if they fit.
    """

    text: Content
    label: Content = _NOTHING
    mark: Content = _NOTHING
    gap: bool = False
    indent: int = 0
    marked: bool = False
    between: str = ""

    def rows(self, width: int, indent: int) -> Iterator[Content]:
        """Return the rows of the paragraph; `indent` is where its text begins, if it has a label."""
        indent = (self.indent or indent) if self.label else 0
        first = _gutter(self.mark) + (self.label.pad_right(max(0, indent - len(self.label))))
        rest = Content(" " * (AXIS + indent))
        for number, line in enumerate(self._wrapped(max(8, width - AXIS - indent - MARGIN))):
            row = (first if number == 0 else rest) + line
            yield band(row, width - MARGIN) if self.marked else row

    def _wrapped(self, width: int) -> list[Content]:
        found: list[Content] = []
        for part in self.text.split(self.between) if self.between else [self.text]:
            longer = found[-1] + plain(self.between, QUIET) + part if found else part
            if found and longer.cell_length <= width:
                found[-1] = longer
            else:
                found += part.wrap(width)
        return found


def band(row: Content, width: int) -> Content:
    """Return a row that is chosen, of a width, with a band from its mark on."""
    row = row.pad_right(max(0, width - row.cell_length))
    return row[:1] + row[1:].stylize("on $mark")


_LEAD = re.compile(r" *(?:– |[0-9]+[.)] +|[✔○●×◆▲] )?")


def hanging(text: Content) -> Iterator[Paragraph]:
    """Return a paragraph a line; each hangs below the spaces, mark, dash or number it begins with."""
    for line in text.split("\n", allow_blank=True):
        found = _LEAD.match(line.plain)
        lead = found.end() if found else 0
        yield Paragraph(line[lead:], line[:lead], indent=lead)


def _gutter(mark: Content) -> Content:
    return Content(" ") + mark.pad_right(AXIS - 1 - len(mark)) if mark else Content(" " * AXIS)


def _rows(some: Sequence[Paragraph], width: int) -> Iterator[Content]:
    labels = [len(one.label.plain.rstrip()) + 2 for one in some if one.label and not one.indent]
    indent = max([*labels, LABEL * (width >= NORMAL)])
    for one in some:
        if one.gap:
            yield _NOTHING
        yield from one.rows(width, indent)


async def arrived(widget: Widget) -> None:
    """Wait until all that was typed into a widget has arrived there."""
    done = Event()
    widget.call_later(done.set)
    await done.wait()


def turn_pages(page: Widget, by: int, rows: int = 0) -> None:
    """Scroll by pages that share a row, or by `rows` each; at once, so that no key of a burst is lost."""
    step = rows or max(1, page.size.height - 1)
    page.scroll_to(y=page.scroll_target_y + by * step, animate=False, immediate=True)


class Sheet(VerticalScroll, can_focus=False):
    """What a column is scrolled in; that there is more to scroll is no reason for another layout."""

    virtual_size = Reactive(Size(0, 0), layout=False)


class HangingText(Widget):
    """Shows paragraphs, wrapped to its width."""

    # Its own height is no reason to lay the screen out once more.
    virtual_size = Reactive(Size(0, 0), layout=False)
    auto_links = Reactive(False)

    def __init__(self, *some: Paragraph, id: str | None = None, classes: str = "") -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._paragraphs: Sequence[Paragraph] = some
        self._wrapped: tuple[object, list[Content]] = ((), [])

    def write(self, some: Sequence[Paragraph]) -> None:
        """Replace what is shown."""
        self._paragraphs = some
        self.draw_anew()

    def draw_anew(self) -> None:
        """Draw what has changed, and lay the screen out only if that takes another height."""
        self._wrapped = ((), [])
        self.refresh(layout=bool(self.size.width) and self.length != self.size.height)

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.size.width))

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        return len(self._lines(width))

    @property
    def length(self) -> int:
        """How many rows there are, in sight or not."""
        return len(self._lines(self.size.width))

    def row_of(self, place: int) -> int:
        """Return the row in which the text of a paragraph begins, by its place from 0."""
        before = len(list(_rows(self._paragraphs[:place], self.size.width)))
        return before + any(one.gap for one in self._paragraphs[place : place + 1])

    @property
    def written(self) -> str:
        """All that is shown, in sight or not, a paragraph a line."""
        return "\n".join(
            " ".join(filter(None, (one.label.plain.strip(), one.text.plain)))
            for one in self._paragraphs
        )

    def _key(self, width: int) -> object:
        return width

    def _lines(self, width: int) -> list[Content]:
        key = self._key(width)
        if self._wrapped[0] != key:
            self._wrapped = (key, self._wrap(width))
        return self._wrapped[1]

    def _wrap(self, width: int) -> list[Content]:
        return list(_rows(self._paragraphs, width))


class Prose(HangingText):
    """Gives up blank rows where that brings all of it into sight, or where few rows are.

    `room` is how many rows are in sight at once, 0 for any number; `keeps` holds on to blank rows.
    """

    room = 0
    keeps = False

    def _key(self, width: int) -> object:
        return width, self.room

    def _wrap(self, width: int) -> list[Content]:
        rows, some = super()._wrap(width), list(self._paragraphs)
        over, gaps = len(rows) - self.room, [nth for nth, one in enumerate(some) if one.gap]
        if not self.room or over <= 0 or (self.room > _FEW and (self.keeps or over > len(gaps))):
            return rows
        for nth in gaps[:over]:
            some[nth] = replace(some[nth], gap=False)
        return list(_rows(some, width))


_FEW = 8
"""Rows from which on some may be blank, where not all can be seen at once."""


class _Spot(Frozen):
    """Where a choice is: its number from 0, the first row and how many, and its columns."""

    index: int
    row: int
    rows: int
    columns: range


class Choices(HangingText, can_focus=True):
    """Shows text and, right below it, numbered choices; `more` is read further down.

    None is picked beforehand. `head` holds the same text in several ways, the roomiest first: the
    first that leaves all choices in sight is shown. One that `fills` its column begins `more` below
    what is in sight. What choices give is at their right, where there is room beside them. `apart`
    tells that the screen has a blank row above the column, unless it is low.
    """

    FOCUS_ON_CLICK: ClassVar[bool] = False

    highlighted: Reactive[int | None] = reactive(None, layout=False)

    class Chosen(Message):
        """A choice was clicked."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, *, fills: bool = False, apart: bool = False) -> None:
        super().__init__(id="choices")
        self._apart = apart
        self.offered: Sequence[Choice] = ()
        """The choices that are shown."""
        self.fills = fills
        """Whether it takes all the rows of the column that it is in."""
        self._heads: Sequence[Sequence[Paragraph]] = ((),)
        self._more: Sequence[Paragraph] = ()
        self._columns = 1
        self._spots: list[_Spot] = []
        self._in_sight = 0
        self.more_row = 0
        """The row in which `more` begins; 0 where there is none."""

    def show(
        self,
        choices: Sequence[Choice],
        *head: Sequence[Paragraph],
        more: Sequence[Paragraph] = (),
        columns: int = 1,
    ) -> None:
        """Replace the text and the choices; nothing is picked afterwards."""
        self.offered = choices
        self._heads = head or ((),)
        self._more = more
        self._columns = columns
        self._paragraphs = (*self._heads[0], *more)
        self.set_reactive(Choices.highlighted, None)
        self.draw_anew()

    @property
    def numbers(self) -> str:
        """The numbers of the choices that have one, as `1-9`; "" where nothing is offered."""
        count = min(len(self.offered), MOST_NUMBERED)
        return f"1-{count}" if count > 1 else "1" * count

    def below(self, top: int, *after: str, key: str = "m") -> str:
        """Return that more is below what is in sight from a row, what it is, and the key that leads there.

        `: 3-6, sources (m)` names the choices not whole in sight, and what comes `after` them all.
        """
        seen = top + self.room
        if seen >= self.length:
            return ""
        most = min(len(self.offered), MOST_NUMBERED)
        hidden = [spot.index + 1 for spot in self._spots if spot.row + spot.rows > seen]
        some = [str(number) for number in hidden if number <= most]
        names = ["-".join(dict.fromkeys([*some[:1], *some[-1:]])), *after * (seen <= self.more_row)]
        said = ", ".join(filter(None, names))
        leads = key if self.more_row else "PgDn"
        return f"{MORE_BELOW} More below{': ' * bool(said)}{said} ({leads})"

    def keys(self, does: str = "Choose") -> list[tuple[str, str]]:
        """Return the keys that choose, and what each does, for the row of keys."""
        some = [(self.numbers, does)] if self.offered else []
        return [*some, *([("↑↓", "The rest")] if len(self.offered) > MOST_NUMBERED else [])]

    def watch_highlighted(self) -> None:
        self._wrapped = ((), [])
        self.refresh()
        spot = next((one for one in self._spots if one.index == self.highlighted), None)
        if spot and isinstance(self.parent, Widget):
            region = Region(0, spot.row, 1, spot.rows)
            self.call_later(self.parent.scroll_to_region, region, animate=False)

    def step(self, by: int) -> None:
        """Mark the next choice or the one before; from none, the first or the last."""
        last = len(self.offered) - 1
        if last < 0:
            return
        if self.highlighted is None:
            self.highlighted = 0 if by > 0 else last
        else:
            self.highlighted = min(max(self.highlighted + by, 0), last)

    def on_click(self, event: events.Click) -> None:
        spot = self._clicked(event)
        if spot and spot.index < len(self.offered):
            event.stop()
            self.post_message(self.Chosen(self.offered[spot.index]))

    def _clicked(self, event: events.Click) -> _Spot | None:
        at = event.get_content_offset(self)
        for spot in self._spots if at else ():
            if at and spot.row <= at.y < spot.row + spot.rows and at.x in spot.columns:
                return spot
        return None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        self._in_sight = container.height
        return super().get_content_height(container, viewport, width)

    def on_resize(self) -> None:
        """Draw for the room there is, which a layout from a cache does not ask for."""
        height = self.parent.size.height if isinstance(self.parent, Widget) else 0
        if height and height != self._in_sight:
            self._in_sight = height
            self.draw_anew()

    @property
    def room(self) -> int:
        """How many rows are in sight at once, where it fills a column; else 0 for any number."""
        return (self._in_sight or self.app.size.height - 3 - self._is_apart) if self.fills else 0

    @property
    def least(self) -> int:
        """How many rows the choices need below the shortest of the texts, without its blank rows."""
        width = self.size.width or self.app.size.width
        rows = len(list(_rows([replace(one, gap=False) for one in self._heads[-1]], width)))
        return rows + sum(len(some) for some, _ in self._numbered(width))

    def _key(self, width: int) -> object:
        return width, self.room, self.highlighted, self._is_apart

    def _wrap(self, width: int) -> list[Content]:
        room = self.room
        below = list(self._numbered(width))
        rows = self._fitting(width, room - sum(len(row) for row, _ in below))
        self._spots = []
        for some, spots in below:
            self._spots += (replace(spot, row=len(rows) + spot.row) for spot in spots)
            rows += some
        rows += [_NOTHING] * (room - len(rows))
        self.more_row = len(rows) if self._more else 0
        more = list(_rows(self._from_top(self._more), width))
        return [*rows, *more, *[_NOTHING] * (room - len(more) if more else 0)]

    def _from_top(self, some: Sequence[Paragraph]) -> Sequence[Paragraph]:
        """Return paragraphs without the blank row above them where the screen has one of its own."""
        return [replace(some[0], gap=False), *some[1:]] if some and self._is_apart else some

    @property
    def _is_apart(self) -> bool:
        return self._apart and self.app.size.height >= _APART_FROM

    def _fitting(self, width: int, room: int) -> list[Content]:
        """Return the rows of the roomiest text that fits, at last without its blank rows.

        Where more is read further down, and it does not fit without them either, they stay.
        """
        for head in map(self._from_top, self._heads):
            rows = list(_rows(head, width))
            if not self.fills or len(rows) < room:
                break
        gaps = sum(one.gap for one in head)
        overflows = bool(self._more) and len(rows) - gaps > room
        while gaps and self.fills and not overflows and len(rows) >= room:
            gaps -= 1
            last = max(number for number, one in enumerate(head) if one.gap)
            head = [*head[:last], replace(head[last], gap=False), *head[last + 1 :]]
            rows = list(_rows(head, width))
        apart = overflows or not self.fills or len(rows) < room
        return [*rows, *([_NOTHING] if apart and rows and self.offered else [])]

    def _numbered(self, width: int) -> Iterator[tuple[list[Content], list[_Spot]]]:
        """Return the rows of each choice, or of those side by side, and where these are in them."""
        across = self._columns if width >= NORMAL else 1
        down = -(-len(self.offered) // across)
        each = (width - MARGIN) // across
        for place in range(down):
            some = range(place, len(self.offered), down)
            cells = [self._cell(number, each) for number in some]
            high = max(len(cell) for cell in cells)
            blank = Content(" " * each)
            rows = [
                _NOTHING.join(cell[row] if row < len(cell) else blank for cell in cells)
                for row in range(high)
            ]
            spots = [
                _Spot(number, 0, high, range(each * nth, each * (nth + 1)))
                for nth, number in enumerate(some)
            ]
            yield rows, spots

    def _cell(self, index: int, width: int) -> list[Content]:
        """Return the rows of one choice, the mark before it too, each as wide as is said."""
        choice, is_here = self.offered[index], index == self.highlighted
        note = plain(_note(choice), QUIET)
        first = _gutter(plain(HERE, "$accent") if is_here else _NOTHING)
        number = str(index + 1) if index < MOST_NUMBERED else ""
        first += plain(number.ljust(_NUMBER), "bold $accent")
        rest = Content(" " * len(first))
        room = max(8, width - len(first))
        beside = self._beside(room)
        lines = plain(choice.label).wrap(beside - 1 if beside else room)
        if beside:
            lines[-1] = lines[-1].pad_right(beside - lines[-1].cell_length) + note
        elif note and lines[-1].cell_length + 2 + note.cell_length <= room:
            lines[-1] += plain("  ") + note
        elif note:
            lines += note.wrap(room)
        rows = []
        for place, line in enumerate(lines):
            row = (rest if place else first) + line
            row = row.pad_right(max(0, width - row.cell_length))
            rows.append(band(row.stylize("bold"), width) if is_here else row)
        return rows

    def _beside(self, room: int) -> int:
        """Return the column beside the choices for what they give; 0 where that follows their words."""
        if room < _ROOM_BESIDE or not any(choice.gives for choice in self.offered):
            return 0
        left = room - max(len(_note(choice)) for choice in self.offered)
        longest = max(len(choice.label) for choice in self.offered)
        return min(longest + 2, left) if left >= LABEL else 0


def _note(choice: Choice) -> str:
    """Return what is said of a choice after its words, a mark before what it gives."""
    return ", ".join(filter(None, (f"{LEADS_TO} {choice.gives}" * bool(choice.gives), choice.note)))

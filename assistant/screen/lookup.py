"""Lookup, the desk card and the tree on the screen."""

from collections.abc import Iterator
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static, Tree
from textual.widgets.tree import TreeNode

from assistant.cases.session import InterviewSession
from assistant.cases.view import View
from assistant.engine.explain import says
from assistant.engine.handouts import (
    Item,
    card_lead,
    card_tables,
    groups_table,
    outline,
)
from assistant.engine.interview import NOTHING, edges_taken
from assistant.engine.lookup import Hit, Index, leads
from assistant.engine.verdict import sentence, short_name
from assistant.guide.model import Guide
from assistant.screen.column import (
    AXIS,
    MARGIN,
    QUIET,
    HangingText,
    Paragraph,
    Part,
    Sheet,
    joined,
    plain,
    turn_pages,
)
from assistant.screen.drawing import CERTAINTY
from assistant.screen.theme import ASK, DOT, HERE, JUDGMENT, MORE_BELOW, SETTLED
from assistant.screen.widgets import (
    BREAKPOINTS,
    HEIGHTS,
    Keys,
    OnceModal,
    OnceScreen,
    TextLine,
    TitleBar,
    cell,
    clickable,
)
from assistant.text import counted

QUESTION = "What do you want to look up?"
HINT = "Type a few words, such as guardian, safety plan, no report, trial home visit."
"""Shown while nothing is typed."""

_FILLS_NOTHING = "This entry only explains. It does not fill in an answer. Press Esc to go back."
"""Said of an entry that only explains something, also where it is chosen to go on from."""

_LISTED = {"-low": 4, "-tall": 6, "-high": 10}
"""How many of the entries found are listed at once, by the height of the screen."""


class LookUpScreen(OnceScreen[Hit | None]):
    """Finds groups, goals, situations and words; gives the entry to go on from, if any."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", key_display="Esc", priority=True),
        # The line for words takes these keys for itself otherwise, and does nothing with them.
        Binding("enter", "go_on(1)", "Add to this interview", key_display="Enter", priority=True),
        Binding("enter", "go_on(0)", "New interview with this", key_display="Enter", priority=True),
        Binding("enter", "stay", show=False, priority=True),
        Binding("down", "move(1)", "Other entries", key_display="↑↓", priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "read(1)", show=False, priority=True),
        Binding("pageup", "read(-1)", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    words = query_one("#words", Input)
    found = query_one("#found", HangingText)
    page = query_one("#page", Sheet)
    note = query_one("#note", Static)

    def __init__(self, guide: Guide, session: InterviewSession) -> None:
        super().__init__()
        self._guide = guide
        self._session = session
        self._index = Index(guide)
        self._hits: tuple[Hit, ...] = ()
        self._here = 0

    def compose(self) -> ComposeResult:
        yield TitleBar("lookup")
        yield HangingText(Paragraph(plain(QUESTION, "bold"), gap=True))
        with Vertical(classes="field"):
            yield TextLine(id="words")
        with Sheet(id="page"):
            yield HangingText(id="found")
        yield Static(id="note", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.set_focus(self.words)
        self.watch(self.page, "scroll_y", self._tell, init=False)
        self._draw()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search at every letter, and show the best first."""
        self._hits = self._index.search(event.value) if event.value.strip() else ()
        self._here = 0
        self._draw()

    def action_go_on(self, _: int = 0) -> None:
        """Go on from the entry chosen, where it settles anything."""
        if self._chosen and self._chosen.facts:
            self.dismiss(self._chosen)

    def action_stay(self) -> None:
        """Say why the entry chosen leads no further."""
        if self._chosen:
            self.note.update(plain(_FILLS_NOTHING))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        facts = self._chosen.facts if self._chosen else NOTHING
        possible = {
            "go_on": bool(facts) and (bool(self._session.has_room_for(facts)),) == parameters,
            "move": len(self._hits) > 1,
        }
        return possible.get(action, True)

    @property
    def _chosen(self) -> Hit | None:
        return self._hits[self._here] if self._hits else None

    def action_move(self, step: int) -> None:
        """Move among the entries found, while the words keep the keyboard."""
        self._pick(min(max(self._here + step, 0), len(self._hits) - 1))

    def action_read(self, pages: int) -> None:
        turn_pages(self.page, pages)

    def action_pick(self, place: int) -> None:
        """Choose an entry that was clicked; a second click goes on from it."""
        if place == self._here:
            self.action_go_on()
        else:
            self._pick(place)

    def _pick(self, place: int) -> None:
        self._here = place
        self._draw()

    def _draw(self) -> None:
        """Show the entries found, and below them what the chosen one means."""
        hit = self._chosen
        said = [*_meaning(self._guide, hit), self._how(hit)] if hit else self._nothing()
        self.found.write([*self._list(), *said, *self._unknown()])
        self.page.scroll_home(animate=False, immediate=True)
        self.refresh_bindings()
        self.call_after_refresh(self._tell)

    def _list(self) -> Iterator[Paragraph]:
        """Return a row for each entry listed, the chosen one marked and among them."""
        most = next((most for name, most in _LISTED.items() if self.has_class(name)), 6)
        first = max(0, min(self._here - most // 2, len(self._hits) - most))
        room = self.found.size.width - AXIS - MARGIN
        for place, hit in list(enumerate(self._hits))[first : first + most]:
            is_here = place == self._here
            row = clickable(hit.title, "bold" if is_here else "", f"screen.pick({place})")
            between = room - row.cell_length - len(hit.kind)
            if between > 1 and hit.kind != "situation":  # which most are
                row = row.pad_right(between) + plain(hit.kind, QUIET)
            mark = plain(HERE, "$accent") if is_here else plain("")
            # What a second row takes hangs, so that it does not read as another entry.
            yield Paragraph(row[2:], row[:2], mark, indent=2, marked=is_here)

    def _how(self, hit: Hit) -> Paragraph:
        """Return what Enter does with an entry, and what becomes of the interview in front."""
        how = "If that is true for your case, press Enter and answer the other questions."
        if not hit.facts:
            how = _FILLS_NOTHING
        elif self._session.view.everything_said and not self._session.has_room_for(hit.facts):
            how += " That starts a new interview."
        return Paragraph(plain(how, QUIET), gap=True)

    def _nothing(self) -> list[Paragraph]:
        typed = bool(self.words.value.strip())
        return [
            Paragraph(plain("No match. Try different words, or fewer." if typed else HINT, QUIET))
        ]

    def _unknown(self) -> Iterator[Paragraph]:
        """Return the words typed that nothing was found by."""
        if unknown := self._index.unknown(self.words.value):
            words = ", ".join(f"“{word}”" for word in unknown)
            yield Paragraph(plain(words), plain("Not found ", QUIET), gap=True)

    def _tell(self) -> None:
        """Say how many entries were found, and whether more stands below."""
        below = self.page.scroll_target_y + self.page.size.height < self.found.length
        found = counted(len(self._hits), "match", "matches") if self._hits else ""
        session = self._session
        if (
            self._chosen
            and self._chosen.facts
            and session.is_done
            and session.view.mode == "asking"
        ):
            found = "Your result is not recorded yet."
        said = (f"{MORE_BELOW} More below (PgDn)" if below else "", found)
        self.note.update(plain(f" {DOT} ".join(filter(None, said)), QUIET), layout=False)


def _meaning(guide: Guide, hit: Hit) -> Iterator[Paragraph]:
    """Return what an entry means, where it leads, and what it fills in."""
    yield Paragraph(plain(hit.means), gap=True)
    said = [(one.about, one.says) for one in leads(guide, hit)]
    said += [("Fills in", sentence(says(guide, fact, value))) for fact, value in hit.facts.items()]
    for number, (about, words) in enumerate(said):
        yield Paragraph(plain(words), plain(f"{about}  ", QUIET), gap=not number)


def card_page(guide: Guide) -> tuple[str, Content]:
    """Return the desk card as a title and text, the groups before the steps."""
    groups = groups_table(guide)
    parts: list[Part] = []
    for group, (_, rule) in zip(guide.groups, groups.rows, strict=True):
        parts += [("– ", QUIET), (short_name(guide, group), "bold"), (f"  {rule}\n", "")]
    for table in (table for table in card_tables(guide) if table != groups):
        parts.append((f"\n{table.heading}\n", QUIET))
        for name, *cells in table.rows:
            parts += [("– ", QUIET), (f"{name}: ", ""), (f"{'; '.join(map(str, cells))}\n", "bold")]
    return groups.title, joined([*parts, (f"\n{card_lead(guide)}", "")])


class _Outline(Tree[Item]):
    """The tree, in short names; the chosen row has a band to its end."""

    def __init__(self, guide: Guide, start: Item) -> None:
        self._guide = guide
        self._start = start
        super().__init__(self._label(start), start, id="tree")

    def grow(self) -> TreeNode[Item]:
        """Add everything from the start on, and give the last node on the path of the interview."""
        self.root.expand()
        return self._grow(self.root, self._start)

    def _grow(self, node: TreeNode[Item], item: Item) -> TreeNode[Item]:
        here = node
        for branch in item.branches:
            folds = bool(branch.branches)
            label = self._label(branch)
            child = node.add(label, branch, expand=folds and branch.taken, allow_expand=folds)
            last = self._grow(child, branch)
            if branch.taken:
                here = last
        return here

    def _label(self, item: Item) -> Text:
        mark = f"{ASK} " if item.taken else ""
        answer = f"{item.answer}: " if item.answer else ""
        end = f"{item.label}?" if item.kind == "question" else item.label
        outcome = self._guide.outcomes.get(item.name)
        if outcome and outcome.group:
            end = f"{CERTAINTY[outcome.certainty][0]} {short_name(self._guide, outcome.group)}"
        return cell(f"{mark}{answer}{end}", "bold" if item.taken else "")

    def render_label(self, node: TreeNode[Item], base_style: Style, style: Style) -> Text:
        label = super().render_label(node, base_style, style)
        if node is self.cursor_node and style.bgcolor:
            label.append(" " * self.size.width, style)
        return label


class TreeScreen(OnceModal[None]):
    """Shows every question, answer and outcome; Enter or a click folds and unfolds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,v,q", "dismiss", "Close", key_display="Esc"),
        Binding("x", "unfold", "Open all"),
    ]

    row = ("unfold", "dismiss")

    def __init__(self, view: View) -> None:
        super().__init__()
        path = edges_taken(view.guide, view.standing)
        self._outline = _Outline(view.guide, outline(view.guide, path, shared=False))

    def compose(self) -> ComposeResult:
        yield TitleBar("interview")
        marks = f"{ASK} this interview   {SETTLED} settled   {JUDGMENT} judgment call"
        yield HangingText(
            Paragraph(plain("All questions and results", "bold"), gap=True),
            Paragraph(plain(marks, QUIET)),
        )
        yield self._outline
        yield Keys(("↑↓", "Move"), ("Enter", "Open or close"))

    def on_mount(self) -> None:
        self._outline.guide_depth = 2
        here = self._outline.grow()
        self._outline.focus()
        self.call_after_refresh(self._outline.move_cursor, here)

    def action_unfold(self) -> None:
        self._outline.root.expand_all()

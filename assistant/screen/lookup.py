"""Look-up, the desk card and the tree on the screen."""

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, OptionList, Static, Tree
from textual.widgets.option_list import Option
from textual.widgets.tree import TreeNode

from assistant.cases.view import View
from assistant.engine.explain import says
from assistant.engine.handouts import CARD_TITLE, card_lead, card_tables, groups_table
from assistant.engine.interview import edges_taken
from assistant.engine.lookup import Hit, Index, leads
from assistant.engine.verdict import sentence
from assistant.guide.drawing import Item, outline
from assistant.guide.model import Guide
from assistant.screen.column import Part, joined, plain
from assistant.screen.widgets import Keys, OnceModal, OnceScreen, TextLine, TitleBar, cell
from assistant.tables import as_sentences

HINT = "Type a few words, such as guardian, safety plan, no report, trial home visit."
"""Shown while nothing is typed."""


class LookUpScreen(OnceScreen[Hit | None]):
    """Finds groups, goals, situations and words; gives the entry to continue from, if any."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", key_display="Esc", priority=True),
        # The line for words takes these keys for itself otherwise, and does nothing with them.
        Binding("enter", "go_on", "Continue from here", priority=True),
        Binding("down", "move(1)", "Choose", key_display="↑↓", priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    words = query_one("#words", Input)
    hits = query_one("#hits", OptionList)
    meaning = query_one("#meaning", Static)

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        self._guide = guide
        self._index = Index(guide)
        self._found: tuple[Hit, ...] = ()

    def compose(self) -> ComposeResult:
        yield TitleBar("lookup")
        yield TextLine(id="words", placeholder=HINT)
        yield OptionList(id="hits", markup=False, compact=True)
        with VerticalScroll(id="detail"):
            yield Static(id="meaning", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.set_focus(self.words)
        self.meaning.update(plain(HINT))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search at every letter, and show the best first."""
        self._found = self._index.search(event.value) if event.value.strip() else ()
        self.hits.set_options(
            Option(joined([(hit.title, "bold"), (f"  {hit.kind}", "")])) for hit in self._found
        )
        self.hits.highlighted = 0 if self._found else None
        self._explain()

    def on_option_list_option_highlighted(self) -> None:
        self._explain()

    def on_option_list_option_selected(self) -> None:
        self.action_go_on()

    def action_go_on(self) -> None:
        """Go on from the entry chosen, where it settles anything."""
        if self._chosen and self._chosen.facts:
            self.dismiss(self._chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return action != "go_on" or bool(self._chosen and self._chosen.facts)

    @property
    def _chosen(self) -> Hit | None:
        index = self.hits.highlighted
        return self._found[index] if index is not None and index < len(self._found) else None

    def action_move(self, step: int) -> None:
        """Move among the entries found, while the words keep the keyboard."""
        if self._found:
            now = self.hits.highlighted or 0
            self.hits.highlighted = min(max(now + step, 0), len(self._found) - 1)

    def _explain(self) -> None:
        self.refresh_bindings()
        if self._chosen:
            self.meaning.update(joined([*_parts(self._guide, self._chosen), *self._unknown()]))
        elif self.words.value.strip():
            nothing = ("No match. Try different words, or fewer.\n", "")
            self.meaning.update(joined([nothing, *self._unknown()]))
        else:
            self.meaning.update(plain(HINT))

    def _unknown(self) -> Iterator[Part]:
        """Return the words typed that nothing was found by."""
        if unknown := self._index.unknown(self.words.value):
            yield "I do not know: ", "bold"
            yield f"{', '.join(unknown)}\n", ""


def _parts(guide: Guide, hit: Hit) -> Iterator[Part]:
    yield f"{hit.title}\n", "bold"
    yield f"{hit.means}\n", ""
    for one in leads(guide, hit):
        yield f"{one.about}: ", "bold"
        yield f"{one.says}\n", ""
    for fact, value in hit.facts.items():
        yield "Fills in: ", "bold"
        yield f"{sentence(says(guide, fact, value))}\n", ""
    if hit.facts:
        yield "If that is true for your case, press Enter and answer the other questions.\n", "bold"


def card_page(guide: Guide) -> tuple[str, Content]:
    """Return the desk card as a title and text, the groups before the steps."""
    groups = groups_table(guide)
    parts: list[Part] = []
    for table in (groups, *(table for table in card_tables(guide) if table != groups)):
        parts.append((f"{table.heading}\n", "bold"))
        parts += ((f"{line}\n", "") for line in as_sentences(table))
        parts.append(("\n", ""))
    return CARD_TITLE, joined([*parts, (card_lead(guide), "")])


class TreeScreen(OnceModal[None]):
    """Shows every question, answer and outcome; Enter or a click folds and unfolds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,v,q", "dismiss", "Close", key_display="Esc"),
        Binding("x", "unfold", "Open all"),
    ]

    def __init__(self, view: View) -> None:
        super().__init__()
        path = edges_taken(view.guide, view.standing)
        self._root = outline(view.guide, path, shared=False)

    def compose(self) -> ComposeResult:
        yield Static(
            "◆ marks the path of this interview. ↑ ↓ move. Enter opens and closes a branch."
        )
        yield Tree[Item](_label(self._root), self._root, id="tree")
        yield Keys()

    def on_mount(self) -> None:
        tree: Tree[Item] = self.query_one("#tree", Tree)
        here = _grow(tree.root, self._root)
        tree.root.expand()
        tree.focus()
        self.call_after_refresh(tree.move_cursor, here)

    def action_unfold(self) -> None:
        self.query_one("#tree", Tree).root.expand_all()


def _grow(node: TreeNode[Item], item: Item) -> TreeNode[Item]:
    """Add everything beyond an item, and give the last node on the path of the interview."""
    here = node
    for branch in item.branches:
        folds = bool(branch.branches)
        label = _label(branch)
        child = node.add(label, branch, expand=folds and branch.taken, allow_expand=folds)
        last = _grow(child, branch)
        if branch.taken:
            here = last
    return here


def _label(item: Item) -> Text:
    mark = "◆ " if item.taken else ""
    answer = f"{item.answer}: " if item.answer else ""
    ask = "?" if item.kind == "question" else ""
    return cell(f"{mark}{answer}{item.label}{ask}", "bold" if item.taken else "")

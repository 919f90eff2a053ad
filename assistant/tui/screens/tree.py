"""The whole tree as an outline that folds, with the path of this interview open and marked."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static, Tree
from textual.widgets.tree import TreeNode

from assistant.content.drawing import Item, outline
from assistant.engine.walk import edges_taken
from assistant.interview.view import View
from assistant.tui.screens.once import OnceModal
from assistant.tui.text import cell
from assistant.tui.widgets.keys import Keys


class TreeScreen(OnceModal[None]):
    """Shows every question, answer and outcome; Enter or a click folds and unfolds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,v,q", "dismiss", "Close", key_display="Esc"),
        Binding("x", "unfold", "Unfold all"),
    ]

    def __init__(self, view: View) -> None:
        super().__init__()
        path = edges_taken(view.guide, view.standing)
        self._root = outline(view.guide, path, shared=False)

    def compose(self) -> ComposeResult:
        yield Static("◆ marks the path of this interview. ↑ ↓ move, Enter folds and unfolds.")
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
        if branch.branches:
            child = node.add(_label(branch), branch, expand=branch.taken)
        else:
            child = node.add_leaf(_label(branch), branch)
        last = _grow(child, branch)
        if branch.taken:
            here = last
    return here


def _label(item: Item) -> Text:
    mark = "◆ " if item.taken else ""
    answer = f"{item.answer}: " if item.answer else ""
    ask = "?" if item.kind == "question" else ""
    return cell(f"{mark}{answer}{item.label}{ask}", "bold" if item.taken else "")

"""The handbook on the screen: a page to read for each topic, found in the palette."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from textual.app import App, SystemCommand
from textual.content import Content

from assistant.guide.handbook import HandbookPage, handbook, parts
from assistant.screen.column import Part, joined
from assistant.screen.dialogs import ReadingScreen


def help_commands(app: App[None], guide: Path) -> Iterator[SystemCommand]:
    """Return a command for the palette for each page of the handbook.

    The first is listed before anything is typed; the others are found by typing "help" or their topic.
    """
    for number, page in enumerate(handbook(guide).values()):
        read = partial(read_page, app, page)
        yield SystemCommand(f"Show help: {page.topic}", page.title, read, discover=number == 0)


def read_page(app: App[None], page: HandbookPage) -> None:
    """Open a page to be read."""
    app.push_screen(ReadingScreen(page.title, page_text(page)))


def page_text(page: HandbookPage) -> Content:
    """Return the whole of a page but its title, headings and the names of rows in bold."""
    return joined(_styled(page))


def _styled(page: HandbookPage) -> Iterator[Part]:
    for number, part in enumerate(list(parts(page))[1:]):
        yield ("\n" if part.joins else "\n\n") if number else "", ""
        if part.kind == "code":
            yield f"    {part.text}", "bold"
        else:
            yield f"{part.name}  " if part.name else "", "bold" if part.kind == "row" else ""
            yield part.text, "bold" if part.kind == "heading" else ""

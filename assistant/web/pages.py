"""The pages themselves: files with places to fill in, whose every value is escaped."""

from html import escape
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).parent / "pages"

TITLE = "Service Group Assistant"
"""What stands on the browser's tab."""

HTML = "text/html"
"""The type of every page."""


def terminal_page(socket: str, retry: float) -> str:
    """Give the page that shows a session; it asks again after `retry` seconds if there is no place."""
    return _filled("terminal", socket=socket, retry=f"{retry:g}")


def welcome_page(alias: str = "", mistake: str = "") -> str:
    """Give the page that asks for an alias, with what was wrong with the one typed."""
    return _filled("welcome", alias=alias, mistake=mistake)


def refusal_page(words: str) -> str:
    """Give a page that says why nothing is shown."""
    return _filled("refusal", words=words)


def again_page(address: str) -> str:
    """Give a page that opens an address of this server at once, as its own link would."""
    return _filled("again", address=address)


def _filled(name: str, **values: str) -> str:
    page = Template((_FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    return page.substitute({key: escape(value) for key, value in values.items()}, title=TITLE)

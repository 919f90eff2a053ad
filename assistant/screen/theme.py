"""The look of the screen: two themes, and the marks in the gutter."""

import sys

from textual.theme import Theme


def _theme(name: str, *, dark: bool, colors: str) -> Theme:
    """Return a theme from its colors, in the order that the names below have."""
    names = "background panel mark text quiet accent settled judgment error rule"
    by_name = dict(zip(names.split(), colors.split(), strict=True))
    background, text, quiet = (by_name[one] for one in ("background", "text", "quiet"))
    accent, rule, mark = (by_name[one] for one in ("accent", "rule", "mark"))
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=quiet,
        accent=accent,
        warning=by_name["judgment"],
        error=by_name["error"],
        success=by_name["settled"],
        foreground=text,
        background=background,
        surface=background,
        panel=by_name["panel"],
        text_alpha=1.0,
        variables={
            **{one: by_name[one] for one in ("mark", "quiet", "settled", "judgment", "rule")},
            "text-muted": quiet,
            "text-disabled": quiet,
            "foreground-muted": quiet,
            "foreground-disabled": quiet,
            "border": accent,
            "border-blurred": rule,
            "block-cursor-background": mark,
            "block-cursor-foreground": text,
            "block-cursor-blurred-background": mark,
            "block-cursor-blurred-foreground": text,
            "block-hover-background": by_name["panel"],
            "input-cursor-background": accent,
            "input-cursor-foreground": background,
            "input-selection-background": mark,
            "input-selection-foreground": text,
            "screen-selection-background": mark,
            "screen-selection-foreground": text,
            "scrollbar": rule,
            "scrollbar-hover": rule,
            "scrollbar-active": accent,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
        },
    )


DARK = _theme(
    "service-group-dark",
    dark=True,
    colors="#15181C #1D2126 #24313A #DCE1E5 #98A3AC #82B9D0 #8FC58D #E2B469 #E8907F #63707A",
)
LIGHT = _theme(
    "service-group-light",
    dark=False,
    colors="#FBFAF7 #F1EFE9 #DCE8EE #20262B #56626B #17597A #2A6A31 #785000 #9B2C1E #7C848C",
)

_ASCII = "utf" not in (getattr(sys.__stdout__, "encoding", "") or "utf-8").casefold()


def _mark(shown: str, plain: str) -> str:
    """Return a mark, or what stands for it where the terminal has ASCII only."""
    return plain if _ASCII else shown


ANSWERED = _mark("✓", "v")
HERE = _mark("▸", ">")
SETTLED = _mark("✔", "+")
JUDGMENT = _mark("▲", "!")
ASK = _mark("◆", "?")
OTHERWISE = _mark("◇", "-")
POSSIBLE = _mark("○", "o")
SO_FAR = _mark("●", "*")
RULED_OUT = _mark("×", "x")
MORE_BELOW = _mark("▼", "v")
DOT = _mark("·", "-")
LEADS_TO = _mark("→", "->")

"""Draws what stands beside the conversation: the groups still possible, and those ruled out."""

from textual.content import Content

from assistant.engine.wording import group_name
from assistant.interview.view import View
from assistant.tui.text import QUIET, Part, joined


def possible_count(view: View) -> str:
    """Give how many groups are still possible: `3 of 7`."""
    possible = sum(group.possible for group in view.groups)
    return f"{possible} of {len(view.guide.groups)}"


def groups_in_brief(view: View) -> str:
    """Give how the groups stand, in a few words: `3 of 7 possible`, `1 recommended, 1 also fits`."""
    if view.verdict is None or view.unresolved:
        return f"{possible_count(view)} possible"
    if view.recommended is None:
        return "no group named"
    also = sum(group.also_fits for group in view.groups)
    return f"1 recommended{f', {also} also fits' if also else ''}"


def groups_drawn(view: View) -> Content:
    """Give the groups still possible, then each one ruled out, with the answer that did it."""
    parts: list[Part] = []
    for group in sorted(view.groups, key=lambda group: (not group.possible, not group.also_fits)):
        name = group_name(view.guide, group.group).removesuffix(" Services")
        if group.possible:
            parts.append((f"● {name}\n", "bold"))
            continue
        how = "○ {}: also fits, not preferred" if group.also_fits else "✗ {}: ruled out"
        parts += [(f"{how.format(name)}\n", ""), (f"  {group.because}\n", QUIET)]
        if group.cites and not group.also_fits:
            parts.append((f"  It asks for “{group.cites[0].words}”\n", QUIET))
    if not any(group.possible for group in view.groups):
        parts.insert(0, ("No group is named for this case.\n", "bold"))
    return joined(parts)

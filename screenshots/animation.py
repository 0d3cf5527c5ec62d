"""Join pictures of the app into one SVG that shows them one after another, without a script.

What is the same in several pictures is drawn once: each piece of text and each background has the times at which it is
seen, as a CSS animation. Where motion is unwanted (`prefers-reduced-motion`) or unknown, the first picture is shown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

_HEAD: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_RULE: Final = re.compile(r"\.terminal-\d+-(r\d+) \{ ?(.*?);? ?\}")
_GROUP: Final = re.compile(
    r'<g transform="translate\(9, 41\)" clip-path="url\(#terminal-\d+-clip-terminal\)">(.*?)</svg>', re.DOTALL
)
_RECT: Final = re.compile(r'<rect fill="([^"]*)" x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"[^>]*/>')
_TEXT: Final = re.compile(r'<text class="terminal-\d+-(r\d+)" ([^>]*?) ?(?:clip-path="[^"]*")?>(.*?)</text>', re.DOTALL)
_CAPTION_HEIGHT: Final = 56.0
_BUTTONS: Final = ((26, "#ff5f57"), (48, "#febc2e"), (70, "#28c840"))
_FONT: Final = "Fira Code, DejaVu Sans Mono, Menlo, Consolas, monospace"


class Frame(NamedTuple):
    """A picture, and how long it is seen."""

    svg: str
    """As `App.export_screenshot` makes it."""
    seconds: float
    key: str
    """The key that led to it, drawn below the picture; "" for none."""
    caption: str
    """What it shows, drawn beside the key."""


class _Pieces(NamedTuple):
    """What is drawn in a frame; the same piece has the same text in each frame."""

    backgrounds: tuple[str, ...]
    texts: tuple[str, ...]


class _Span(NamedTuple):
    """A piece of time, in hundredths of percent of the whole."""

    start: int
    end: int


def animate(frames: Sequence[Frame], title: str) -> str:
    """Return the frames, all of the same size, as one SVG that repeats them for ever."""
    head = _HEAD.search(frames[0].svg)
    if head is None:
        raise ValueError("the first frame is no picture of a terminal")
    width, height = float(head[1]), float(head[2])
    tall = height + _CAPTION_HEIGHT
    classes: dict[str, str] = {}
    pieces = [_cut(frame, height, classes) for frame in frames]
    spans = _frame_spans(frames)
    rules: dict[tuple[_Span, ...], str] = {}
    body = [
        _draw_layer([frame_pieces.backgrounds for frame_pieces in pieces], spans, rules),
        _draw_layer([frame_pieces.texts for frame_pieces in pieces], spans, rules),
    ]
    seconds = sum(frame.seconds for frame in frames)
    animations = [_keyframes(name, seen) for seen, name in rules.items()]
    style = "\n".join(
        (
            f"text {{ font: 20px {_FONT}; white-space: pre; }}",
            ".caption { font: 22px system-ui, sans-serif; fill: #c5c8c6; }",
            ".key { font-weight: bold; fill: #121212; text-anchor: middle; }",
            *(f".{name} {{ {rule} }}" for rule, name in classes.items()),
            "rect { shape-rendering: crispEdges; }",
            f"g[class] {{ animation: {seconds:g}s step-end infinite; visibility: hidden; }}",
            *(f"g.{name} {{ animation-name: {name}; }}" for name in rules.values()),
            *(f"g.{name} {{ visibility: visible; }}" for seen, name in rules.items() if seen[0].start == 0),
            "@media (prefers-reduced-motion) { g[class] { animation: none; } }",
            *animations,
        )
    )
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 {width:g} {tall:g}">',
            f"<title>{html.escape(title)}</title>",
            f"<style>\n{style}\n</style>",
            f'<rect fill="#292929" width="{width:g}" height="{tall:g}" rx="8"/>',
            *(f'<circle cx="{x}" cy="22" r="7" fill="{fill}"/>' for x, fill in _BUTTONS),
            *body,
            "</svg>\n",
        )
    )


def _cut(frame: Frame, height: float, classes: dict[str, str]) -> _Pieces:
    """Return the pieces of a frame; `classes` has the names of the styles of all frames, and gets new ones."""
    group = _GROUP.search(frame.svg)
    if group is None:
        raise ValueError("a frame is no picture of a terminal")
    styles = dict(_RULE.findall(frame.svg))
    texts = []
    for style, place, text in _TEXT.findall(group[1]):
        if html.unescape(text).strip(" \xa0\n"):
            name = classes.setdefault(styles[style], f"s{len(classes)}")
            texts.append(f'<text class="{name}" {place.strip()}>{text}</text>')
    middle = height + _CAPTION_HEIGHT / 2
    left = 24.0
    backgrounds = list(_join_rects(_RECT.findall(group[1])))
    if frame.key:
        key_width = 26 + 12.4 * len(frame.key)
        # The terminal is moved by 9 and 41, its pieces are counted from there.
        backgrounds.append(
            f'<rect fill="#ffc473" x="{left - 9:g}" y="{middle - 57:g}" width="{key_width:g}" height="32" rx="6"/>'
        )
        texts.append(
            f'<text class="key" x="{left - 9 + key_width / 2:g}" y="{middle - 34:g}">{html.escape(frame.key)}</text>'
        )
        left += key_width + 14
    texts.append(f'<text class="caption" x="{left - 9:g}" y="{middle - 33:g}">{html.escape(frame.caption)}</text>')
    return _Pieces(tuple(backgrounds), tuple(texts))


def _join_rects(rects: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the backgrounds of a frame, those of one colour side by side as one."""
    runs: list[tuple[str, float, float, float, str]] = []
    for fill, x, y, width, height in rects:
        if runs and runs[-1][0] == fill and runs[-1][2] == float(y):
            _, start, _, so_far, _ = runs.pop()
            runs.append((fill, start, float(y), so_far + float(width), height))
        else:
            runs.append((fill, float(x), float(y), float(width), height))
    for fill, start, top, extent, tall in runs:
        yield f'<rect fill="{fill}" x="{start:g}" y="{top:g}" width="{extent:g}" height="{tall}"/>'


def _frame_spans(frames: Iterable[Frame]) -> list[_Span]:
    frames = tuple(frames)
    whole = sum(frame.seconds for frame in frames)
    spans, start = [], 0.0
    for frame in frames:
        end = start + frame.seconds
        spans.append(_Span(round(start / whole * 10_000), round(end / whole * 10_000)))
        start = end
    return spans


def _draw_layer(layers: Sequence[tuple[str, ...]], spans: Sequence[_Span], rules: dict[tuple[_Span, ...], str]) -> str:
    """Return what is drawn in one layer; `rules` has the names of the times at which something is seen."""
    seen: dict[str, list[_Span]] = {}
    for layer, span in zip(layers, spans, strict=True):
        for piece in layer:
            times = seen.setdefault(piece, [])
            if times and times[-1].end == span.start:
                times[-1] = _Span(times[-1].start, span.end)
            elif not times or times[-1] != span:
                times.append(span)
    groups: dict[tuple[_Span, ...], list[str]] = {}
    for piece, times in seen.items():
        groups.setdefault(tuple(times), []).append(piece)
    drawn = []
    for when, members in groups.items():
        name = rules.setdefault(when, f"t{len(rules)}")
        drawn.append(f'<g class="{name}">\n{chr(10).join(members)}\n</g>')
    inner = "\n".join(drawn)
    return f'<g transform="translate(9, 41)">\n{inner}\n</g>'


def _keyframes(name: str, seen: Sequence[_Span]) -> str:
    steps = {0: "hidden"}
    for span in seen:
        steps[span.start] = "visible"
        steps[span.end] = "hidden"
    # The last frame stays until the first comes again.
    steps[10_000] = "visible" if seen[-1].end == 10_000 else "hidden"
    lines = " ".join(f"{at / 100:g}% {{ visibility: {value}; }}" for at, value in sorted(steps.items()))
    return f"@keyframes {name} {{ {lines} }}"

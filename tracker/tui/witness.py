"""From what services and others said to `Content`: who says what, what comes next, whose data it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.content import Content

from tracker.model.history import Standing
from tracker.model.observation import NOTICES, episode_words
from tracker.model.show import Show
from tracker.model.voice import Voice, voices
from tracker.model.word import Word, next_episode
from tracker.text import fit
from tracker.tui.format import MUTED
from tracker.tui.theme import Signs

_WHO, _WHEN, _WORD, _DAY, _WHY_CELLS = 12, 12, 14, 10, 10
_WHY = {"counts": "$text-success", "disagrees": "$text-error"}


def describe_voices(
    show: Show, standing: Standing, words: Sequence[Word], proposals: int, signs: Signs
) -> Iterator[Callable[[int], Content]]:
    """Give the lines between the head of the status pane and the history: what is next, and who says what."""
    if coming := next_episode(words):
        episode, source = coming
        yield _always(Content.assemble(("next  ", MUTED), episode_words(episode), (f"  {source}", MUTED)))
    if places := tuple(dict.fromkeys(name for word in words for name in word.said.providers)):
        yield _always(Content.assemble(("watch ", MUTED), ", ".join(places), ("  JustWatch", MUTED)))
    told = voices(show, standing, words)
    if len(told) > 1:
        yield _always(Content.styled("Who says what", "bold"))
        for voice in told:
            yield lambda width, voice=voice: _voice(voice, signs, width)  # type: ignore[misc]  # bound at once
    if proposals:
        many = f"{proposals} proposal{'' if proposals == 1 else 's'}"
        yield _always(Content.assemble((many, "$text-warning"), (": p shows what services say otherwise", MUTED)))
    if len(told) > 1 or proposals or words:
        yield _always(Content(""))


def _always(text: Content) -> Callable[[int], Content]:
    return lambda width: text


def _voice(voice: Voice, signs: Signs, width: int) -> Content:
    """Return one row: who, the window, the status in their word, since when, and why it counts or does not."""
    mark = (signs.cursor if voice.counts else " ") + " "
    window = voice.release.label if voice.release is not None else "–"
    row: list[str | tuple[str, str]] = [(mark, "$text-success"), (fit(voice.who, _WHO), "bold" if voice.counts else "")]
    row += ["  ", fit(window, _WHEN)]
    left = width - 2 - _WHO - 2 - _WHEN - _WHY_CELLS
    if left >= 2 + _WORD + 2 + _DAY:
        row += ["  ", (fit(voice.status, _WORD), MUTED)]
    if left >= 2 + _DAY:
        row += ["  ", (fit(voice.on.isoformat() if voice.on else "undated", _DAY), MUTED)]
    return Content.assemble(*row, (f"  {voice.why}", _WHY.get(voice.why, MUTED)))


def describe_notices(words: Sequence[Word], signs: Signs) -> Iterator[tuple[Content, str]]:
    """Give what the services ask to be said, with the address of the show's page at each."""
    for word in words:
        arrow = f" {signs.arrow}" if word.said.url else ""
        yield Content.styled(f"{NOTICES[word.said.source]}{arrow}", MUTED), word.said.url

"""From what sources and others said to `Content`: who says what, what comes next, whose data it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from textual.content import Content

from tracker.model.episode import describe_episode
from tracker.model.history import HistoryState
from tracker.model.latest_claims import LatestClaim, latest_claims
from tracker.model.show import Show
from tracker.model.source_record import NOTICES, source_label
from tracker.model.source_state import SourceState, next_episode
from tracker.text import fit
from tracker.tui.content import MUTED
from tracker.tui.theme import Glyphs

_DAY, _WHY_CELLS = 10, 11
_WIDE = 66
"""From how many cells on a row has all its columns."""
_WHY = {"counts": "$text-success", "disagrees": "$text-error"}


LineMaker = Callable[[int], Content]
"""A line of the status pane for a pane of so many cells."""


def describe_now(
    show: Show, standing: HistoryState, words: Sequence[SourceState], proposals: int, today: date, glyphs: Glyphs
) -> Iterator[LineMaker]:
    """Give the lines above the history of a show that sources know: what is next, and who says what by now."""
    if coming := next_episode(words, today):
        episode, source = coming
        yield _fixed_line(
            Content.assemble(("next  ", MUTED), describe_episode(episode), (f"  {source_label(source)}", MUTED))
        )
    if places := tuple(dict.fromkeys(name for word in words for name in word.record.providers)):
        yield _fixed_line(Content.assemble(("watch ", MUTED), ", ".join(places), ("  JustWatch", MUTED)))
    told = [voice for voice in latest_claims(show, standing, words) if not _is_superseded(voice)]
    if told:
        yield _fixed_line(_describe_heading("Who says what", told))
        yield from (partial(_describe_claim, voice, glyphs) for voice in told)
    if proposals:
        many = f"{proposals} proposal{'' if proposals == 1 else 's'}"
        yield _fixed_line(Content.assemble((many, "$text-warning"), (" from sources; press p to review", MUTED)))
    if words:
        yield _fixed_line(Content(""))


def describe_past(
    show: Show, standing: HistoryState, words: Sequence[SourceState], glyphs: Glyphs
) -> Iterator[LineMaker]:
    """Give the lines below the history: the last words of those who said nothing since, or of all but sources."""
    told = latest_claims(show, standing, words)
    past = [voice for voice in told if _is_superseded(voice)] if words else told
    if past and len(told) > 1:
        yield _fixed_line(Content(""))
        yield _fixed_line(_describe_heading("Who said what" if words else "Who says what", past))
        yield from (partial(_describe_claim, voice, glyphs) for voice in past)


def _describe_heading(words: str, told: Sequence[LatestClaim]) -> Content:
    """Return the line above the rows, with why the one counts that does."""
    counting = next((voice for voice in told if voice.counts), None)
    reason = counting.why.partition(": ")[2] if counting is not None else ""
    if counting is not None and any(_is_newer(voice, counting) for voice in told):
        reason = "history"
    why = {
        "newest": "the newest claim counts",
        "most exact": "the most exact claim counts; newer ones are vaguer",
        "history": "your history counts; newer dates are proposals",
    }
    return Content.assemble((words, "bold"), (f"  {why.get(reason, reason and f'counts: {reason}')}", MUTED))


def _is_newer(voice: LatestClaim, counting: LatestClaim) -> bool:
    """Return whether a source disagrees with the claim that counts, and was heard later."""
    return voice.is_record and voice.why == "disagrees" and bool(voice.on and counting.on and voice.on > counting.on)


def _is_superseded(voice: LatestClaim) -> bool:
    """Return whether newer words of others stand in the place of this one."""
    return voice.why in ("older", "") and not voice.counts and not voice.is_record


def _fixed_line(text: Content) -> LineMaker:
    return lambda width: text


def _describe_claim(voice: LatestClaim, glyphs: Glyphs, width: int) -> Content:
    """Return one row: who, the window, the status in their word, since when, and why it counts or does not."""
    who, when, gap = (12, 12, "  ") if width >= _WIDE else (10, 11, " ")
    mark = (glyphs.cursor if voice.counts else " ") + " "
    window = voice.release.label if voice.release is not None else "–"
    row: list[str | tuple[str, str]] = [
        (mark, "$text-success"),
        (fit(source_label(voice.source), who), "bold" if voice.counts else ""),
    ]
    row += [gap, fit(window, when)]
    left = width - 2 - who - len(gap) - when
    if width >= _WIDE:
        word = min(20, left - _DAY - _WHY_CELLS - 3 * len(gap))
        row += [gap, (fit(voice.status, word), MUTED)]
    if left >= _DAY + _WHY_CELLS + 2 * len(gap):
        row += [gap, (fit(voice.on.isoformat() if voice.on else "undated", _DAY), MUTED)]
        left -= _DAY + len(gap)
    why = voice.why.partition(":")[0]
    return Content.assemble(*row, gap, (fit(why, min(_WHY_CELLS, left - len(gap))).rstrip(), _WHY.get(why, MUTED)))


def source_names(words: Sequence[SourceState]) -> str:
    """Return the names of the sources whose data is shown."""
    return ", ".join(dict.fromkeys(source_label(word.record.source) for word in words))


def describe_notices(words: Sequence[SourceState], glyphs: Glyphs) -> Iterator[tuple[Content, str]]:
    """Give what the sources ask to be said, with the address of the show's page at each."""
    for word in words:
        arrow = f" {glyphs.arrow}" if word.record.url else ""
        yield Content.styled(f"{NOTICES[word.record.source]}{arrow}", MUTED), word.record.url

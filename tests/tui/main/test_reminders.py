from __future__ import annotations

import json
import shlex
import sys
from datetime import datetime
from pathlib import Path

from tests.service.test_notify import KEEP
from tests.tui.helpers import NOW, SAMPLE, Make, open_app
from tracker.paths import Paths
from tracker.service import Tracker


async def test_reminders_at_the_start_and_at_midnight(make_tracker: Make, tmp_path: Path) -> None:
    path, kept, clock = make_tracker(SAMPLE).path, tmp_path / "kept", [NOW]
    settings = Paths(path).settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    command = shlex.join([sys.executable, "-c", KEEP, str(kept)])
    settings.write_text(f'remind = ["7d", "0d", "overdue"]\nnotify = {json.dumps(command)}\n', encoding="utf-8")
    tracker = Tracker(Paths(path), now=lambda: clock[0])
    async with open_app(tracker) as app:
        told = (
            "Harbour Nine comes out today, Mon 23 Nov 2026 (Kestrel)\n"
            "Slow Tram comes out in 4 days, on Fri 27 Nov 2026 (Kestrel)\n"
            "Glass Orchard comes out in 7 days, on Mon 30 Nov 2026"
        )
        assert app.toasts == [told]
        assert "3 unread" in app.counts
        clock[0] = datetime(2026, 11, 24, 0, 1)  # noqa: DTZ001 - the program's clock is local time
        app.main.clear_notifications()
        app.main.files.poll_all()
        await app.settle()
        late = "Harbour Nine was due on Mon 23 Nov 2026 (Kestrel), and no one said it is out"
        assert app.toasts == [late]
        app.main.clear_notifications()
        app.main.tell_reminders()
        await app.settle()
        assert app.toasts == []
        await app.press("i")
        assert "reminder" in app.seen
    assert [len(json.loads(line)["reminders"]) for line in kept.read_bytes().splitlines()] == [3, 1]
    assert path.read_text(encoding="utf-8") == SAMPLE

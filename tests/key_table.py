"""The keys in `tracker/guides/keys.md`, from the bindings: `python -m tests.key_table` renews them."""

from __future__ import annotations

import re

from tracker.guides.library import guide_path
from tracker.tui import bindings


def with_keys(text: str) -> str:
    """Return the text of the guide with the keys of today between its marks."""
    for mark, keys in (("keys", bindings.markdown_table()), ("names", bindings.markdown_names())):
        text = re.sub(f"(?<=<!-- {mark} -->\n).*?(?=<!-- /{mark} -->)", lambda _: f"{keys}\n", text, flags=re.DOTALL)  # noqa: B023
    return text


if __name__ == "__main__":
    path = guide_path("keys")
    path.write_text(with_keys(path.read_text(encoding="utf-8")), encoding="utf-8")

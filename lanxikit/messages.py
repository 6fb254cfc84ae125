"""Which language the kit speaks: ``LANXI_LANG`` first, then the machine's locale."""

from __future__ import annotations

import locale
import os


def language() -> str:
    """Return ``"zh"`` or ``"en"``.

    Examples
    --------
    >>> language() in {"zh", "en"}
    True
    """
    asked = os.environ.get("LANXI_LANG", "").strip().lower()
    if asked:
        return "zh" if asked.startswith(("zh", "cn", "chinese")) else "en"
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    found = next((name for name in named if name), None) or locale.getlocale()[0] or ""
    return "zh" if found.lower().startswith(("zh", "chinese")) else "en"


def tr(english: str, chinese: str) -> str:
    """Return the wording in the user's language; both are given where the message is made."""
    return chinese if language() == "zh" else english

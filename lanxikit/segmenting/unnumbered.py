"""Lines that may be headings though no number opens them."""

from __future__ import annotations

BULLETS = ("—", "--", "●", "★", "•", "■", "◆", "▪", "○", "◇", "□", "▲", "✓", "►", "·", "-", "*", "※", "➢", "➤", "◎")


def title_like(text: str) -> bool:
    """Tell whether a folded line can be a heading without a number.

    Examples
    --------
    >>> title_like("发展目标"), title_like("到2025年,建成学校5所。"), title_like("——人居环境")
    (True, False, False)
    """
    return (
        2 <= len(text) <= 25
        and not set(text) & set(",;。:!?|<>")
        and not text.startswith(BULLETS)
        and any("\u4e00" <= char <= "\u9fff" for char in text)
        and text[-1] not in "、的和与及"
    )

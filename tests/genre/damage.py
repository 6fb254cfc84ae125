"""Damage done to the runs of a document, before it is laid out: width, blanks, look-alikes, cut labels.

Each changes characters where they stand, so the known answer (read from the same runs) carries them.
"""

from __future__ import annotations

import random

from .paper import Paper

_FULL = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
_HALF = {"，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "．": "."} | {
    v: k for k, v in _FULL.items() if k.isalnum()
}


def _wide(text: str) -> str:
    return "".join(_FULL[char] if (char.isalnum() and char in _FULL) or char in "%.()" else char for char in text)


def _narrow(text: str) -> str:
    return "".join(_HALF.get(char, char) for char in text)


def width(paper: Paper, rng: random.Random) -> None:
    """Half and full width mixed, run by run."""
    for run in paper.runs():
        change = rng.choice((_wide, _narrow, str))
        run.text = change(run.text)


def half(paper: Paper, rng: random.Random) -> None:
    """The whole text in half width, as some websites keep it."""
    for run in paper.runs():
        run.text = _narrow(run.text)


def full(paper: Paper, rng: random.Random) -> None:
    """Digits and brackets in full width throughout."""
    for run in paper.runs():
        run.text = _wide(run.text)


def _han(char: str) -> bool:
    return "一" <= char <= "鿿"


def _apart(text: str, rng: random.Random) -> str:
    out = []
    for n, char in enumerate(text):
        out.append(char)
        if _han(char) and n + 1 < len(text) and _han(text[n + 1]):
            out.append(rng.choice((" ", "　")))
    return "".join(out)


def blanks(paper: Paper, rng: random.Random) -> None:
    """Doubled blanks after marks and numbers, and some headings and labels set with blanks between characters."""
    for run in paper.runs():
        if run.role in ("label", "heading") and rng.random() < 0.3:
            run.text = _apart(run.text, rng)
        elif run.role == "marker" and rng.random() < 0.5:
            run.text = rng.choice((run.text + "  ", run.text + "　", " " + run.text + " "))
        elif run.role == "text":
            chars = []
            for n, char in enumerate(run.text):
                chars.append(char)
                if rng.random() < 0.02 and (_han(char) or char in "，。；"):
                    chars.append("  ")
                elif _han(char) and n + 1 < len(run.text) and run.text[n + 1].isdigit() and rng.random() < 0.5:
                    chars.append(" ")
            run.text = "".join(chars)


def apart(paper: Paper, rng: random.Random) -> None:
    """Blanks between the characters of whole paragraphs (bad text layers of PDF)."""
    for run in paper.runs():
        if rng.random() < 0.3:
            run.text = _apart(run.text, rng)


_MARKERS = (
    ("一、", ("ー、", "—、", "一.")),
    ("（一）", ("（ー）", "（—）", "(一〕")),
    ("1.", ("l.", "I.")),
    ("10.", ("1O.", "l0.")),
    ("（1）", ("（l）", "（I）")),
)
_LABELS = (
    ("责任单位", ("贵任单位", "责任单住", "责任单位", "责仕单位")),
    ("牵头单位", ("牵头单住", "奎头单位")),
    ("配合单位", ("配台单位", "配合单住")),
    ("：", ("；", ":", "：", "")),
)


def ocr(paper: Paper, rng: random.Random) -> None:
    """Look-alikes of a scanner at markers and labels."""
    for run in paper.runs():
        table = {"marker": _MARKERS, "label": _LABELS}.get(run.role, ())
        for right, wrong in table:
            whole = run.text.strip() == right if run.role == "marker" else right in run.text
            if whole and rng.random() < (0.35 if run.role == "marker" else 0.25):
                run.text = run.text.replace(right, rng.choice(wrong))


def labels(paper: Paper, rng: random.Random) -> None:
    """Labels that lost their first characters or their colon."""
    for run in paper.runs():
        if run.role == "label" and rng.random() < 0.35:
            run.text = {"责任单位：": "任单位：", "牵头单位：": "头单位：", "配合单位：": "合单位："}.get(
                run.text, run.text
            )


def brackets(paper: Paper, rng: random.Random) -> None:
    """（一） that lost one of its brackets."""
    for run in paper.runs():
        if run.role == "marker" and run.text.startswith("（") and len(run.text) > 2 and rng.random() < 0.3:
            run.text = rng.choice((run.text[1:], run.text[:-1]))


DAMAGES = {
    "width": width,
    "half": half,
    "full": full,
    "blanks": blanks,
    "apart": apart,
    "ocr": ocr,
    "labels": labels,
    "brackets": brackets,
}

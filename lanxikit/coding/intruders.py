"""Questions that test whether people can read topics: five of six words belong together, all but one topic fit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.topics.reading import PLACED, units_and_shares
from lanxikit.topics.stability import top_words

N_WORDS, N_SHOWN = 5, 8  # words of a topic shown with an intruder, and words that stand for a topic
PRESENT, ABSENT = 0.1, 0.01  # shares of a unit from which a topic counts as in it, below which as not in it
MOST_PRESENT = 3
LEAST_KNOWN = 8  # words that the model must know of a unit
OPTIONS = tuple(f"option_{number}" for number in range(1, N_WORDS + 2))


def word_items(model: object, per_topic: int, random: np.random.Generator) -> list[dict[str, object]]:
    """Make questions of words: the next five of a topic's best, and one that is strange to it.

    The intruder is one of the best words of another topic, and of the lower half in this one.
    """
    tops = top_words(model.components_, model.vocabulary_, N_WORDS * per_topic)
    column = {term: index for index, term in enumerate(model.vocabulary_)}
    items = []
    for topic, own in enumerate(tops):
        weights = model.components_[topic]
        low = np.median(weights)
        strange = sorted(
            {word for other, top in enumerate(tops) if other != topic for word in top if weights[column[word]] <= low}
            - set(own)
        )
        for begin in range(0, N_WORDS * per_topic, N_WORDS):
            words = own[begin : begin + N_WORDS]
            if len(words) == N_WORDS and strange:
                intruder = strange.pop(int(random.integers(len(strange))))
                items.append(_item("word", model, topic, None, None, words, intruder, random))
    return items


def topic_items(
    model: object, units: pd.DataFrame, per_topic: int, random: np.random.Generator
) -> list[dict[str, object]]:
    """Make questions of units: the one to three topics that are in it, and one that is not.

    Units are drawn at random among those in which a topic is the heaviest, not among its
    best: what is tested is how well topics describe any unit.
    """
    rows, shares, n_words = units_and_shares(model, units, PLACED)
    names = [" ".join(top) for top in top_words(model.components_, model.vocabulary_, N_SHOWN)]
    shares = np.round(shares, 9)
    heaviest = shares.argmax(axis=1) if len(shares) else np.empty(0, int)
    items = []
    for topic in range(model.n_topics):
        held = np.flatnonzero((heaviest == topic) & (n_words >= LEAST_KNOWN))
        made = 0
        for row in random.permutation(held):
            order = np.argsort(-shares[row], kind="stable")[:MOST_PRESENT]
            there = [index for index in order if shares[row, index] >= PRESENT]
            absent = [index for index in np.flatnonzero(shares[row] < ABSENT) if names[index]]
            if there and absent and made < per_topic:
                intruder = names[random.choice(absent)]
                unit = rows.iloc[row]
                heading = unit["heading"] if isinstance(unit["heading"], str) else ""
                text = "\n".join(filter(None, (heading, unit["text"])))
                shown = [names[index] for index in there]
                items.append(_item("topic", model, topic, unit["unit_id"], text, shown, intruder, random))
                made += 1
    return items


def numbered(items: list[dict[str, object]], random: np.random.Generator) -> pd.DataFrame:
    """Mix the questions, words before topics, and number them so that the number tells nothing.

    Raises
    ------
    LanxiError
        There is none.
    """
    if not items:
        raise LanxiError(
            tr("No question can be made of these topics.", "无法用这些主题编出题目。"),
            where="intrusion_sheet",
            todo=tr(
                "It needs topics of five words or more, and units with topics that are not in them.",
                "主题至少要有五个词；单元中要有不出现的主题。",
            ),
        )
    mixed = [items[index] for index in random.permutation(len(items))]
    mixed.sort(key=lambda item: item["task"] != "word")
    found = pd.DataFrame(mixed)
    found.insert(0, "item", [f"Q{number:03d}" for number in range(1, len(found) + 1)])
    return found


def _item(task, model, topic, unit_id, text, shown, intruder, random) -> dict[str, object]:
    options = [*shown, intruder]
    options = [options[index] for index in random.permutation(len(options))]
    filled = [*options, *[None] * (len(OPTIONS) - len(options))]
    return {"task": task, "topic": topic + 1, "label": model.labels_[topic], "unit_id": unit_id, "text": text,
            "intruder": intruder, **dict(zip(OPTIONS, filled, strict=True))}  # fmt: skip

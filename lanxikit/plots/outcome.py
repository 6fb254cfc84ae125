"""What a row of ``uptake`` may be said to show.

The table distinguishes four statuses and what they rest on; a figure has to show both:
a link into a document that does not descend from the upper one is the same matter, not
uptake, and a missing link there proves nothing.
"""

from __future__ import annotations

import pandas as pd


def outcome(uptake: pd.DataFrame) -> pd.Series:
    """Return, for each row of ``uptake``, the status that figures show.

    Returns
    -------
    Series
        ``taken_up``; ``same_matter`` (linked, but the lower document does not descend from the
        upper); ``unsure`` (a pair is unsure); ``not_taken_up``; ``silent`` (nothing linked, which
        proves nothing: no descent, the frame of the text, mostly for other places); ``not_applicable``; ``added``.

    Examples
    --------
    >>> uptake = pd.DataFrame({"status": ["taken_up", "taken_up", "unsure", "unsure"], "n_links": [1, 2, 1, 0],
    ...     "relation": ["descends", "predates", "unrelated", "unrelated"], "lower_ids": [("a",), ("a",), ("a",), ()]})
    >>> outcome(uptake).tolist()
    ['taken_up', 'same_matter', 'unsure', 'silent']
    """
    status = uptake["status"].astype("object")
    shown = status.copy()
    if "relation" in uptake:
        shown[(status == "taken_up") & (uptake["relation"].astype("object") != "descends")] = "same_matter"
    if "lower_ids" in uptake:
        nobody = [len(ids) == 0 if isinstance(ids, (tuple, list)) else pd.isna(ids) for ids in uptake["lower_ids"]]
        shown[(status == "unsure") & pd.Series(nobody, index=uptake.index)] = "silent"
    return shown.astype("str")

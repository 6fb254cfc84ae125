"""Time limits that hold on a slow or busy machine.

A limit is given in seconds of a machine that does `WORK` in `STANDARD` seconds; the same work is timed beside every
call, so that a machine half as fast has twice the time. Processor time counts, without garbage collection (which
depends on what other tests left in memory), and the quickest of a few tries: an accident slows one call, a runaway
algorithm slows them all.
"""

import gc
import time

import pytest

WORK, STANDARD, TRIES = range(200_000), 0.03, 5


def _timed(call):
    start = time.process_time()
    result = call()
    return time.process_time() - start, result


def _reference():
    table = {}
    for number in WORK:
        table[number % 997] = f"{number}"[-2:]
    return table


def seconds(call, enough=0.0):
    """The quickest try of `call` in standard seconds, and what it gave; no further try once below `enough`."""
    gc.collect()
    collecting = gc.isenabled()
    gc.disable()
    try:
        best = float("inf")
        for _ in range(TRIES):
            (before, _), (spent, result), (after, _) = _timed(_reference), _timed(call), _timed(_reference)
            pace = max(STANDARD, min(before, after))
            best = min(best, spent * STANDARD / pace)
            if best < enough:
                break
        return best, result
    finally:
        if collecting:
            gc.enable()


def within(limit, call):
    """What `call` gives, in less than `limit` standard seconds."""
    spent, result = seconds(call, enough=limit)
    if spent >= limit:
        pytest.fail(f"{spent:.2f} standard seconds in the quickest of {TRIES} tries; the limit is {limit}")
    return result


def grows(factor, small, large, floor=0.1):
    """`large` takes less than `factor` times as long as `small`, or less than `floor` standard seconds."""
    limit = max(floor, factor * seconds(small, enough=floor / factor)[0])
    return within(limit, large)

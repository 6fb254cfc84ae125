"""Whether all that a run made, by its own account, is still there."""

from __future__ import annotations

from collections.abc import Mapping

from lanxikit.messages import tr
from lanxikit.scale.parts import RECEIPTS


def complaint(about: Mapping[str, object], receipts: Mapping[int, dict]) -> str:
    """Say in a sentence or two what is missing from the tables of a run, or too much; nothing where nothing is.

    Parameters
    ----------
    about : mapping
        What the run says of itself: ``complete``, the number of ``batches``, and the ``rows`` of each table.
    receipts : mapping of int to dict
        Those that are there and can be read.
    """
    if not about["complete"]:
        return tr(
            "The run has not ended: these are the batches done so far. The same command goes on with it.",
            "运行尚未完成：目前只有已完成的批次。再次执行同一命令即可继续。",
        )
    batches, rows = about.get("batches"), about.get("rows")
    numbers = range(batches) if isinstance(batches, int) else receipts
    lost, foreign = len(set(numbers) - set(receipts)), len(set(receipts) - set(numbers))
    if lost:
        what = tr(
            f"{lost} of {batches} batches are missing from the tables: receipts in {RECEIPTS} are lost or damaged.",
            f"{batches} 批中有 {lost} 批未计入各表：{RECEIPTS} 中的完成凭据已丢失或损坏。",
        )
    elif foreign:
        what = tr(
            f"{foreign} batches in {RECEIPTS} are not of this run: the tables hold more than it made.",
            f"{RECEIPTS} 中有 {foreign} 批不属于本次运行：各表内容多于本次结果。",
        )
    elif isinstance(rows, dict) and rows != _counted(receipts, rows):
        what = tr(
            f"The tables do not have as many rows as the run made: receipts in {RECEIPTS} are lost or of another run.",
            f"各表行数与运行结果不符：{RECEIPTS} 中有完成凭据丢失，或属于另一次运行。",
        )
    else:
        return ""
    return f"{what} {again()}"


def again() -> str:
    """Say how parts that are damaged or lost are made anew."""
    return tr(
        "Run the same lanxikit process command again: it makes anew what is damaged or lost.",
        "请再次执行同一条 lanxikit process 命令，损坏或丢失的部分会重新生成。",
    )


def _counted(receipts: Mapping[int, dict], names: Mapping[str, object]) -> dict[str, int]:
    return {name: sum(receipt["rows"].get(name, 0) for receipt in receipts.values()) for name in names}

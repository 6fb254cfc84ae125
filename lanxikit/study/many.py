"""``lanxikit process``: the command for any number of documents, and what it says."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from lanxikit.messages import tr
from lanxikit.study.terminal import plain

FINE, INCOMPLETE = 0, 3
SHOWN = 20
"""How many of the files that could not be read are named."""


def add(commands, count: Callable[[str], int]) -> None:
    """Add the command to the others; ``count`` reads a whole number from 1."""
    many = commands.add_parser(
        "process",
        help=tr("any number of documents → partitioned tables", "任意数量的文件 → 分区数据表"),
        epilog=tr(
            "Exit status: 0 all were read; 3 some were not (table unread); 2 to be mended first; "
            "1 a failure of the programme; 130 stopped by Ctrl-C. Stopped or killed, the same command goes on.",
            "退出状态：0 全部读取；3 有文件未能读取（见表 unread）；2 须先更正；1 程序自身出错；"
            "130 用 Ctrl-C 中断。中断后再次执行同一命令即可继续。",
        ),
    )
    many.add_argument(
        "source", metavar="SOURCE", help=tr("a folder with all in it, or a file", "文件夹（含下级文件夹）或单个文件")
    )
    many.add_argument("--out", metavar=tr("DIR", "目录"), required=True, help=tr("folder for results", "结果文件夹"))
    many.add_argument(
        "--list",
        action="store_true",
        help=tr("SOURCE is a text file with a path a line", "SOURCE 是每行一个路径的文本文件"),
    )
    many.add_argument(
        "--engine",
        choices=("local", "dask"),
        default="local",
        help=tr("processes of this machine, or a Dask cluster", "本机进程，或 Dask 集群"),
    )
    many.add_argument(
        "--scheduler",
        metavar=tr("ADDRESS", "地址"),
        help=tr("of a running Dask scheduler: tcp://HOST:8786", "已运行的 Dask 调度器：tcp://主机:8786"),
    )
    many.add_argument(
        "--jobs",
        type=count,
        metavar="N",
        help=tr(
            "how many processes (does not change the results; without effect with --scheduler)",
            "进程数（不影响结果；与 --scheduler 同用时不起作用）",
        ),
    )
    many.add_argument(
        "--batch",
        type=count,
        metavar="N",
        default=50,
        help=tr(
            "documents a part, on average (default: 50); another number does the work again",
            "每个分区的平均文件数（默认 50）；改动后须重新处理",
        ),
    )
    many.add_argument(
        "--time-limit",
        type=count,
        metavar=tr("SECONDS", "秒"),
        default=600,
        help=tr(
            "how long a batch, or a document by itself, may take on this machine (default: 600)",
            "本机处理一批文件、或单独处理一份文件的时限（默认 600）",
        ),
    )
    many.set_defaults(run=_process)


def _process(options: argparse.Namespace) -> int:
    import lanxikit as lx

    start = time.monotonic()
    done = lx.process(
        options.source,
        options.out,
        engine=options.engine,
        scheduler=options.scheduler,
        jobs=options.jobs,
        listed=options.list,
        batch=options.batch,
        time_limit=options.time_limit,
    )
    seconds, out = time.monotonic() - start, plain(done.out)
    if done.kept == done.documents:
        print(
            tr(
                f"Nothing to do: all {done.documents} documents stand as they were ({seconds:.1f} s).",
                f"无需执行：{done.documents} 份文件均未变化（{seconds:.1f} 秒）。",
            )
        )
    else:
        print(
            tr(
                f"Done: {done.documents} documents, {done.kept} kept ({seconds:.0f} s). Tables: {out}",
                f"完成：{done.documents} 份文件，其中沿用 {done.kept} 份（{seconds:.0f} 秒）。数据表：{out}",
            )
        )
    if not done.unread:
        return FINE
    _tell_unread(lx.scan(done.out)["unread"], done.unread)
    return INCOMPLETE


def _tell_unread(table, count: int) -> None:
    print(
        tr(f"{count} could not be read; the table unread lists them:", f"有 {count} 份未能读取，见表 unread："),
        file=sys.stderr,
    )
    shown = 0
    for piece in table.pieces():
        for row in piece.head(SHOWN - shown).itertuples(index=False):
            print(plain(f"  {row.path}: {row.reason}"), file=sys.stderr)
            shown += 1
        if shown == SHOWN:
            break
    if count > shown:
        print(f"  … {count - shown}", file=sys.stderr)

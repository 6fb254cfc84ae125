"""The command line: ``lanxikit reproduce | verify | new | process | evaluate | lint``.

Exit codes: 0 all is well; 1 files differ from the manifest, or a step failed for a reason
that is ours; 2 the user can mend it, and the message says how; 3 some documents could not be
read, and the table ``unread`` lists them; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from lanxikit import __version__
from lanxikit.errors import LanxiError
from lanxikit.messages import refusal, tr
from lanxikit.study import many
from lanxikit.study.terminal import plain, speaking

FINE, DIFFERENT, MENDABLE, STOPPED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; by default those of the process.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    with speaking():
        if given[:1] == ["evaluate"]:  # it reads its own arguments
            return _guarded(lambda: _evaluate(given[1:]))
        options = _parser().parse_args(given)
        return _guarded(lambda: options.run(options))


def _guarded(run) -> int:
    try:
        return run() or FINE
    except LanxiError as error:
        print(plain(error, lines=_ours(error)), file=sys.stderr)  # what went wrong in our code is told with its trace
        return DIFFERENT if _ours(error) else MENDABLE
    except OSError as error:
        said = LanxiError(
            tr(f"The system refuses: {refusal(error)}.", f"系统拒绝操作：{refusal(error)}。"),
            where=error.filename,
            todo=tr("Check free space and permissions.", "请检查磁盘空间和权限。"),
        )
        print(plain(said), file=sys.stderr)
        return MENDABLE
    except KeyboardInterrupt:
        print(tr("Stopped. The next run goes on from here.", "已停止。下次运行将从此处继续。"), file=sys.stderr)
        return STOPPED


def _ours(error: LanxiError) -> bool:
    from lanxikit.study.crew import StageFailed

    return isinstance(error, StageFailed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lanxikit",
        description=tr("What becomes of a policy goal on its way down.", "政策目标自上而下如何逐级细化。"),
    )
    parser.add_argument("--version", action="version", version=f"lanxikit {__version__}")
    commands = parser.add_subparsers(required=True, metavar=tr("COMMAND", "命令"))

    make = commands.add_parser(
        "reproduce", help=tr("documents → tables → notebooks → figures", "原始文件 → 数据表 → 笔记本 → 图")
    )
    _add_places(make)
    make.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help=tr("how many steps at a time (does not change the results)", "同时执行的步骤数（不影响结果）"),
    )
    make.set_defaults(run=_reproduce)

    check = commands.add_parser(
        "verify", help=tr("name every file that differs from the manifest", "指出与清单不符的每个文件")
    )
    _add_places(check)
    check.set_defaults(run=_verify)

    new = commands.add_parser("new", help=tr("start a study of your own", "新建自己的研究"))
    new.add_argument("name", metavar=tr("NAME", "名称"), help=tr("folder to create", "要新建的文件夹"))
    new.set_defaults(run=_new)

    many.add(commands, _count)

    lint = commands.add_parser(
        "lint", help=tr("find word-list entries that can never match", "查找词表中永远不会命中的条目")
    )
    lint.add_argument(
        "folder",
        nargs="?",
        metavar=tr("FOLDER", "文件夹"),
        help=tr("word lists of your own (default: the shipped ones)", "自己的词表（默认：随附词表）"),
    )
    lint.set_defaults(run=_lint)

    scored = tr(
        "score the kit on the annotations of data/gold", "用 data/gold 的标注（语言模型所作，未经专家复核）检验本工具"
    )
    commands.add_parser("evaluate", help=scored)
    return parser


def _add_places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--study",
        metavar=tr("FILE", "文件"),
        help=tr("the study.toml (default: here or in a folder above)", "study.toml（默认：当前或上级文件夹）"),
    )
    parser.add_argument(
        "--out",
        metavar=tr("DIR", "目录"),
        help=tr("where results are written (default: the study folder)", "结果写入何处（默认：研究文件夹）"),
    )


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(tr("give a whole number from 1", "请给出不小于 1 的整数"))
    return int(text)


def _reproduce(options: argparse.Namespace) -> int:
    from lanxikit.study import config
    from lanxikit.study.runner import reproduce

    study, start = config.load(options.study, out=options.out), time.monotonic()
    outcome = reproduce(study, jobs=options.jobs)
    seconds = time.monotonic() - start
    if not outcome.done:
        print(
            tr(
                f"Nothing to do: all {len(outcome.kept)} steps stand as they were ({seconds:.1f} s).",
                f"无需执行：{len(outcome.kept)} 个步骤均未变化（{seconds:.1f} 秒）。",
            )
        )
        return FINE
    print(
        tr(
            f"Done: {len(outcome.done)} steps, {len(outcome.kept)} kept ({seconds:.0f} s).\n"
            f"  tables   {study.processed}\n  figures  {study.figures}\n"
            f"  pages    {study.html}\n  log      {study.state / 'run.log'}",
            f"完成：执行 {len(outcome.done)} 个步骤，沿用 {len(outcome.kept)} 个（{seconds:.0f} 秒）。\n"
            f"  数据表  {study.processed}\n  图      {study.figures}\n"
            f"  网页    {study.html}\n  日志    {study.state / 'run.log'}",
        )
    )
    return FINE


def _verify(options: argparse.Namespace) -> int:
    from lanxikit.study import config, manifest

    study = config.load(options.study, out=options.out)
    differences = manifest.verify(study)
    for difference in differences:
        print(plain(difference))
    if differences:
        print(
            tr(
                f"{len(differences)} files differ. lanxikit reproduce makes tables, pages and figures again.",
                f"有 {len(differences)} 个文件不符。lanxikit reproduce 可重新生成数据表、网页和图。",
            )
        )
        return DIFFERENT
    count = len(manifest.known(study))
    print(tr(f"All {count} files are as the manifest says.", f"{count} 个文件均与清单一致。"))
    return FINE


def _new(options: argparse.Namespace) -> int:
    from lanxikit.study.new import create

    folder = create(options.name)
    print(
        tr(
            f"Created {folder}. Put your documents into {folder / 'data' / 'raw'}, then: "
            f"lanxikit reproduce --study {folder}",
            f"已新建 {folder}。请把文件放入 {folder / 'data' / 'raw'}，然后运行：lanxikit reproduce --study {folder}",
        )
    )
    return FINE


def _lint(options: argparse.Namespace) -> int:
    from lanxikit.evaluating.lint import lint

    found = lint(options.folder)
    for row in found.itertuples(index=False):
        print(plain(f"{row.list}.tsv  {row.entry}  {row.problem} → {row.remedy}"))
    if found.empty:
        print(tr("No entry that can never match was found.", "没有发现永远不会命中的条目。"))
        return FINE
    print(tr(f"{len(found)} entries can never match.", f"{len(found)} 个条目永远不会命中。"))
    return DIFFERENT


def _evaluate(argv: list[str]) -> int:
    from lanxikit.study.evaluate import main as evaluate

    return evaluate(argv)

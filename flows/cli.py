"""The command line: parse, read the settings, call one function, turn what users can cause into exit codes.

Nothing heavy is imported here: `duban --help` must answer at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from flows.command_language import asked_language, render, speak
from flows.errors import DubanError
from flows.settings import Settings, load, unknown_variables
from models.message import in_language, say

DESCRIPTION = say("督办：盯住政府工作报告里的承诺——收数、校验、研判、出报告、发提醒、发布。")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    lang = asked_language(sys.argv[1:] if argv is None else argv)
    arguments = build_parser(lang).parse_args(argv)
    try:
        flags = {name: getattr(arguments, name) for name in ("raw", "var", "reference", "lang", "verbose")}
        settings = load(flags, config=arguments.config)
        lang = settings.lang
        if unheard := unknown_variables(os.environ):
            print(in_language(unheard, lang), file=sys.stderr)
        return int(_handler(arguments.handler)(settings, arguments) or 0)
    except DubanError as error:
        print(in_language(error, lang), file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe left: nothing to say
        return 0
    except OSError as error:
        from flows.warehouse import DISK_ERRORS

        if error.errno not in DISK_ERRORS:
            raise
        failed = say(
            "磁盘操作失败：{error}。请检查磁盘空间与权限后重新运行，已提交的数据不受影响。", error=error
        )
        print(in_language(failed, lang), file=sys.stderr)
        return 4
    except KeyboardInterrupt:
        stopped = say("已中断。已提交的数据不受影响，可重新运行。")
        print(in_language(stopped, lang), file=sys.stderr)
        return 130


def _handler(name: str) -> Callable[[Settings, argparse.Namespace], int | None]:
    module, _, function = name.partition(":")
    handler: Callable[[Settings, argparse.Namespace], int | None] = getattr(import_module(module), function)
    return handler


def build_parser(lang: str = "zh") -> argparse.ArgumentParser:
    """All commands of the contract; each names the function that carries it out."""
    speak(lang)
    parser = argparse.ArgumentParser(prog="duban", description=DESCRIPTION)
    commands = parser.add_subparsers(title=say("命令"), metavar=say("命令"), required=True)
    common = _common()

    def command(name: str, handler: str, text: str, under: Any = commands) -> argparse.ArgumentParser:  # noqa: ANN401
        made: argparse.ArgumentParser = under.add_parser(name, help=text, description=text, parents=[common])
        made.set_defaults(handler=handler)
        return made

    def group(name: str, text: str) -> Any:  # noqa: ANN401
        return commands.add_parser(name, help=text, description=text).add_subparsers(
            metavar=say("操作"), required=True
        )

    _add_runs(command)
    _add_readers(command)
    _add_decisions(command, group)
    _add_books(command, group)
    _add_service(command)
    return render(parser, lang)


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    options = common.add_argument_group(say("共同选项"))
    options.add_argument("--raw", type=Path, help=say("报送文件目录"))
    options.add_argument("--var", type=Path, help=say("仓库与产出目录"))
    options.add_argument("--reference", type=Path, help=say("基础台账目录"))
    options.add_argument("--config", type=Path, help=say("配置文件（默认 ./duban.toml）"))
    options.add_argument("--lang", choices=("zh", "en"), help=say("输出语言"))
    options.add_argument("--verbose", action="store_true", default=None, help=say("多说一些"))
    return common


def _add_runs(command: Any) -> None:  # noqa: ANN401
    run = command("run", "flows.run_command:run", say("运行一次，可重复"))
    run.add_argument("--as-of", type=_day, help=say("截至日 YYYY-MM-DD，默认今天"))
    run.add_argument("--strict", action="store_true", help=say("有拒收或隔离时退出码为 3"))
    run.add_argument("--wait", type=float, default=0, metavar=say("秒"), help=say("仓库被占用时最多等多久"))
    part = run.add_mutually_exclusive_group()
    part.add_argument(
        "--group", metavar=say("分组"), help=say("只运行一组地区，到报告为止（common 为不在任何组的地区）")
    )
    part.add_argument("--roll-up", action="store_true", help=say("各组都运行之后：提醒并发布"))
    run.add_argument("--prefect", action="store_true", help=say("作为 Prefect 流程运行"))
    replay = command("replay", "flows.run_command:replay", say("按月重演：每个数据月截至次月 28 日"))
    replay.add_argument("--from", dest="first", type=_month, required=True, metavar="YYYY-MM")
    replay.add_argument("--to", dest="last", type=_month, required=True, metavar="YYYY-MM")
    replay.add_argument(
        "--wait", type=float, default=0, metavar=say("秒"), help=say("仓库被占用时最多等多久")
    )
    check = command("check", "flows.check:command", say("试读文件，不写入，列出全部问题"))
    check.add_argument("path", type=Path, metavar=say("文件或目录"))
    check.add_argument("--json", action="store_true")


def _add_readers(command: Any) -> None:  # noqa: ANN401
    status = command("status", "flows.status:command", say("各目标进展"))
    for name in ("region", "office", "section", "status"):
        status.add_argument(f"--{name}")
    status.add_argument("--json", action="store_true")
    explain = command("explain", "flows.explain:command", say("解释一个目标为何是这个颜色"))
    explain.add_argument("target_id", metavar=say("目标编号"))
    explain.add_argument("--period", type=_month, metavar="YYYY-MM")


def _signed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--author", required=True, help=say("决定人"))
    parser.add_argument("--reason", required=True, help=say("理由"))


def _add_decisions(command: Any, group: Any) -> None:  # noqa: ANN401
    quarantine = group("quarantine", say("隔离数据：查看、放行、驳回"))
    command("list", "flows.decisions:quarantine_list", say("列出隔离与拒收"), quarantine).add_argument(
        "--json", action="store_true"
    )
    for verb, text in (("accept", say("放行一条隔离数据")), ("reject", say("驳回一条隔离数据"))):
        made = command(verb, f"flows.decisions:quarantine_{verb}", text, quarantine)
        made.add_argument("rejection_id", metavar=say("隔离编号"))
        _signed(made)
    delivery = group("delivery", say("报送：查看、撤回、恢复"))
    command("list", "flows.decisions:delivery_list", say("列出报送"), delivery).add_argument(
        "--json", action="store_true"
    )
    for verb, text in (("withdraw", say("撤回一份报送")), ("restore", say("恢复撤回的报送"))):
        made = command(verb, f"flows.decisions:delivery_{verb}", text, delivery)
        made.add_argument("delivery_id", metavar=say("报送编号"))
        _signed(made)
    _add_alerts(command, group)


def _add_alerts(command: Any, group: Any) -> None:  # noqa: ANN401
    alerts = group("alerts", say("提醒：查看、确认、静默、历史"))
    command("list", "flows.alerts_command:list_alerts", say("列出提醒"), alerts).add_argument(
        "--json", action="store_true"
    )
    ack = command("ack", "flows.alerts_command:acknowledge", say("确认提醒并填写整改措施"), alerts)
    ack.add_argument("target_id", metavar=say("目标编号"))
    ack.add_argument("--author", required=True)
    ack.add_argument("--measures", required=True, help=say("整改措施"))
    ack.add_argument("--due", type=_day, required=True, metavar="YYYY-MM-DD", help=say("完成期限"))
    silence = command("silence", "flows.alerts_command:silence", say("在期限内静默"), alerts)
    silence.add_argument("target_id", metavar=say("目标编号"))
    _signed(silence)
    silence.add_argument("--until", type=_day, required=True, metavar="YYYY-MM-DD", help=say("静默截止日"))
    command("history", "flows.alerts_command:history", say("一个目标的提醒历史"), alerts).add_argument(
        "target_id", metavar=say("目标编号")
    )
    outbox = group("outbox", say("发件箱：查看、发送、重试"))
    command("list", "flows.outbox_command:list_messages", say("列出邮件"), outbox).add_argument(
        "--json", action="store_true"
    )
    command("send", "flows.outbox_command:send", say("发送待发邮件"), outbox)
    command("retry", "flows.outbox_command:retry", say("重试失败邮件"), outbox).add_argument(
        "notification_id", nargs="?", metavar=say("邮件编号")
    )


def _add_books(command: Any, group: Any) -> None:  # noqa: ANN401
    template = command("template", "flows.template:command", say("生成某月的填报表"))
    template.add_argument("month", type=_month, metavar="YYYY-MM")
    template.add_argument("--office", metavar=say("单位编号"))
    alias = group("alias", say("别名"))
    add = command("add", "flows.alias:command", say("为指标或地区登记一个别名"), alias)
    add.add_argument("subject", metavar=say("指标或地区编号"))
    add.add_argument("alias", metavar=say("别名"))
    _signed(add)
    targets = group("targets", say("目标台账"))
    verify = command("verify", "flows.verify_targets:command", say("与报告原文核对目标台账"), targets)
    verify.add_argument("--report", type=Path, required=True, metavar=say("文件"))
    rules = group("rules", say("规则"))
    compare = command("compare", "flows.rules_compare:command", say("比较两套规则下的颜色"), rules)
    compare.add_argument("first", metavar=say("规则甲"))
    compare.add_argument("second", metavar=say("规则乙"))


def _add_service(command: Any) -> None:  # noqa: ANN401
    serve = command("serve", "flows.deployments:serve", say("启动定时服务（仅本机）"))
    serve.add_argument("--every", type=float, metavar=say("秒"), help=say("试运行：每隔若干秒运行一次"))
    command("doctor", "flows.doctor:command", say("检查配置、台账与定时运行"))
    for name, text in (("backup", say("备份仓库到文件")), ("restore", say("由备份恢复仓库"))):
        command(name, f"flows.backup:{name}", text).add_argument("file", type=Path, metavar=say("文件"))
    command("rebuild", "flows.backup:rebuild", say("由原始文件重建仓库，保留人工填写的内容"))


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(say("“{text}”不是 YYYY-MM-DD 形式的日期", text=text)) from error
    return _of_our_time(day)


def _of_our_time(day: date) -> date:
    if not 1949 <= day.year <= 2200:
        raise argparse.ArgumentTypeError(say("{day} 不在 1949 年至 2200 年之间", day=day))
    return day


def _month(text: str) -> date:
    try:
        year, month = text.split("-")
        first = date(int(year), int(month), 1)
    except ValueError as error:
        raise argparse.ArgumentTypeError(say("“{text}”不是 YYYY-MM 形式的月份", text=text)) from error
    return _of_our_time(first)


if __name__ == "__main__":
    sys.exit(main())

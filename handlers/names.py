"""What commands are called by those who type them: as other bots call theirs, in Chinese, in Uyghur, by what they are for.

Invariant: no name calls two commands.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import Final

from handlers.resident.phrases import even

OF_OTHER_BOTS: Final[Mapping[str, str]] = {
    "my": "status track tracking progress cases case list mine query jindu",
    "new": "report complain complaint tousu write create add submit",
    "language": "lang languages yuyan",
    "cancel": "stop exit quit abort",
    "help": "menu info about commands bangzhu",
    "start": "begin restart hello",
    "rate": "rating evaluate feedback",
    "settings": "setting options config",
    "mydata": "data export",
    "forget": "delete erase",
    "proof": "receipt receipts",
    "tasks": "task todo",
    "find": "search",
    "hotline": "call phone",
    "digest": "report_week weekly week",
}
"""What they are called by those who know other bots, or guess; Uyghur in Latin letters is spelt as below (til, yardem)."""

IN_CHINESE: Final[Mapping[str, str]] = {
    "my": "进度 查询 查进度 查询进度 进度查询 办理进度 我的 我的事项 我的投诉 我的工单 我的问题 事项 工单 状态 列表",
    "new": "投诉 我要投诉 举报 我要举报 反映 反映问题 我要反映 求助 咨询 建议 提建议 表扬 报修 上报 新建 新事项 提问",
    "language": "语言 选择语言 换语言 切换语言 语言设置",
    "cancel": "取消 放弃 停止 退出 结束",
    "help": "帮助 菜单 功能 说明 使用说明 怎么用 关于 命令 指令",
    "start": "开始 重新开始 首页 你好",
    "rate": "评价 我要评价 评分 打分 满意度",
    "settings": "设置 通知设置 提醒设置",
    "mydata": "我的信息 我的数据 个人信息",
    "forget": "注销 删除我的信息 删除我的数据 删除信息 删除数据",
    "privacy": "隐私 隐私说明 隐私政策",
    "proof": "回执 签名回执 凭证 证明",
    "link": "关联 关联事项",
    "projects": "项目 民生项目 民生实事",
}
"""What residents who write Chinese call them behind a slash."""

IN_UYGHUR: Final[Mapping[str, str]] = {
    "my": "ئەھۋالى ئىشلىرىم ئىشىم مېنىڭ_ئىشلىرىم ئەھۋالىنى_كۆرۈش",
    "new": "شىكايەت ئىنكاس مەسىلە تەكلىپ ياردەم_سوراش مەسىلە_ئىنكاس_قىلىش",
    "language": "تىل تىل_تاللاش",
    "cancel": "توختىتىش ۋازكېچىش ئەمەلدىن_قالدۇرۇش بىكار_قىلىش",
    "help": "ياردەم تىزىملىك چۈشەندۈرۈش",
    "start": "باشلاش سالام",
    "rate": "باھا باھالاش باھا_بېرىش",
    "settings": "تەڭشەك تەڭشەكلەر",
    "mydata": "ئۇچۇرلىرىم ئۇچۇرۇم",
    "forget": "ئۆچۈرۈش ئۇچۇرلىرىمنى_ئۆچۈرۈش",
    "privacy": "مەخپىيەتلىك",
    "proof": "تالون ئىسپات",
    "link": "باغلاش",
    "projects": "تۈرلەر خەلق_تۇرمۇشى_تۈرلىرى",
}
"""What residents who write Uyghur call them behind a slash."""

OF_TASKS: Final = (
    "签收 办结 延期 退回 答复 待办 我的待办 待办事项 任务 今日待办 今天有哪些 下一件 ۋەزىپە ۋەزىپىلىرىم قوبۇل_قىلىش پۈتتى"
)
"""What stands on the buttons of a case, or asks for what is to be done: the list of it is shown."""

OF_OFFICIALS: Final[Mapping[str, str]] = {
    "tasks": OF_TASKS,
    "digest": "周报 本周周报 全县周报 看周报 ھەپتىلىك_دوكلات",
    "leave": "请假 我要请假 我想请假 休假 销假 返岗 我已返岗 رۇخسەت رۇخسەت_سورايمەن",
    "visit": "走访 登记走访 زىيارەت",
    "measures": "走访措施 措施 زىيارەت_تەدبىرلىرى",
    "hotline": "热线 来电 登记来电 录入来电 有人来电 تېلېفون_لىنىيىسى",
    "counter": "窗口 来访 登记来访 录入来访",
    "calls": "回电 等待回访 等待回访的名单 电话回访",
    "code": "关联码 补发关联码 重发关联码",
    "callbacks": "回访 回访名单 查看回访名单",
    "translate": "翻译 待译 待翻译 待译清单 تەرجىمە",
    "triage": "分派 待分派 待分派事项",
    "meeting": "议事厅 群众议事厅 开设议事厅 ئاھالىلەر_يىغىنى",
    "warnings": "预警 全部预警 督办 督办单 ئاگاھلاندۇرۇشلار",
    "duty": "值班 值班表 值班安排 今天谁值班 نۆۋەتچىلىك",
    "scorecard": "考评 积分 考评积分 积分榜",
    "staff": "人员 人员名单 邀请 خادىملار",
    "audit": "审计 审计查询",
}
"""What officials call theirs, behind a slash or without one, or what they are for."""


@cache
def _every_name() -> Mapping[str, str]:
    tables = OF_OTHER_BOTS, IN_CHINESE, IN_UYGHUR, OF_OFFICIALS
    return dict(chain.from_iterable(called(table).items() for table in tables))


def called(table: Mapping[str, str]) -> Mapping[str, str]:
    """Return which command each name of a table calls, each spelt as it is looked up."""
    return {even(name): command for command, names in table.items() for name in names.split()}


def command_called(name: str) -> str | None:
    """Say which command a name calls that is not its own; None where it calls none."""
    return _every_name().get(even(name))

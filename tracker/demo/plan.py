"""What the twin's order demands and how far the work has come: invented, in both languages."""

from dataclasses import dataclass

TITLES = (
    "Hot-search list rectification (fictional twin)",
    "热搜榜单整改（虚构演练案）",
    "熱搜榜單整改（虛構演練案）",
)
RECTIFICATION_WORDS = (
    "（虚构文书，仅供演示）经查，你平台未落实信息内容管理主体责任，"
    "在热搜榜单重点环节频繁呈现炒作明星个人动态和琐事类词条，"
    "破坏网络生态。现责令你平台自收到本通知之日起二十日内改正，并书面报告整改情况。"
)
MINUTES = (
    "（虚构）执法人员通报热搜榜单存在的问题，要求立即整改、压实主体责任；"
    "平台表示诚恳接受，成立整改专项工作小组，每周书面报告进展。"
)


@dataclass(frozen=True)
class Step:
    """A task: `due_in` days from today (negative: days ago), `ago` days since it last moved."""

    title_en: str
    title_zh: str
    who: str
    state: str
    due_in: int
    ago: int = 1
    blocked: str = ""


@dataclass(frozen=True)
class Planned:
    title_en: str
    title_zh: str
    clause: str
    test: str
    owner: str
    workstream_en: str
    workstream_zh: str
    state: str
    tasks: tuple[Step, ...]


CLEAN_UP = ("Hot-search list clean-up", "榜单清理")
RANKING = ("Ranking model and thresholds", "排序模型与准入")
REVIEW = ("Human review of top positions", "重点位置人工审核")
ACCOUNTABILITY = ("Accountability", "责任追究")
REPORTING = ("Evidence and reporting", "取证与报告")

PLAN = (
    Planned(
        "Remove offending entries from the hot-search list",
        "清理热搜榜单问题词条",
        "立即清理榜单中炒作明星个人动态和琐事类词条",
        "No such entry in the top 50 in seven days of hourly captures",
        "operations",
        *CLEAN_UP,
        "met",
        (
            Step("Take down the entries named by our own review", "下线自查发现的词条", "operations", "closed", -7, 8),
            Step("Re-check the list history of the last month", "复查近一个月榜单记录", "operations", "closed", -5, 5),
            Step("Capture the list every hour as proof", "按小时固定榜单证据", "operations", "closed", -3, 3),
        ),
    ),
    Planned(
        "Tighten entry thresholds for celebrity and trivia terms",
        "收紧明星动态、琐事类词条准入",
        "完善热搜榜单词条准入规则",
        "Thresholds in force and documented",
        "ranking",
        *RANKING,
        "met",
        (
            Step("Cap celebrity terms at 3 of the top 20", "前 20 位明星类词条不超过 3 条", "ranking", "closed", -6, 6),
            Step("Write the rule into the list handbook", "将准入规则写入榜单手册", "ranking", "closed", -2, 2),
        ),
    ),
    Planned(
        "Audit the ranking model and adjust its weights",
        "自查并调整排序机制",
        "对热搜算法机制开展自查",
        "Independent audit report accepted by counsel",
        "ranking",
        *RANKING,
        "open",
        (
            Step(
                "Deliver the independent audit of ranking weights",
                "交付排序权重独立审计报告",
                "ranking",
                "blocked",
                -1,
                1,
                "The outside auditor waits for the data extract.",
            ),
            Step("Publish the list's ranking rules in the app", "在应用内公示榜单规则", "ranking", "todo", 6),
            Step("Run the new weights beside the old for a week", "新旧权重并行一周", "ranking", "in_progress", 4, 2),
        ),
    ),
    Planned(
        "Staff human review of top positions round the clock",
        "重点位置 24 小时人工审核",
        "加强重点环节人工审核值守",
        "Rota without a gap for fourteen days",
        "review",
        *REVIEW,
        "open",
        (
            Step("Set up the round-the-clock rota", "建立 24 小时值班表", "review", "closed", -6, 6),
            Step(
                "Two-person check for the top 10, nights and weekends",
                "前 10 位夜间与周末双人复核",
                "member",
                "in_progress",
                0,
                1,
            ),
            Step("Train the night shift on arts. 6 and 7", "夜班人员培训（第六、七条）", "member", "in_review", 2, 1),
            Step("Report hourly list checks to the lead", "按小时报告榜单巡查", "member", "todo", 1),
        ),
    ),
    Planned(
        "Deal strictly with those responsible",
        "从严处理责任人",
        "对相关责任人从严处理",
        "Decisions made and recorded",
        "second_counsel",
        *ACCOUNTABILITY,
        "open",
        (
            Step("Prepare the accountability decisions", "准备责任追究决定", "second_counsel", "in_progress", 5, 3),
            Step("Interview the list team", "访谈榜单团队", "second_counsel", "closed", -4, 4),
        ),
    ),
    Planned(
        "Open a complaint channel for list entries",
        "畅通榜单投诉举报渠道",
        "畅通投诉举报渠道，及时处置",
        "Complaints answered within a day",
        "operations",
        *CLEAN_UP,
        "done",
        (
            Step(
                "Put the complaint entrance on every list entry",
                "每条榜单词条设置投诉入口",
                "operations",
                "closed",
                -3,
                3,
            ),
        ),
    ),
    Planned(
        "File a written rectification report",
        "提交书面整改报告",
        "书面报告整改情况",
        "Receipt of the authority on file",
        "counsel",
        *REPORTING,
        "open",
        (
            Step("Draft the report from the ledger", "依台账起草整改报告", "counsel", "in_progress", 7, 1),
            Step("Collect the annexes with their hashes", "汇集附件及哈希清单", "member", "todo", 6),
            Step("Translate the report for the board", "为董事会翻译报告", "member", "todo", 9),
        ),
    ),
)

# part, number of the task (0: the case as a whole), words, blocker
UPDATES = (
    ("ranking", 6, "The auditor has the weights; the data extract is still missing.", "Extract not approved yet."),
    ("operations", 3, "Seven days of hourly captures on file, no gap but one.", ""),
    ("member", 10, "Nights are covered; the weekend check begins on Saturday.", ""),
    ("second_counsel", 13, "Two decisions drafted, one with the board.", ""),
    ("counsel", 16, "Five sections of nine drafted from the ledger.", ""),
    (
        "ranking",
        0,
        "Thresholds for artists' terms are live since this morning. Only the audit of the weights is late.",
        "",
    ),
)

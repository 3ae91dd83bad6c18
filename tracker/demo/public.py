"""The public cases exactly as published: what no source gives stays unknown, and no person is named."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from cases.actions.contact import ContactDraft, log_contact
from cases.actions.drafts import CaseDraft, MeasureDraft, NoticeDraft, RequirementDraft
from cases.actions.notice import log_notice
from cases.actions.requirement import add_requirement
from cases.actions.task import post_update
from cases.actions.track import move_track
from cases.models import Authority, Case, Notice, Person
from tracker.demo.people import BEIJING, CAC, GUANGDONG, SHANGHAI, authority, brand

BEIJING_TIME = ZoneInfo("Asia/Shanghai")
ORDER_5 = "网络信息内容生态治理规定 (CAC Order 5, 2020-03-01)"
OTHERS = "等有关规定"
SEED = "CN-SH-2025-XHS-HOTLIST"
WEIBO = "CN-BJ-2025-WEIBO-HOTLIST"
ALLEGATION = (
    "未落实信息内容管理主体责任，在热搜榜单重点环节频繁呈现多条炒作明星个人动态和琐事类词条等不良信息内容，破坏网络生态"
)
FOUR = ("talk", "order_to_correct", "warning", "responsible_persons")
COMMITMENTS = (
    (
        "Accept in earnest, learn the lesson, set up the rectification task force at once",
        "诚恳接受，深刻吸取教训，认真落实整改要求；第一时间成立整改专项工作小组",
    ),
    (
        "Carry out a dedicated clean-up of the hot list and improve how it is managed",
        "推进热搜榜单生态专项治理，提升热搜榜单管理能力",
    ),
    (
        "Take this as a warning, perform the primary and social responsibility, accept public supervision",
        "以此为戒，举一反三，履行主体责任和社会责任；接受广大用户和社会舆论监督",
    ),
)
SOURCES = (
    "BBC, 12 Sep 2025: no entertainment or celebrity entry on the hot list; its top three items were lifestyle.",
    "侠客岛, 26 Sep 2025: lists the five platform cases.",
    "人民日报 《热搜热榜，不能失真跑偏》, 29 Sep 2025: paid lists, traffic first, must keep orientation.",
    (
        "Sources differ on 从严处理责任人: AFP/Dawn read it as punishment of those in charge, TVB as a threat if not "
        "complied with. The official wording lists it among the measures taken."
    ),
)


@dataclass(frozen=True)
class Published:
    """One announced case: nothing more than the announcement says."""

    reference: str
    titles: tuple[str, str, str]
    party: tuple[str, str, str, str]
    acting: dict[str, str]
    announced_on: date
    source: str
    measures: tuple[MeasureDraft, ...] = tuple(MeasureDraft(kind=kind) for kind in FOUR)
    words: str = ""
    cited: tuple[str, ...] = (ORDER_5, OTHERS)


XIAOHONGSHU = Published(
    SEED,
    ("Xiaohongshu hot search list case", "小红书平台破坏网络生态案", "小紅書平台破壞網絡生態案"),
    ("Xiaohongshu (RedNote)", "小红书", "小紅書", "Shanghai"),
    SHANGHAI,
    date(2025, 9, 11),
    "网信中国, 2025-09-11; hk01 60275442; m.nbd.com.cn 2025-09-11/4057559",
    words=ALLEGATION,
)
RELATED = (
    Published(
        WEIBO,
        ("Weibo hot search list case", "微博平台热搜榜单案", "微博平台熱搜榜單案"),
        ("Weibo", "微博", "微博", "Beijing"),
        BEIJING,
        date(2025, 9, 20),
        "网信中国, 2025-09-20",
    ),
    Published(
        "CN-BJ-2025-KUAISHOU-HOTLIST",
        ("Kuaishou hot list case", "快手平台热榜案", "快手平台熱榜案"),
        ("Kuaishou", "快手", "快手", "Beijing"),
        BEIJING,
        date(2025, 9, 20),
        "网信中国, 2025-09-20",
    ),
    Published(
        "CN-BJ-2025-TOUTIAO-HOTLIST",
        ("Toutiao hot list case", "今日头条平台热榜案", "今日頭條平台熱榜案"),
        ("Toutiao", "今日头条", "今日頭條", "Beijing"),
        BEIJING,
        date(2025, 9, 23),
        "网信中国, 2025-09-23",
    ),
    Published(
        "CN-GD-2025-UC-HOTLIST",
        ("UC hot list case", "UC平台热榜案", "UC平台熱榜案"),
        ("UC", "UC", "UC", "Guangzhou"),
        GUANGDONG,
        date(2025, 9, 23),
        "网信中国, 2025-09-23",
    ),
    Published(
        "CN-BJ-2020-WEIBO-HOTLIST",
        ("Weibo hot list suspension of 2020", "微博热搜榜暂停更新案（2020年）", "微博熱搜榜暫停更新案（2020年）"),
        ("Weibo", "微博", "微博", "Beijing"),
        BEIJING,
        date(2020, 6, 10),
        "网信中国, 2020-06-10",
        measures=(
            MeasureDraft(kind="talk"),
            MeasureDraft(
                kind="suspend_updates",
                words="暂停更新微博热搜榜一周",
                effective_from=datetime(2020, 6, 10, 15, tzinfo=BEIJING_TIME),
                effective_until=datetime(2020, 6, 17, 15, tzinfo=BEIJING_TIME),
            ),
            MeasureDraft(kind="fine", words="从严予以罚款"),
        ),
        cited=(),
    ),
)


def log_published(published: Published, *, counsel: Person, at: datetime) -> Notice:
    party_en, party_zh, party_hant, seat = published.party
    title_en, title_zh, title_hant = published.titles
    national = authority(CAC)
    draft = CaseDraft(
        reference=published.reference,
        party=brand(party_en, party_zh, party_hant, seat=seat),
        lead_authority=authority(published.acting),
        title_en=title_en,
        title_zh=title_zh,
        title_zh_hant=title_hant,
        allegation=published.words,
        allegation_language="zh-hans" if published.words else "",
        announced_on=published.announced_on,
        lead_counsel=counsel,
        is_open_to_staff=True,
        further_authorities=((national, "guiding"), (national, "announcing")),
    )
    notice = NoticeDraft(
        kind="announcement",
        authority=national,
        issued_on=published.announced_on,
        original_words=published.words,
        cited_provisions=published.cited,
        source=published.source,
        protection_mark="disclosable",
    )
    return log_notice(notice=notice, case=draft, measures=published.measures, by=counsel, at=at)


@transaction.atomic
def log_seed(*, counsel: Person, at: datetime) -> Case:
    """The case the product was made for, with the company's own words of the same day."""
    notice = log_published(XIAOHONGSHU, counsel=counsel, at=at)
    case = notice.case
    acting: Authority = case.lead_authority
    talk = ContactDraft(kind="talk", authority=acting, subject="约谈", notice=notice)
    log_contact(case=case, contact=talk, by=counsel, at=at)
    publicity = case.tracks.get(kind="publicity")
    said_on = date(2025, 9, 11)
    move_track(track=publicity, to_state="company_statement", mover="party", occurred_on=said_on, by=counsel, at=at)
    for title_en, title_zh in COMMITMENTS:
        promise = RequirementDraft(title_en=title_en, title_zh=title_zh, clause=title_zh, origin="committed")
        add_requirement(case=case, draft=promise, by=counsel, at=at)
    for words in SOURCES:
        post_update(case=case, words=words, language="en", by=counsel, at=at)
    return case


def log_all_published(*, counsel: Person, at: datetime) -> None:
    """Each once: a case that is there stays as people have made it since."""
    if not Case.objects.filter(reference=SEED).exists():
        log_seed(counsel=counsel, at=at)
    for published in RELATED:
        if not Case.objects.filter(reference=published.reference).exists():
            log_published(published, counsel=counsel, at=at)

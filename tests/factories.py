"""Rows for tests, made through the real actions wherever there is one. Dates are literal, people have both names."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from cases.actions.case import new_case, open_case
from cases.actions.drafts import CaseDraft, MeasureDraft, NoticeDraft
from cases.actions.notice import log_notice
from cases.models import Authority, Case, Notice, Party, Person, Role

NOW = datetime(2026, 9, 24, 1, 30, tzinfo=UTC)
numbers = count(1)

__all__ = ["NOW", "a_case", "a_notice", "a_party", "a_person", "an_authority", "new_case", "new_notice"]


def a_person(role: str = Role.MEMBER, **fields: Any) -> Person:
    n = next(numbers)
    defaults = {"family_en": "Zhou", "given_en": f"Hang {n}", "family_zh": "周", "given_zh": "航"}
    email = fields.pop("email", f"person{n}@platform.example")
    return Person.objects.create_user(email, "correct horse", role=role, **(defaults | fields))


def an_authority(**fields: Any) -> Authority:
    defaults = {
        "name_zh": "上海市互联网信息办公室",
        "level": "provincial",
        "zone": "Asia/Shanghai",
        "calendar": "CN",
    }
    name = fields.pop("name_en", "Shanghai CAC")
    return Authority.objects.get_or_create(
        name_en=name, jurisdiction=fields.pop("jurisdiction", "CN"), defaults=defaults | fields
    )[0]


def a_party(**fields: Any) -> Party:
    name = fields.pop("name_en", "Xiaohongshu")
    defaults = {"kind": "brand", "name_zh": "小红书", "traits": []} | fields
    return Party.objects.get_or_create(name_en=name, kind=defaults.pop("kind"), defaults=defaults)[0]


def a_case(*, by: Person, at: datetime = NOW, **fields: Any) -> Case:
    draft = {
        "party": None,
        "lead_authority": None,
        "title_en": "Hot-search list rectification",
        "title_zh": "热搜榜整改",
    }
    draft |= fields
    draft["party"] = draft["party"] or a_party()
    draft["lead_authority"] = draft["lead_authority"] or an_authority()
    return open_case(draft=CaseDraft(**draft), by=by, at=at)


def new_notice(**fields: Any) -> NoticeDraft:
    defaults = {"kind": "penalty_decision", "number": "沪网信罚〔2026〕1号", "issued_on": date(2026, 8, 10)}
    draft = defaults | fields
    return NoticeDraft(authority=draft.pop("authority", None) or an_authority(), **draft)


def a_notice(
    *,
    case: Case,
    by: Person,
    at: datetime = NOW,
    measures: tuple[MeasureDraft, ...] = (MeasureDraft(kind="warning", procedure="ordinary"),),
    requirements: tuple[Any, ...] = (),
    **fields: Any,
) -> Notice:
    """By default a penalty decision with a warning, service unknown."""
    draft = new_notice(**fields)
    return log_notice(notice=draft, case=case, measures=measures, requirements=requirements, by=by, at=at)

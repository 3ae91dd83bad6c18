"""Of which cases and deadlines a mail names no title: it is read on locked screens and forwarded."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from cases.models import Case, ProtectionMark, Task
from tracker.status.nouns import CaseRef, Clock, Titles
from tracker.wording import pick


@dataclass(frozen=True, slots=True)
class Discretion:
    """`named`: uids of cases whose messages may name titles, each with its title in Traditional Chinese; `advised`: of
    deadlines under legal advice.
    """

    named: Mapping[str, str]
    advised: frozenset[str]

    def title_of(self, clock: Clock) -> str:
        """Empty where none is named."""
        if clock.case.uid not in self.named or clock.uid in self.advised:
            return ""
        return flat(pick(Titles(clock.title_en, clock.title_zh)))

    def case(self, case: CaseRef) -> str:
        """Its reference, with its title where that may be named."""
        title = flat(pick(Titles(case.title_en, case.title_zh, self.named.get(case.uid, ""))))
        return f"{case.reference} · {title}" if title and case.uid in self.named else case.reference


def flat(text: str) -> str:
    """A title may hold anything: in a message it is of one line, and turns no other word about."""
    return re.sub(r"[\s\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+", " ", text).strip()


def discretion(cases: Iterable[CaseRef], clocks: Iterable[Clock] = ()) -> Discretion:
    """Two statements."""
    uids, dates = {case.uid for case in cases}, [clock.uid for clock in clocks]
    named = Case.objects.filter(Q(is_open_to_staff=True) | Q(is_named_in_mail=True), uid__in=uids).order_by()
    advised = Task.objects.filter(deadline__uid__in=dates, protection_mark=ProtectionMark.LEGAL_ADVICE).order_by()
    return Discretion(
        dict(named.values_list("uid", "title_zh_hant")), frozenset(advised.values_list("deadline__uid", flat=True))
    )

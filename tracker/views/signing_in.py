"""Who the reader of a page is: the person of the session, with the pulse of the watch, in one statement."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Subquery

from cases.models import Person
from tracker.models import Reminder, Sweep
from tracker.reminders.sending import NO_ANSWER


class Reader(ModelBackend):
    """Every page says whether the watch stands still, or mail does; so asked, it costs no page a statement."""

    def get_user(self, user_id: int) -> Person | None:
        done = Sweep.objects.filter(finished_at__isnull=False).order_by("-finished_at")
        waiting = Reminder.objects.unsent().filter(state_reason=NO_ANSWER).order_by("planned_at")
        told = {"swept_at": done.values("finished_at"), "unheard_since": waiting.values("planned_at")}
        found = Person.objects.get_queryset().annotate(**{name: Subquery(rows[:1]) for name, rows in told.items()})
        person = found.filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None

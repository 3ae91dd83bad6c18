"""A lawful erasure: the names are gone from every table, file, page and list; every chain and the log verify."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage, get_connection
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cases.actions.case import grant_access
from cases.actions.contact import AttendeeDraft, ContactDraft, log_contact
from cases.actions.custody import chain_fault
from cases.actions.erasing import CannotErase, erase_party
from cases.actions.evidence import EvidenceDraft
from cases.actions.hold import issue_hold, release_hold
from cases.actions.leaving import deactivate
from cases.actions.log import write_log
from cases.actions.person import make_token, take_leave
from cases.actions.task import post_update
from cases.actions.taskforce import add_member, add_shift
from cases.actions.translation import add_translation
from cases.models import Attendee, CustodyEntry, Evidence, LogEntry, Party, Person, Role, Translation
from config import roles
from tests.api_world import a_reminder, as_, url
from tests.factories import NOW, a_case, a_party, a_person, an_authority
from tests.rooms import reading
from tests.work import FORMED_ON, a_requirement, a_task, a_task_force, some_evidence
from tracker.briefings import is_intact, sign_briefing
from tracker.erasing import erase_natural_person, erase_person
from tracker.models import Briefing, Reminder

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 9, 25, 2, tzinfo=UTC)
NAMES = ("Xanthopoulos", "Quillon", "軒轅", "霽月", "x.quillon@platform.example")
BOTH = "Xanthopoulos Quillon"


@pytest.fixture
def leaver(db):
    return a_person(Role.COUNSEL, email=NAMES[4], family_en=NAMES[0], given_en=NAMES[1], family_zh=NAMES[2],
                    given_zh=NAMES[3])  # fmt: skip


@pytest.fixture
def mail(tmp_path, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "config.mail.EmlBackend", tmp_path
    return tmp_path


@pytest.fixture
def everywhere(leaver, counsel, member, administrator, mail):
    """In every role a person can have in a case, with five hundred entries of the log."""
    case = a_case(by=leaver, lead_counsel=leaver)
    for person in (counsel, member):
        grant_access(case=case, person=person, reason=f"Asked for by {BOTH}", by=leaver, at=NOW)
    force = a_task_force(case, lead=leaver, by=leaver)
    add_member(task_force=force, person=member, role="deputy", from_on=FORMED_ON, by=leaver, at=NOW)
    add_shift(task_force=force, person=leaver, starts_at=LATER, ends_at=LATER + timedelta(hours=8), by=leaver, at=NOW)
    task = a_task(case, by=leaver, assignee=leaver, title_en=f"Ask {BOTH}", due_on=date(2026, 10, 9))
    a_requirement(case, by=leaver, owner=leaver, due_on=date(2026, 10, 9))
    post_update(case=case, task=task, words=f"Told 軒轅霽月 ({NAMES[4]})", by=leaver, at=NOW)
    seats = (AttendeeDraft(side="party", person=leaver), AttendeeDraft(side="authority", name=BOTH))
    talk = ContactDraft(kind="talk", authority=an_authority(), subject=f"With {BOTH}", minutes=f"{BOTH} spoke.",
                        attendees=seats)  # fmt: skip
    log_contact(case=case, contact=talk, by=leaver, at=NOW)
    requirement = case.requirements.get()
    add_translation(record=requirement, field="clause", language="en", words="Strengthen review.", made_by="human",
                    translator=BOTH, by=leaver, at=NOW)  # fmt: skip
    draft = EvidenceDraft(source=f"From {BOTH}", captured_by=leaver, method=f"by {NAMES[4]}")
    some_evidence(case, by=leaver, draft=draft, filename="Xanthopoulos Quillon.csv")
    sign_briefing(case=case, words=f"{BOTH} leads.", by=leaver, at=NOW)
    a_reminder(case, leaver)
    for _each in range(500):
        write_log("change_settings", leaver, case=case, by=leaver, at=NOW, reason=f"Said by {BOTH}")
    take_leave(person=counsel, from_on=date(2026, 10, 9), until_on=date(2026, 10, 9), stand_in=leaver, by=counsel,
               at=NOW)  # fmt: skip
    make_token(person=leaver, days=9, by=leaver, at=NOW)
    reading(leaver)
    AdminEntry.objects.create(user=administrator, content_type=ContentType.objects.get_for_model(Person),
                              object_id=str(leaver.pk), object_repr=str(leaver), action_flag=2)  # fmt: skip
    EmailMessage("案卷", f"{BOTH}，軒轅霽月：", to=[NAMES[4]], connection=get_connection()).send()
    EmailMessage("Another", "Nothing of them.", to=["member@platform.example"], connection=get_connection()).send()
    return case


def gone(leaver, administrator):
    deactivate(person=leaver, reason=f"{BOTH} leaves.", by=administrator, at=LATER)
    return erase_person(person=leaver, reason="Asked on 24 September", basis="PIPL art. 47", by=administrator, at=LATER)


def places_of(word):
    """Every column of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("""SELECT c.table_name, c.column_name FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'""")
        found = []
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s', [f"%{word}%"])
            found += [f"{table}.{column}"] if cursor.fetchone()[0] else []
    return found


def files_with(words, directory):
    found = []
    for path in (path for path in Path(directory).rglob("*") if path.is_file()):
        raw = path.read_bytes()
        message = message_from_bytes(raw, policy=policy.default) if path.suffix == ".eml" else None
        told = f"{message.items()} {message.get_content()}" if message else raw.decode(errors="replace")
        found += [path.name] if any(word in told for word in words) else []
    return found


def test_names_are_gone_from_every_column_of_every_table_and_every_file(everywhere, leaver, administrator, mail):
    assert len(places_of("Quillon")) > 15  # there is something to erase

    told = gone(leaver, administrator)

    assert {word: places_of(word) for word in NAMES if places_of(word)} == {}
    kept = [path for path in Path(settings.DATA_DIR).iterdir() if path.name != "evidence"]
    assert [files_with(NAMES, path) for path in kept if path.is_dir()] == [[] for path in kept if path.is_dir()]
    assert files_with(NAMES, mail) == []
    assert (len(list(mail.glob("*.eml"))), told.letters, told.briefings, told.is_shared) == (1, 1, 1, False)


def test_every_chain_verifies_and_the_log_is_as_long_as_before(everywhere, leaver, administrator):
    deactivate(person=leaver, reason="Leaves.", by=administrator, at=LATER)
    before = list(LogEntry.objects.order_by("pk").values_list("uid", "verb", "person", "object_uid", "recorded_at"))
    hashes = list(CustodyEntry.objects.order_by("pk").values_list("hash", "salted"))

    erase_person(person=leaver, reason="Asked", basis="GDPR art. 17", by=administrator, at=LATER)

    after = list(LogEntry.objects.order_by("pk").values_list("uid", "verb", "person", "object_uid", "recorded_at"))
    assert after[:-1] == before
    assert (after[-1][1], LogEntry.objects.order_by("pk").last().facts) == ("erase", {"basis": "GDPR art. 17"})
    assert list(CustodyEntry.objects.order_by("pk").values_list("hash", "salted")) == hashes
    assert [chain_fault(piece) for piece in Evidence.objects.all()] == [None]
    first = CustodyEntry.objects.order_by("pk").first()
    assert "source" not in first.values
    assert "source" not in first.salts
    assert "source" in first.salted


def test_pages_and_lists_show_the_pseudonym(everywhere, leaver, counsel, administrator):
    case = everywhere
    gone(leaver, administrator)
    name = f"Erased person {leaver.uid[:4].upper()}"
    pages = ("", "people/", "timeline/", "tasks/", "evidence/", "contacts/", "requirements/", "status/", "status/1/")
    rooms = ("people", "tasks", "evidence", "log", "contacts", "requirements", "task-forces", "briefings", "reminders",
             "updates", "deadlines")  # fmt: skip

    reader, by_api = reading(counsel), as_(counsel)
    shown = [reader.get(f"/en/cases/{case.reference}/{page}") for page in pages]
    shown += [reader.get("/en/"), reader.get("/en/outbox/"), by_api.get(url(f"cases/{case.reference}/"))]
    shown += [by_api.get(url(f"{room}/")) for room in rooms]
    texts = [answer.content.decode() for answer in shown]
    texts.append(b"".join(reader.get("/en/cases/cases.csv").streaming_content).decode())

    assert {answer.status_code for answer in shown} == {200}
    assert [word for word in NAMES for text in texts if word in text] == []
    assert sum(name in text for text in texts) > 5


def test_a_briefing_keeps_the_hash_of_what_was_signed_and_is_intact(everywhere, leaver, administrator):
    signed = Briefing.objects.get().sha256

    gone(leaver, administrator)

    briefing = Briefing.objects.get()
    assert (briefing.sha256, briefing.erased_at, is_intact(briefing)) == (signed, LATER, True)
    Briefing.objects.update(words="All done.")
    assert not is_intact(Briefing.objects.get())


def test_a_briefing_tampered_with_is_not_made_whole_by_an_erasure(everywhere, leaver, administrator):
    Briefing.objects.update(words=f"{BOTH} signs anything.")

    gone(leaver, administrator)

    briefing = Briefing.objects.get()
    assert (is_intact(briefing), briefing.erased_sha256, "Quillon" in briefing.words) == (False, "", False)


def test_the_row_stays_under_a_pseudonym_nobody_can_mail_or_sign_in_as(leaver, administrator):
    gone(leaver, administrator)

    leaver.refresh_from_db()
    assert (str(leaver), leaver.name_zh) == (f"Erased person {leaver.uid[:4].upper()}", "")
    assert leaver.email == f"{leaver.uid}@erased.invalid"
    assert not leaver.has_usable_password()
    leaver.is_active = True
    with pytest.raises(DatabaseError), transaction.atomic():
        leaver.save(update_fields=["is_active"])


def test_the_documents_own_words_are_kept(counsel, leaver, administrator):
    case = a_case(by=counsel)
    requirement = a_requirement(case, by=counsel, clause=f"{BOTH} shall report.")

    gone(leaver, administrator)

    requirement.refresh_from_db()
    assert requirement.clause == f"{BOTH} shall report."


def test_another_of_the_same_name_keeps_theirs(leaver, counsel, administrator):
    namesake = a_person(email="other@platform.example", family_en=NAMES[0], given_en=NAMES[1])
    case = a_case(by=counsel)
    post_update(case=case, words=f"{BOTH}, at {NAMES[4]}", by=counsel, at=NOW)

    told = gone(leaver, administrator)

    namesake.refresh_from_db()
    assert (str(namesake), told.is_shared) == (BOTH, True)
    assert case.updates.get().words == f"{BOTH}, at Erased person {leaver.uid[:4].upper()}"


def test_only_the_name_that_is_shared_is_left(leaver, counsel, administrator):
    a_person(email="other@platform.example", family_en="Lin", family_zh=NAMES[2], given_zh=f"{NAMES[3]}兒")
    case = a_case(by=counsel)
    post_update(case=case, words=f"{BOTH} 軒轅霽月", by=counsel, at=NOW)

    assert gone(leaver, administrator).is_shared

    assert case.updates.get().words == f"Erased person {leaver.uid[:4].upper()} 軒轅霽月"


def test_part_of_a_longer_name_is_nobody_s(leaver, counsel, administrator):
    task = a_task(a_case(by=counsel), by=counsel, title_en="Ask Xanthopoulos Quillonsen")

    gone(leaver, administrator)

    task.refresh_from_db()
    assert task.title_en == "Ask Xanthopoulos Quillonsen"


def test_who_is_active_or_named_by_a_hold_or_erased_already_is_refused(leaver, counsel, administrator):
    said = {"reason": "Asked", "basis": "PIPL art. 47", "by": administrator, "at": LATER}
    with pytest.raises(CannotErase, match="Deactivate the person first"):
        erase_person(person=leaver, **said)
    hold = issue_hold(case=a_case(by=counsel), scope=f"All mail of {BOTH}", reason="order", by=counsel, at=NOW)
    deactivate(person=leaver, reason="Leaves.", by=administrator, at=LATER)
    with pytest.raises(CannotErase, match="legal hold names"):
        erase_person(person=leaver, **said)
    with pytest.raises(CannotErase, match="Name the provision"):
        erase_person(person=leaver, **(said | {"basis": " "}))

    release_hold(hold=hold, reason="over", by=counsel, at=LATER)
    erase_person(person=leaver, **said)

    with pytest.raises(CannotErase, match="erased already"):
        erase_person(person=leaver, **said)


def test_a_natural_person_who_was_a_party(counsel, administrator):
    party = a_party(name_en=BOTH, kind="natural_person", name_zh="軒轅霽月", seat="Shanghai")
    case = a_case(by=counsel, party=party, title_en=f"Penalty against {BOTH}")
    said = {"reason": "Asked", "basis": "PIPL art. 47", "by": administrator, "at": LATER}
    with pytest.raises(CannotErase, match="is open"):
        erase_natural_person(party=party, **said)
    with pytest.raises(CannotErase, match="Only a natural person"):
        erase_party(party=a_party(), **said)
    type(case).objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)

    erase_natural_person(party=party, **said)

    assert [word for word in NAMES if places_of(word)] == []
    assert Party.objects.get(pk=party.pk).name_en == f"Erased party {party.uid[:4].upper()}"


def test_the_append_only_tables_stay_closed_to_everybody_else(everywhere, leaver, administrator):
    gone(leaver, administrator)

    for table in ("cases_logentry", "cases_custodyentry", "cases_taskhistory"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {'reason' if table == 'cases_logentry' else 'uid'} = 'x'")


def test_the_application_s_role_erases_by_the_owner_s_function_alone(leaver, counsel, administrator):
    case = a_case(by=counsel)
    write_log("change_case", case, case=case, by=leaver, at=NOW, reason=f"Said by {BOTH}")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE ROLE casebook_under_test NOLOGIN")
        for statement in roles.grants("casebook_under_test", roles.append_only_tables(cursor)):
            cursor.execute(statement)
        cursor.execute("SET LOCAL ROLE casebook_under_test")

    gone(leaver, administrator)

    assert LogEntry.objects.get(verb="change_case").reason.startswith("Said by Erased person")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('casebook.erasing', 'yes', true)")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_logentry SET reason = 'x'")


def test_the_command_erases_and_says_how_much(everywhere, leaver, administrator):
    deactivate(person=leaver, reason="Leaves.", by=administrator, at=LATER)
    out = StringIO()

    call_command("erase_person", leaver.uid, reason="Asked", basis="PIPL 47", stdout=out)

    assert out.getvalue().startswith("Erased: ")
    assert places_of("Quillon") == []
    assert Attendee.objects.filter(name__startswith="Erased person").count() == 1
    assert Translation.objects.get().translator.startswith("Erased person")
    assert set(Reminder.objects.values_list("address", flat=True)) == {f"Erased person {leaver.uid[:4].upper()}"}


@pytest.mark.parametrize(("uid", "by"), [("nobody", "administrator@platform.example"), ("leaver", "x@x.example")])
def test_the_command_refuses_in_words(uid, by, leaver, administrator):
    with pytest.raises(CommandError, match=r"nobody with this uid|Nobody here"):
        call_command("erase_person", uid, reason="Asked", basis="PIPL 47", by=by)

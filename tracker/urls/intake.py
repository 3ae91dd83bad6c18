"""Logging notices, service, tracks, deadlines, events, filings and closing."""

from django.urls import URLPattern, path

from tracker.views import (
    border,
    case_reminders,
    closing,
    deadline,
    event,
    filing,
    log_notice,
    notice,
    notified,
    payment,
    secret,
    track,
    working,
)

CASE = "cases/<slug:reference>"

urlpatterns: list[URLPattern] = [
    path("cases/new/notice/", log_notice.log_notice, name="log_notice"),
    *(
        path(f"{CASE}/notices/<slug:uid>/{step}", view, name=name)
        for step, view, name in (
            ("", notice.notice, "notice"),
            ("service/", notice.service, "notice_service"),
            ("translate/", notice.translate, "notice_translate"),
            ("translations/<slug:translation>/review/", notice.review, "notice_translation_review"),
            ("replace/", log_notice.replace, "notice_replace"),
            ("void/", notice.void, "notice_void"),
            ("move/", notice.move, "notice_move"),
        )
    ),
    path(f"{CASE}/deadlines/", deadline.deadlines, name="case_deadlines"),
    path(f"{CASE}/deadlines/new/", deadline.add, name="deadline_add"),
    path(f"{CASE}/deadlines/<slug:uid>/", deadline.deadline, name="deadline"),
    path(f"{CASE}/deadlines/<slug:uid>/working/", working.alone, name="deadline_working"),
    path(f"{CASE}/deadlines/<slug:uid>/notified/", notified.alone, name="deadline_notified"),
    path(f"{CASE}/deadlines/<slug:uid>/reminders/", case_reminders.deadline, name="deadline_steps"),
    path(f"{CASE}/deadlines/<slug:uid>/reminders/back/", case_reminders.deadline_back, name="deadline_steps_back"),
    path(f"{CASE}/deadlines/<slug:uid>/<slug:step>/", deadline.step, name="deadline_step"),
    *(
        path(f"{CASE}/measures/<slug:uid>/payments/{step}", view, name=name)
        for step, view, name in (
            ("", payment.payments, "payments"),
            ("instalments/", payment.instalments, "payment_instalments"),
            ("instalments/withdraw/", payment.withdraw, "payment_withdraw"),
            ("<slug:payment>/void/", payment.void, "payment_void"),
        )
    ),
    path(f"{CASE}/tracks/<slug:uid>/", track.track, name="track"),
    path(f"{CASE}/tracks/<slug:uid>/move/", track.move, name="track_move"),
    path(f"{CASE}/events/new/", event.add, name="event_add"),
    path(f"{CASE}/events/<slug:uid>/", event.event, name="event"),
    path(f"{CASE}/events/<slug:uid>/correct/", event.correct, name="event_correct"),
    path(f"{CASE}/events/<slug:uid>/void/", event.void, name="event_void"),
    path(f"{CASE}/classified/new/", secret.add, name="classified_add"),
    path(f"{CASE}/classified/<slug:uid>/void/", secret.void, name="classified_void"),
    path(f"{CASE}/approvals/new/", border.add, name="approval_add"),
    path(f"{CASE}/approvals/<slug:uid>/void/", border.void, name="approval_void"),
    path(f"{CASE}/filings/", filing.filings, name="case_filings"),
    path(f"{CASE}/filings/new/", filing.add, name="filing_add"),
    path(f"{CASE}/filings/<slug:uid>/receipt/", filing.receipt, name="filing_receipt"),
    path(f"{CASE}/filings/<slug:uid>/void/", filing.void, name="filing_void"),
    path(f"{CASE}/close/", closing.closing, name="case_close"),
    path(f"{CASE}/close/<slug:way>/", closing.close, name="case_close_way"),
]

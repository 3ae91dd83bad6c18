"""The desk, the cases, their sections and signing in."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path

from tracker.views import (
    account,
    accountability,
    case,
    cases,
    desk,
    keeping,
    people,
    reaching,
    requirements,
    room,
    sections,
)

urlpatterns: list[URLPattern] = [
    path("login/", account.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("account/", account.account, name="account"),
    path("account/settings/", account.change, name="account_change"),
    path("account/password/", account.ChangePassword.as_view(), name="password_change"),
    path("account/leave/", account.leave, name="leave"),
    path("account/leave/<slug:uid>/end/", account.end_leave, name="leave_end"),
    path("account/tokens/", account.make_token, name="token_make"),
    path("account/tokens/<slug:key>/revoke/", account.revoke_token, name="token_revoke"),
    path("account/words/", reaching.reaching, name="reaching"),
    path("account/words/channels/", reaching.choose, name="reaching_choose"),
    path("account/words/chats/", reaching.add_chat, name="chat_add"),
    path("account/words/chats/<slug:uid>/test/", reaching.test_chat, name="chat_test"),
    path("account/words/chats/<slug:uid>/end/", reaching.end_chat, name="chat_end"),
    path("account/words/subscriptions/", reaching.ask, name="subscription_add"),
    path("account/words/subscriptions/<slug:uid>/end/", reaching.end, name="subscription_end"),
    path("people/", keeping.everybody, name="people"),
    path("people/<slug:uid>/", keeping.person, name="person"),
    path("people/<slug:uid>/deactivate/", keeping.leave, name="person_leave"),
    path("people/<slug:uid>/erase/", keeping.erase, name="person_erase"),
    path("people/<slug:uid>/lead/", keeping.name, name="person_name"),
    path("log/", keeping.system_log, name="system_log"),
    path("", desk.desk, name="desk"),
    path("cases/", cases.cases, name="cases"),
    path("cases/cases.csv", cases.cases_csv, name="cases_csv"),
    path("cases/<slug:reference>/", case.case, name="case"),
    path("cases/<slug:reference>/change/", case.change, name="case_change"),
    path("cases/<slug:reference>/notices/", sections.notices, name="case_notices"),
    path("cases/<slug:reference>/contacts/", sections.contacts, name="case_contacts"),
    path("cases/<slug:reference>/contacts/new/", sections.add_contact, name="contact_add"),
    path("cases/<slug:reference>/contacts/<slug:uid>/", sections.contact, name="contact"),
    path("cases/<slug:reference>/contacts/<slug:uid>/mark/", sections.mark_contact, name="contact_mark"),
    path("cases/<slug:reference>/timeline/", sections.timeline, name="case_timeline"),
    path("cases/<slug:reference>/requirements/", requirements.requirements, name="case_requirements"),
    path("cases/<slug:reference>/requirements/new/", requirements.add, name="requirement_add"),
    *(
        path(f"cases/<slug:reference>/requirements/<slug:uid>/{step}", view, name=name)
        for step, view, name in (
            ("", requirements.requirement, "requirement"),
            ("change/", requirements.change, "requirement_change"),
            ("done/", requirements.done, "requirement_done"),
            ("sign-off/", requirements.sign_off, "requirement_sign_off"),
            ("reopen/", requirements.reopen, "requirement_reopen"),
            ("withdraw/", requirements.withdraw, "requirement_withdraw"),
            ("translate/", requirements.translate, "requirement_translate"),
            ("translations/<slug:translation>/review/", requirements.review, "requirement_translation_review"),
        )
    ),
    path("cases/<slug:reference>/people/", people.people, name="case_people"),
    path("cases/<slug:reference>/people/grant/", people.grant, name="access_grant"),
    path("cases/<slug:reference>/people/<slug:uid>/end/", people.end, name="access_end"),
    path("cases/<slug:reference>/people/<slug:uid>/admit/", people.admit, name="access_admit"),
    path("cases/<slug:reference>/people/responsible/", accountability.records, name="case_accountability"),
    *(
        path(f"cases/<slug:reference>/people/responsible/<slug:uid>/{step}/", view, name=name)
        for step, view, name in (
            ("change", accountability.change, "accountability_change"),
            ("void", accountability.void, "accountability_void"),
        )
    ),
    path("cases/<slug:reference>/people/room/", room.room, name="case_room"),
    path("cases/<slug:reference>/people/room/<slug:uid>/end/", room.end, name="room_end"),
    path("cases/<slug:reference>/people/barriers/", people.bar, name="barrier_raise"),
    path("cases/<slug:reference>/people/barriers/<slug:uid>/lift/", people.lift, name="barrier_lift"),
]

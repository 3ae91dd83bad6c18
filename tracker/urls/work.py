"""Task force, tasks, evidence, flagged content, status pages and the outbox."""

from django.urls import URLPattern, path

from tracker.views import acknowledging, evidence, flagged, hot_list, mine, outbox, rota, status, task, taskforce

urlpatterns: list[URLPattern] = [
    path("tasks/mine/", mine.mine, name="tasks_mine"),
    path("tasks/mine/proof/", mine.proof, name="tasks_proof"),
    path("cases/<slug:reference>/tasks/", taskforce.tasks, name="case_tasks"),
    path("cases/<slug:reference>/tasks/new/", taskforce.add, name="task_add"),
    path("cases/<slug:reference>/updates/", taskforce.tell, name="update_post"),
    path("cases/<slug:reference>/task-force/", taskforce.form_force, name="task_force_form"),
    path("cases/<slug:reference>/task-force/<slug:uid>/members/", taskforce.join, name="member_add"),
    path("cases/<slug:reference>/task-force/<slug:uid>/rota/", rota.rota, name="rota"),
    path("cases/<slug:reference>/shifts/<slug:uid>/end/", rota.end, name="shift_end"),
    path("cases/<slug:reference>/shifts/<slug:uid>/withdraw/", rota.withdraw, name="shift_withdraw"),
    path("cases/<slug:reference>/members/<slug:uid>/end/", taskforce.leave, name="member_end"),
    path("cases/<slug:reference>/tasks/<slug:uid>/", task.task, name="task"),
    *(
        path(f"cases/<slug:reference>/tasks/<slug:uid>/{name}/", task.step, {"name": name}, name=f"task_{name}")
        for name in task.STEPS
    ),
    *(
        path(f"cases/<slug:reference>/tasks/<slug:uid>/{name}/", task.reasoned, {"name": name}, name=f"task_{name}")
        for name in task.REASONED
    ),
    path("cases/<slug:reference>/tasks/<slug:uid>/assign/", task.assign, name="task_assign"),
    path("cases/<slug:reference>/tasks/<slug:uid>/mark/", task.mark, name="task_mark"),
    path("cases/<slug:reference>/tasks/<slug:uid>/update/", task.tell, name="task_update"),
    path("cases/<slug:reference>/tasks/<slug:uid>/proof/", task.prove, name="task_prove"),
    path("cases/<slug:reference>/evidence/", evidence.pieces, name="case_evidence"),
    path("cases/<slug:reference>/evidence/add/", evidence.add, name="evidence_add"),
    path("cases/<slug:reference>/evidence/<slug:uid>/", evidence.piece, name="evidence"),
    *(
        path(f"cases/<slug:reference>/evidence/<slug:uid>/{step}/", view, name=name)
        for step, view, name in (
            ("download", evidence.download, "evidence_download"),
            ("verify", evidence.verify, "evidence_verify"),
            ("accept", evidence.accept, "evidence_accept"),
            ("send-back", evidence.send_back, "evidence_send_back"),
            ("supersede", evidence.supersede, "evidence_supersede"),
            ("link", evidence.link, "evidence_link"),
            ("mark", evidence.mark, "evidence_mark"),
        )
    ),
    path("cases/<slug:reference>/holds/", evidence.hold, name="hold_issue"),
    path("cases/<slug:reference>/holds/<slug:uid>/release/", evidence.release, name="hold_release"),
    path("cases/<slug:reference>/flagged/", flagged.flagged, name="case_flagged"),
    path("cases/<slug:reference>/flagged/review/", flagged.review, name="flagged_review"),
    path("cases/<slug:reference>/flagged/new/", flagged.add, name="flagged_add"),
    path("cases/<slug:reference>/flagged/import/", hot_list.bring, name="hot_list_import"),
    path("cases/<slug:reference>/flagged/reflag/", hot_list.reflag, name="flagged_reflag"),
    path("cases/<slug:reference>/flagged/rules/", flagged.rule_list, name="flagging_rules"),
    path("cases/<slug:reference>/flagged/rules/defaults/", flagged.add_defaults, name="flagging_defaults"),
    path("cases/<slug:reference>/flagged/rules/<slug:uid>/retire/", flagged.retire, name="flagging_retire"),
    path("cases/<slug:reference>/flagged/<slug:uid>/", flagged.content, name="flagged_content"),
    path("cases/<slug:reference>/flagged/<slug:uid>/disposition/", flagged.dispose, name="flagged_dispose"),
    path("cases/<slug:reference>/imports/<slug:uid>/", hot_list.importing, name="import"),
    path("status/", status.all_cases, name="status_portfolio"),
    path("status/subscribe/", status.ask_for_all, name="portfolio_subscribe"),
    path("cases/<slug:reference>/status/", status.case_page, name="case_status"),
    path("cases/<slug:reference>/status/sign/", status.sign, name="briefing_sign"),
    path("cases/<slug:reference>/status/subscribe/", status.ask_for_one, name="case_status_subscribe"),
    path("cases/<slug:reference>/status/<int:number>/", status.briefing, name="briefing"),
    path("acknowledge/<str:token>/", acknowledging.by_link, name="acknowledge"),
    path("outbox/<slug:uid>/acknowledge/", acknowledging.here, name="acknowledge_here"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/failed/", outbox.failed, name="failed_words"),
    path("outbox/failed/<slug:uid>/again/", outbox.again, name="send_again"),
    path("outbox/<slug:uid>/", outbox.reminder, name="reminder"),
]

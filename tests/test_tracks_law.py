"""What the law says of particular moves, row by row of the lifecycles, with literal states and articles."""

import pytest

from cases.law import track_table, tracks

LAWFUL_DECISION = {
    "prior_notice_served": True,
    "defence_heard_or_waived": True,
    "hearing_offered_or_not_due": True,
    "legal_review_done_or_not_due": True,
}


def authority(kind, start, end, **conditions):
    return tracks.judge(kind, from_state=start, to_state=end, mover="authority", conditions=conditions)


def ours(kind, start, end, **conditions):
    return tracks.judge(kind, from_state=start, to_state=end, mover="party", conditions=conditions)


def codes(reasons):
    return [reason.code for reason in reasons]


def test_penalty_without_prior_notice_is_recorded_irregular_with_its_article():
    move = authority("official", "investigating", "decided_penalty", **LAWFUL_DECISION | {"prior_notice_served": False})

    assert move.allowed
    assert move.event == "decision_made"
    assert move.irregular == (
        tracks.Irregularity("prior_notice_served", "not_met", "APL 44, 62", "《行政处罚法》第四十四条、第六十二条"),
    )


def test_penalty_arriving_first_is_not_out_of_sequence_but_not_shown_lawful():
    move = authority("official", "not_opened", "decided_penalty")

    assert codes(move.irregular) == list(LAWFUL_DECISION)
    assert {reason.grade for reason in move.irregular} == {"not_shown"}


def test_lawful_penalty_is_regular():
    assert authority("official", "legal_review", "decided_penalty", **LAWFUL_DECISION).irregular == ()


def test_prior_notice_is_shown_by_the_state_it_left():
    move = authority("official", "hearing_held", "decided_penalty", legal_review_done_or_not_due=True)

    assert move.irregular == ()


def test_what_is_recorded_beats_what_the_state_shows():
    move = authority("official", "defence", "decided_penalty", **LAWFUL_DECISION | {"prior_notice_served": False})

    assert codes(move.irregular) == ["prior_notice_served"]


def test_served_without_a_decision_asks_what_the_decision_asked():
    move = authority("official", "intake", "served", service_proved=True, prior_notice_served=False)

    assert move.irregular[0].grade == "not_met"
    assert codes(move.irregular) == list(LAWFUL_DECISION)


@pytest.mark.parametrize(
    "known_so_far", ["talk_held", "investigating", "pre_penalty_notice", "defence", "hearing_held"]
)
def test_decision_learnt_by_its_service_is_no_step_left_out(known_so_far):
    move = authority("official", known_so_far, "served", service_proved=True, **LAWFUL_DECISION)

    assert (move.irregular, move.event) == ((), "decision_served")


def test_authority_may_accept_or_order_again_at_any_time():
    assert authority("rectification", "in_progress", "accepted").irregular == ()
    assert authority("rectification", "report_submitted", "ordered").event == "order_served"


def test_service_raises_the_event_of_its_procedure():
    ordinary = authority("official", "decided_penalty", "served", service_proved=True)
    on_the_spot = authority("official", "on_the_spot_decision", "served", service_proved=True)

    assert (ordinary.event, on_the_spot.event) == ("decision_served", "on_the_spot_decision_served")
    assert ordinary.irregular == on_the_spot.irregular == ()


def test_filing_a_case_after_serving_the_decision_is_out_of_sequence():
    assert "out_of_sequence" in codes(authority("official", "served", "filed", filing_approved=True).irregular)


def test_decision_changed_after_it_was_final_reopens():
    assert authority("official", "final", "reopened").event == "decision_changed"


@pytest.mark.parametrize(
    ("conditions", "refused"),
    [
        ({"in_hearing_list": False, "hearing_asked_in_time": True}, ["in_hearing_list"]),
        ({"in_hearing_list": True, "hearing_asked_in_time": False}, ["hearing_asked_in_time"]),
        ({"in_hearing_list": True, "hearing_asked_in_time": True}, []),
        ({}, []),
    ],
)
def test_hearing_is_ours_to_ask_for_only_where_apl_63_gives_it(conditions, refused):
    move = ours("official", "pre_penalty_notice", "hearing_requested", **conditions)

    assert codes(move.refused) == refused
    assert codes(move.unsure) == ([] if conditions else ["in_hearing_list", "hearing_asked_in_time"])


def test_hearing_request_raises_its_event():
    assert ours("official", "defence", "hearing_requested", in_hearing_list=True).event == "hearing_requested"


def test_filing_a_case_is_not_ours_to_make():
    assert codes(ours("official", "lead", "filed").refused) == ["not_ours_to_make"]


def test_litigation_is_blocked_on_the_spot_until_reconsideration():
    blocked = ours("remedy", "open", "litigation_filed", on_the_spot=True)
    after = ours("remedy", "reconsideration_decided", "litigation_filed", on_the_spot=True)

    assert [(reason.code, reason.article_en) for reason in blocked.refused] == [("on_the_spot", "ARL 23(1)(1)")]
    assert after.allowed


@pytest.mark.parametrize("end", ["refused", "reconsideration_timeout"])
def test_refusal_and_silence_open_the_court_even_on_the_spot(end):
    assert ours("remedy", end, "litigation_filed", on_the_spot=True).allowed


def test_litigation_with_procedure_unknown_is_allowed_with_a_caution():
    move = ours("remedy", "open", "litigation_filed")

    assert move.allowed
    assert codes(move.unsure) == ["on_the_spot"]


@pytest.mark.parametrize(
    "pending", ["reconsideration_filed", "correction_asked", "accepted", "deemed_accepted", "stopped", "resumed"]
)
def test_litigation_is_blocked_while_reconsideration_is_pending(pending):
    move = ours("remedy", pending, "litigation_filed", on_the_spot=False)

    assert [(reason.code, reason.article_en) for reason in move.refused] == [("reconsideration_pending", "ARL 29(1)")]


def test_reconsideration_is_blocked_once_a_court_took_the_case():
    by_state = ours("remedy", "litigation_filed", "reconsideration_filed")
    by_condition = ours("remedy", "open", "reconsideration_filed", court_accepted_case=True)

    assert by_state.refused[0].article_en == by_condition.refused[0].article_en == "ARL 29(2)"


@pytest.mark.parametrize(("shown", "allowed"), [(True, True), (False, False), (None, False)])
def test_lapsed_remedy_revives_only_with_an_obstacle_shown(shown, allowed):
    assert ours("remedy", "lapsed", "reconsideration_filed", obstacle_shown=shown).allowed is allowed


def test_late_refusal_of_reconsideration_is_irregular_because_it_was_deemed_accepted():
    move = authority("remedy", "reconsideration_filed", "refused", answered_in_time=False)

    assert [(reason.code, reason.article_en) for reason in move.irregular] == [("answered_in_time", "ARL 30")]
    assert move.event == "reconsideration_refused"


def test_decision_after_the_period_ran_out_is_known_to_be_late():
    move = authority("remedy", "reconsideration_timeout", "reconsideration_decided")

    assert [(reason.code, reason.grade) for reason in move.irregular] == [("decided_in_time", "not_met")]


def test_remedy_does_not_lapse_while_its_period_runs():
    assert codes(ours("remedy", "open", "lapsed", due_passed=False).refused) == ["due_passed"]


def test_report_is_refused_while_a_done_item_lacks_proof():
    assert codes(ours("rectification", "self_inspected", "report_submitted", done_items_have_proof=False).refused) == [
        "done_items_have_proof"
    ]
    assert ours("rectification", "self_inspected", "report_submitted", done_items_have_proof=True).event == (
        "report_submitted"
    )


@pytest.mark.parametrize("end", ["no_response", "closed_unknown"])
@pytest.mark.parametrize(("recorded", "allowed"), [(True, True), (False, False), (None, False)])
def test_silence_and_unknown_end_need_a_reason(end, recorded, allowed):
    assert ours("rectification", "report_submitted", end, reason_recorded=recorded).allowed is allowed


def test_escalation_without_refusal_is_irregular_under_order_5():
    move = authority("rectification", "overdue", "escalated", refused_or_serious=False)

    assert [reason.article_zh for reason in move.irregular] == ["《网络信息内容生态治理规定》第三十六条"]


def test_order_opens_rectification_and_starts_its_clock():
    move = authority("rectification", "not_opened", "ordered")

    assert (move.event, move.irregular) == ("order_served", ())


def test_surcharge_during_review_is_irregular():
    move = authority(
        "penalty_execution",
        "payable",
        "overdue_surcharge",
        pay_period_over=True,
        not_under_review=False,
        not_deferred=True,
    )

    assert [reason.article_en for reason in move.irregular] == ["APL 73(3)"]


def test_enforcement_without_a_demand_is_out_of_sequence():
    assert "out_of_sequence" in codes(authority("penalty_execution", "payable", "court_enforcement").irregular)


def test_publicity_never_blocks_closing():
    assert [kind for kind in tracks.KINDS if not tracks.blocks_closing(kind)] == ["publicity"]


def test_track_that_ended_unknown_may_become_known():
    assert ours("rectification", "closed_unknown", "ordered").allowed
    assert authority("official", "closed_unknown", "served", service_proved=True, **LAWFUL_DECISION).irregular == ()


def test_ended_track_refuses_our_further_moves():
    assert codes(ours("penalty_execution", "paid", "deferral_requested").refused) == ["track_ended"]


def test_same_state_again_is_refused_to_us():
    assert codes(ours("remedy", "appeal", "appeal").refused) == ["already_there"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "criminal"},
        {"from_state": "nowhere"},
        {"to_state": "paid"},
        {"mover": "either"},
        {"conditions": {"prior_notice_servd": True}},
    ],
)
def test_unknown_words_raise(wrong):
    asked = {"kind": "official", "from_state": "intake", "to_state": "lead", "mover": "authority", "conditions": {}}

    with pytest.raises(tracks.UnknownTrack):
        tracks.judge(**asked | wrong)


def test_moves_from_lists_ours_and_what_they_ask():
    ways = {way.to_state: way for way in tracks.moves_from("remedy", "open", mover="party")}

    assert set(ways) == {"reconsideration_filed", "litigation_filed", "lapsed", "not_opened", "closed_unknown"}
    assert ways["litigation_filed"].conditions == ("on_the_spot",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('code = "talk_held"', 'cod = "talk_held"'),
        ('to = ["final"], by = "either"', 'to = ["finale"], by = "either"'),
        ('by = "either"', 'by = "anyone"'),
        ('needs = ["filing_approved"]', 'needs = ["filing_aproved"]'),
        ('openings = ["open"]', 'openings = ["ope"]'),
        ('code = "defence"', 'code = "lead"'),
        ('from = ["court_enforcement"], to = ["enforced"]', 'from = ["court_enforcement"], to = ["paid"]'),
    ],
)
def test_table_with_a_mistake_is_refused(before, after):
    text = track_table.SOURCE.read_text(encoding="utf-8")
    assert before in text

    with pytest.raises(track_table.BadTable):
        track_table.read(text.replace(before, after, 1))

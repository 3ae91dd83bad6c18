"""The rulebook: what it holds, which version runs, which event starts what, and the mistakes it refuses."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

import cases.law
from cases.law.reading import BadRulebook, UnknownName
from cases.law.rulebook import RuleDisabled, RuleNotInForce, book, read_rulebook

LAW = Path(cases.law.__file__).parent
PENALTY, APPLYING = "rules/cn-01-penalty.toml", "rules/cn-12-applying.toml"
REVIEW, CONTENT = "rules/cn-15-reconsideration.toml", "rules/cn-22-content.toml"


def test_every_profile_of_the_brief_is_there():
    assert set(book().profiles) == {
        "CN-WD", "CN-CD", "CN-M", "CN-H", "EU-D", "EU-M", "EU-H", "EU-WD", "UK", "UK-H", "IN-H", "IN-D", "HK-D", "HK-H",
        "SG-D", "SG-CD", "AU-D", "AU-H", "ID-H", "ID-CD", "US-H", "US",
    }  # fmt: skip


def test_version_in_force_at_the_trigger_runs():
    law = book()

    assert law.rule("CN-12", date(2023, 12, 31)).version == "CN-12@1999-10-01"
    assert law.rule("CN-12", date(2024, 1, 1)).version == "CN-12@2024-01-01"
    assert law.rule("CN-23", date(2025, 12, 31)).citation_zh.startswith("《网络安全法》（2017）第四十七条")
    assert law.rule("CN-23", date(2026, 1, 1)).citation_zh.startswith("《网络安全法》（2025修正）第四十九条")
    assert law.rule("CN-23", None) is law.versions("CN-23")[-1]


def test_rule_not_in_force_names_the_dates():
    with pytest.raises(RuleNotInForce, match=r"CN-27c was not in force on 2025-10-31: .* from 2025-11-01 on"):
        book().rule("CN-27c", date(2025, 10, 31))


def test_a_is_another_name_of_the_first_period():
    assert book().rule("CN-27a", None) is book().rule("CN-27", None)


@pytest.mark.parametrize("name", ["CN-99", "", "a", "cn-12", "CN-27z"])
def test_unknown_rule_is_refused(name):
    with pytest.raises(UnknownName):
        book().versions(name)


@pytest.mark.parametrize(
    ("event", "measure", "traits", "expected"),
    [
        ("decision_served", "warning", set(), ["CN-12", "CN-18"]),
        ("decision_served", "fine", set(), ["CN-08", "CN-12", "CN-18"]),
        ("on_the_spot_decision_served", "fine", set(), ["CN-08", "CN-12", "CN-18"]),
        ("order_served", "order_to_correct", set(), ["CN-12", "CN-18", "CN-22"]),
        ("decision_served", "order_to_correct", set(), ["CN-12", "CN-18", "CN-22"]),
        ("decision_served", "talk", set(), []),
        ("hearing_right_told", "warning", set(), []),
        ("hearing_right_told", "fine", set(), ["CN-05"]),
        ("hearing_date_set", None, set(), ["CN-06"]),
        ("reconsideration_accepted", None, set(), ["CN-15", "CN-16"]),
        ("reconsideration_accepted", None, {"summary_reconsideration"}, ["CN-15c", "CN-16b"]),
        ("reconsideration_period_expired", None, set(), ["CN-17"]),
        ("incident_learnt", None, set(), ["CN-27c"]),
        ("incident_learnt", None, {"cii_operator"}, ["CN-27"]),
        ("incident_learnt", None, {"central_organ"}, ["CN-27b"]),
        ("removal_order_received", "removal_order", set(), ["AU-01", "EU-16", "ID-01", "IN-01", "SG-01"]),
        ("talk_held", "talk", set(), []),
    ],
)
def test_event_starts(event, measure, traits, expected):
    started = book().started_by(event, date(2026, 3, 2), measure, frozenset(traits))

    assert [rule.id for rule in started] == expected


def test_event_starts_the_newest_version_when_its_day_is_unknown():
    assert [rule.version for rule in book().started_by("decision_served", None, "warning")] == [
        "CN-12@2024-01-01",
        "CN-18@2015-05-01",
    ]


@pytest.mark.parametrize(("jurisdiction", "expected"), [("IE", ["EU-16"]), ("IN", ["IN-01"]), ("CN", []), ("XX", [])])
def test_event_starts_the_clocks_of_the_authoritys_law_alone(jurisdiction, expected):
    started = book().started_by("removal_order_received", date(2026, 3, 2), jurisdictions=[jurisdiction])

    assert [rule.id for rule in started] == expected


def test_event_starts_nothing_that_was_not_law_yet():
    assert book().started_by("incident_learnt", date(2025, 10, 31)) == ()


@pytest.mark.parametrize(("event", "measure"), [("served", None), ("decision_served", "caution")])
def test_unknown_event_or_measure_is_refused(event, measure):
    with pytest.raises(UnknownName):
        book().started_by(event, None, measure)


@pytest.fixture
def law(tmp_path):
    """A copy of the law's data that a test may spoil."""
    for name in ("calendars", "rules"):
        shutil.copytree(LAW / name, tmp_path / name)
    for name in ("events.toml", "jurisdictions.toml", "profiles.toml"):
        shutil.copy(LAW / name, tmp_path / name)
    return tmp_path


def spoil(law, name, old, new):
    """Replaces the first `old` and says in which line it stood."""
    path = law / name
    content = path.read_text("utf-8")
    path.write_text(content.replace(old, new, 1), "utf-8")
    return content[: content.index(old)].count("\n") + 1


def test_unspoilt_copy_reads_the_same(law):
    assert read_rulebook(law).rules == book().rules


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        (PENALTY, 'unit = "working_day"', 'unit = "workday"', "unknown unit 'workday'"),
        (PENALTY, 'unit = "working_day"', 'unit = "day"', "profile CN-WD does not count in day"),
        (PENALTY, 'profile = "CN-WD"', 'profile = "CN-W"', "unknown profile 'CN-W'"),
        (
            PENALTY,
            'starts_on = ["hearing_right_told"]',
            'starts_on = ["told"]',
            "unknown event 'told'",
        ),
        (PENALTY, 'applies_to = ["fine",', 'applies_to = ["fines",', "unknown measure kind 'fines'"),
        (PENALTY, 'facts = ["told_on"]', 'facts = ["told"]', "unknown fact 'told'"),
        (PENALTY, 'facts = ["told_on"]', "facts = []", "needs the fact it starts from"),
        (PENALTY, 'bars = ["CN-18"]', 'bars = ["CN-118"]', "unknown rule 'CN-118' in bars"),
        (PENALTY, 'creates = ["CN-06"]', 'creates = ["CN-6"]', "unknown rule 'CN-6' in creates"),
        (APPLYING, 'cap_of = "CN-12"', 'cap_of = "CN-1"', "unknown rule 'CN-1' in cap_of"),
        (PENALTY, "amount = 5", "amount = 0", "0 working_day is not a period"),
        (PENALTY, "amount = 5", "amount = 2.5", "2.5 working_day is not a period"),
        (PENALTY, "amount = 5", 'amount = "five"', "amount must be a number, not 'five'"),
        (PENALTY, "amount = 5", "amount = true", "amount must be a number, not True"),
        (PENALTY, "amount = 5", "amont = 5", "unknown key 'amont'"),
        (PENALTY, 'kind = "statutory"', 'kind = "statute"', "unknown kind 'statute'"),
        (PENALTY, 'actor = "party"', 'actor = "court"', "unknown actor 'court'"),
        (PENALTY, 'confidence = "H*"', 'confidence = "sure"', "unknown confidence 'sure'"),
        (PENALTY, 'confidence = "H*"', 'confidence = "L"', "ships with enabled = false"),
        (PENALTY, 'direction = "back"', 'direction = "backward"', "unknown direction 'backward'"),
        (REVIEW, 'extends = "trigger"', 'extends = "start"', "unknown extends 'start'"),
        (
            REVIEW,
            'on_expiry = "recon',
            'on_expiry = "con',
            "unknown on_expiry 'consideration",
        ),
        (
            PENALTY,
            "valid_from = 2021-07-15",
            'valid_from = "2021-07-15"',
            "valid_from must be a date",
        ),
        (APPLYING, "valid_to = 2023-12-31", "valid_to = 1998-12-31", "lies before valid_from"),
        (PENALTY, "amount = 5\n", "amount = 5 5\n", "not TOML"),
        (PENALTY, 'facts = ["preserved_on"]', 'calendar = "PRC"\nfacts = ["preserved_on"]', "unknown calendar 'PRC'"),
        (PENALTY, 'only_for = ["special_lead"]', 'only_for = ["special"]', "unknown trait 'special' in only_for"),
        (PENALTY, 'not_for = ["special_lead"]', 'not_for = ["special"]', "unknown trait 'special' in not_for"),
        (PENALTY, '"testing_started"', '"testing"', "unknown event 'testing' in suspended_by"),
        (PENALTY, 'starts_on = ["evidence_preserved"]', "starts_on = [1]", "unknown event 1 in starts_on"),
        (PENALTY, 'starts_on = ["evidence_preserved"]', 'starts_on = "preserved"', "starts_on must be a list"),
        (PENALTY, "valid_from = 2021-07-15", "valid_from = 2021-07-15T00:00:00", "valid_from must be a date"),
        (PENALTY, "valid_from = 2021-07-15", "enabled = 0\nvalid_from = 2021-07-15", "enabled must be true or false"),
        (
            PENALTY,
            'kind = "ordered"',
            'amount = 5\nkind = "ordered"',
            "a rule of kind ordered has no period",
        ),
        (PENALTY, 'kind = "gate"', 'unit = "day"\nkind = "gate"', "a rule of kind gate has no period of its own"),
        (PENALTY, 'citation_zh = "《行政处罚法》第三十六条"', 'citation_zh = ""', "citation_zh is missing"),
        (
            APPLYING,
            'restarts_on = "right_learnt_on"',
            'restarts_on = "told_on"',
            "restarts_on 'told_on' is not a further",
        ),
        (APPLYING, 'restarts_on = "right_learnt_on"', 'restarts_on = "served_on"', "'served_on' is not a further fact"),
        (APPLYING, 'restarts_on = "right_learnt_on"', 'cap_when = "right_learnt_on"', "cap_when stands only in a rule"),
        (
            "events.toml",
            '[[event]]\nname = "case_filed"',
            '[[event]]\nname = "lead_received"',
            "event 'lead_received' is given twice",
        ),
        ("events.toml", 'title_zh = "立案"', 'title_hk = "立案"', "unknown key 'title_hk'"),
        ("events.toml", "only_recorded = true", 'only_recorded = "yes"', "only_recorded must be true or false"),
        ("events.toml", 'event = "decision_made"', 'event = "made"', "unknown event 'made'"),
        ("profiles.toml", 'units = ["working_day"]', 'units = ["hour", "day"]', "units must be hour alone"),
        ("profiles.toml", 'confidence = "H*"', 'confidence = "sure"', "unknown confidence 'sure'"),
        ("profiles.toml", 'units = ["working_day"]', 'units = ["workday"]', "unknown unit 'workday'"),
        ("profiles.toml", 'zone = "Asia/Shanghai"', 'zone = "Asia/Beijing"', "unknown zone 'Asia/Beijing'"),
        ("profiles.toml", 'calendar = "CN"', 'calendar = "PRC"', "unknown calendar 'PRC'"),
        ("profiles.toml", 'rolled = "民法典 203"', 'roled = "民法典 203"', "unknown key 'roled'"),
        ("profiles.toml", "rolls = true", 'rolls = "yes"', "rolls must be true or false"),
        ("calendars/cn.toml", 'zone = "Asia/Shanghai"', 'zone = "PRC/Beijing"', "unknown zone 'PRC/Beijing'"),
        ("calendars/cn.toml", 'weekend = ["saturday"', 'weekend = ["saterday"', "unknown weekday 'saterday'"),
        ("calendars/cn.toml", "2026-02-14", "2026-02-12", "2026-02-12 in work is no day of the weekend"),
        ("calendars/cn.toml", "2026-01-04, 2026-02-14", "2026-02-14, 2026-02-14", "2026-02-14 is given twice in work"),
        (PENALTY, 'citation_zh = "《行政处罚法》第三十六条"', 'citation_zh = "  "', "citation_zh is missing"),
        (PENALTY, 'id = "CN-01"', 'id = "cn 1"', "'cn 1' is not the id of a rule"),
        (
            APPLYING,
            "valid_from = 2024-01-01",
            "valid_from = 2024-01-03",
            "no version between 2023-12-31",
        ),
    ],
)
def test_mistake_is_refused_with_file_and_line(law, name, old, new, what):
    line = spoil(law, name, old, new)

    with pytest.raises(BadRulebook, match=what) as refused:
        read_rulebook(law)

    assert (refused.value.file, refused.value.line) == (Path(name).name, line)


@pytest.mark.parametrize("key", ["citation_en", "citation_zh", "valid_from", "source", "title_zh", "id"])
def test_rule_without_what_every_rule_needs_is_refused_at_its_table(law, key):
    path = law / "rules" / "eu.toml"
    lines = path.read_text("utf-8").splitlines()
    path.write_text(
        "\n".join(lines[: (at := next(i for i, x in enumerate(lines) if x.startswith(key)))] + lines[at + 1 :])
    )

    with pytest.raises(BadRulebook, match=f"{key} is missing") as refused:
        read_rulebook(law)

    assert refused.value.line == lines.index("[[rule]]") + 1


@pytest.mark.parametrize(
    ("added", "at", "what"),
    [
        ('at_least = { amount = 3, unit = "day" }', "at_least", "at_least stands only in a rule of kind ordered"),
        ('at_least = { amount = 3, unit = "workday" }', "at_least", "unknown unit 'workday'"),
        ("at_least = { amount = 3 }", "at_least", "unit is missing"),
        ('plus = [{ amount = 1, unit = "workday" }]', "unit", "unknown unit 'workday'"),
        ('plus = [{ amount = 1, unit = "month" }]', "unit", "profile CN-WD does not count in month"),
        ("plus = [1]", "plus", "a table is wanted here"),
        ('cap_when = "made_on"', "cap_when", "cap_when stands only in a rule that is the cap_of another"),
        ('bars = ["CN-18"]', "bars", "bars stands only in a rule of kind gate"),
        ('restarts_on = "made_on"', "restarts_on", "restarts_on 'made_on' is not a further fact of the rule"),
        ('applies_to = ["caution"]', "applies_to", "unknown measure kind 'caution'"),
        ("counts_trigger_day = 1", "counts_trigger_day", "counts_trigger_day must be true or false"),
        ('reviewed = "counsel"', "reviewed", "unknown key 'reviewed'"),
        ('gap = "repealed for a while"', "gap", "gap stands only in a version that does not follow"),
        ("gap = true", "gap", "gap must be text"),
    ],
)
def test_mistake_in_what_is_added_to_a_rule_is_refused_at_its_line(law, added, at, what):
    spoil(law, PENALTY, 'unit = "working_day"\n', f'unit = "working_day"\n{added}\n')

    with pytest.raises(BadRulebook, match=what) as refused:
        read_rulebook(law)

    lines = (law / PENALTY).read_text("utf-8").splitlines()
    assert refused.value.line == next(n for n, line in enumerate(lines, 1) if line.startswith(f"{at} ="))


@pytest.mark.parametrize("key", ["amount", "unit", "profile"])
def test_counted_rule_without_its_whole_period_is_refused(law, key):
    path = law / PENALTY
    lines = path.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{key} ="))
    path.write_text("\n".join(lines[:at] + lines[at + 1 :]), "utf-8")

    with pytest.raises(BadRulebook, match="a rule of kind regulator needs amount, unit and profile"):
        read_rulebook(law)


def test_rule_known_in_two_files_has_its_versions_checked_together(law):
    text = (law / "rules" / "eu.toml").read_text("utf-8")
    (law / "rules" / "zz.toml").write_text(text[: text.index("[[rule]]", text.index("[[rule]]") + 1)], "utf-8")

    with pytest.raises(BadRulebook, match="EU-01 has two versions in force on 2024-02-17"):
        read_rulebook(law)


def test_gap_between_two_versions_that_says_why_is_taken(law):
    spoil(law, APPLYING, "valid_from = 2024-01-01", 'valid_from = 2024-01-03\ngap = "invented: repealed for two days"')

    read = read_rulebook(law)

    assert [rule.gap for rule in read.versions("CN-12")] == ["", "invented: repealed for two days"]
    with pytest.raises(RuleNotInForce):
        read.rule("CN-12", date(2024, 1, 2))


@pytest.mark.parametrize("said", ["", 'source = ""\n', 'source = "  "\n'])
@pytest.mark.parametrize("name", sorted(path.name for path in (LAW / "calendars").glob("*.toml")))
def test_published_year_without_a_source_of_its_own_is_refused_at_its_table(law, name, said):
    path = law / "calendars" / name
    content = path.read_text("utf-8")
    header = re.search(r"^(\[years\.2025\]\n)source = .*\n", content, re.MULTILINE)
    path.write_text(content.replace(header[0], header[1] + said, 1), "utf-8")

    with pytest.raises(BadRulebook, match="source, the notice and its number, is missing") as refused:
        read_rulebook(law)

    assert (refused.value.file, refused.value.line) == (name, content[: header.start()].count("\n") + 1)


def test_later_version_beside_one_without_an_end_is_refused(law):
    spoil(law, APPLYING, "valid_to = 2023-12-31\n", "")

    with pytest.raises(BadRulebook, match="CN-12 has two versions in force on 2024-01-01"):
        read_rulebook(law)


def test_empty_citation_is_refused(law):
    line = spoil(law, "rules/eu.toml", 'citation_en = "Regulation (EU) 2021/784 art. 3(3)"', 'citation_en = ""')

    with pytest.raises(BadRulebook, match="citation_en is missing") as refused:
        read_rulebook(law)

    assert refused.value.line == line


def test_rule_that_no_event_starts_is_refused(law):
    spoil(law, "rules/eu.toml", 'starts_on = ["removal_order_received"]\n', "")

    with pytest.raises(BadRulebook, match="no event starts this rule"):
        read_rulebook(law)


def test_two_versions_in_force_at_once_are_refused(law):
    spoil(law, APPLYING, "valid_to = 2023-12-31", "valid_to = 2024-01-01")

    with pytest.raises(BadRulebook, match="CN-12 has two versions in force on 2024-01-01"):
        read_rulebook(law)


def test_period_of_a_duty_is_refused(law):
    spoil(law, CONTENT, 'facts = ["found_on"]', 'facts = ["found_on"]\namount = 1\nunit = "day"')

    with pytest.raises(BadRulebook, match="a rule of kind duty has no period of its own"):
        read_rulebook(law)


def test_disabled_rule_is_shown_but_neither_reckoned_nor_started(law):
    path = law / "rules" / "eu.toml"
    before, id_, after = path.read_text("utf-8").partition('id = "EU-16"')
    path.write_text(before + id_ + after.replace('confidence = "H"', 'confidence = "L"\nenabled = false', 1), "utf-8")

    disabled = read_rulebook(law)

    assert disabled.versions("EU-16")[0].confidence == "L"
    assert disabled.started_by("removal_order_received", None, jurisdictions=["EU"]) == ()
    with pytest.raises(RuleDisabled):
        disabled.rule("EU-16", None)


def test_a_file_in_another_encoding_is_refused_with_its_line(law):
    file = next(law.rglob(Path(PENALTY).name))
    file.write_bytes(file.read_text("utf-8").encode("gb18030"))

    with pytest.raises(BadRulebook, match="not UTF-8 text") as refused:
        read_rulebook(law)

    assert (refused.value.file, refused.value.line > 0) == (file.name, True)

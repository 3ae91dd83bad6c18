#!/usr/bin/env python3
"""The main job by the API alone, from the notice to the closed case. Needs nothing but Python.

    BASE=http://localhost:8000 EMAIL=counsel@… PASSWORD=… python docs/story.py

EMAIL is a counsel's. The case it opens is marked fictional; the authority and the party are the first ones listed, or
those whose uids AUTHORITY and PARTY name. Ends with 0 when every step did what it should.
"""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid
from datetime import UTC, date, datetime, timedelta

ORDERED_DAYS = 15


class Api:
    """One base address and, after `sign_in`, one token."""

    def __init__(self, base):
        self.base = f"{base.rstrip('/')}/api/v1/"
        self.headers = {"Accept-Language": os.environ.get("LANGUAGE_TAG", "en")}

    def sign_in(self, email, password):
        token = self.post("token/", {"email": email, "password": password})["token"]
        self.headers["Authorization"] = f"Token {token}"

    def get(self, path, **query):
        return self.call("GET", f"{path}?{urllib.parse.urlencode(query)}" if query else path)

    def post(self, path, data=None, expect=(200, 201)):
        return self.call("POST", path, json.dumps(data or {}).encode(), "application/json", expect)

    def upload(self, path, data, name, content):
        """multipart: the file in `file`, everything else as JSON in `data`."""
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="data"\r\n\r\n{json.dumps(data)}\r\n'.encode(),
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode(),
            content,
            f"\r\n--{edge}--\r\n".encode(),
        ]
        return self.call("POST", path, b"".join(parts), f"multipart/form-data; boundary={edge}")

    def call(self, method, path, body=None, kind=None, expect=(200, 201)):
        headers = self.headers | ({"Content-Type": kind} if kind else {})
        request = urllib.request.Request(self.base + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                status, answer = response.status, json.loads(response.read() or b"{}")
        except urllib.error.HTTPError as error:
            status, answer = error.code, json.loads(error.read() or b"{}")
        if status not in expect:
            sys.exit(f"{method} /api/v1/{path} answered {status}: {json.dumps(answer, ensure_ascii=False, indent=2)}")
        return answer


def say(step, told):
    print(f"{step:<22}{told}", flush=True)


def check(is_so, otherwise):
    if not is_so:
        sys.exit(f"The story went wrong: {otherwise}")


def first(api, noun, named):
    """The row that the environment names, or the first of the list."""
    if named:
        return api.get(f"{noun}/{named}/")
    rows = api.get(f"{noun}/", size=1)["results"]
    return rows[0] if rows else sys.exit(f"There are no {noun} yet: add one in the administration.")


def log_notice(api, authority, party):
    """An order to correct, of which only the paper is known: nobody has said yet when it was served."""
    order = {"kind": "order_to_correct", "period_amount": ORDERED_DAYS, "period_unit": "working_day"}
    demand = {"title_en": "Clean the trending list", "clause": "清理热搜榜单违规词条", "measure_index": 0}
    return api.post(
        "notices/",
        {
            "case": {
                "party": party["uid"],
                "lead_authority": authority["uid"],
                "title_en": "Trending list: order to correct (story)",
                "title_zh": "热搜榜单责令改正（演示）",
                "is_fictional": True,
            },
            "kind": "rectification_order",
            "authority": authority["uid"],
            "number": "网信责改〔示例〕1号",
            "issued_on": str(date.today() - timedelta(days=12)),
            "original_words": "责令你单位限期改正。",
            "measures": [order],
            "requirements": [demand],
        },
    )


def main():
    api = Api(os.environ.get("BASE", "http://localhost:8000"))
    api.sign_in(os.environ["EMAIL"], os.environ["PASSWORD"])
    me = api.get("people/", email=os.environ["EMAIL"])["results"][0]
    authority = first(api, "authorities", os.environ.get("AUTHORITY"))
    party = first(api, "parties", os.environ.get("PARTY"))

    notice = serve(api, log_notice(api, authority, party))
    order = next(each for each in notice["deadlines"] if each["kind"] == "ordered")
    for line in api.get(f"deadlines/{order['uid']}/")["current"]["working"]:
        say("", line)
    work(api, notice, me)
    file_report(api, notice["case"], authority, order)
    close(api, notice["case"])
    tell_status(api, notice["case"])


def serve(api, notice):
    say("Notice logged", f"{notice['number']} opened {notice['case']}")
    check("served_on" in notice["missing"], "the day of service is not said to be missing")
    say("What is missing", notice["deadlines"][0]["sentence"])
    served_on = date.today() - timedelta(days=10)
    notice = api.post(f"notices/{notice['uid']}/record-service/", {"served_on": str(served_on), "mode": "direct"})
    check(notice["missing"] == [], f"still missing: {notice['missing']}")
    for deadline in notice["deadlines"]:
        say("Deadline", f"{deadline['rule_id']:<7} {deadline['sentence']}  {deadline['title_en']}")
    return notice


def work(api, notice, me):
    """A task force, a task on the demand, and no end of it without proof."""
    case, requirement = notice["case"], notice["requirements"][0]["uid"]
    formed = {"case": case, "name_en": "Rectification task force", "formed_on": notice["served_on"], "lead": me["uid"]}
    force = api.post("task-forces/", formed)
    say("Task force", f"{force['name_en']}, led by {force['members'][0]['person']['name_en']}")
    wanted = {"case": case, "requirement": requirement, "title_en": "Remove the entries", "assignee": me["uid"]}
    task = api.post("tasks/", wanted)
    api.post(f"tasks/{task['uid']}/start/")
    refused = api.post(f"tasks/{task['uid']}/complete/", expect=(409,))
    say("Without proof", refused["message"])

    capture = f"The list after the clean-up, {datetime.now(UTC).isoformat()}".encode()
    proof = api.upload("evidence/", {"case": case, "task": task["uid"], "source": "Own capture"}, "list.txt", capture)
    say("Evidence", f"{proof['name']} sha256 {proof['sha256'][:16]}… ({proof['custody'][0]['action']})")
    task = api.post(f"tasks/{task['uid']}/complete/")
    check(task["state"] == "closed", f"the task is {task['state']}")
    done = api.post(f"requirements/{requirement}/done/")
    say("Task and requirement", f"{task['state']}, {done['state']}: a second person signs it off")


def file_report(api, case, authority, order):
    content = f"Report of {datetime.now(UTC).isoformat()}".encode()
    report = api.upload("evidence/", {"case": case, "title_en": "Rectification report"}, "report.txt", content)
    sent = {
        "case": case,
        "kind": "rectification_report",
        "authority": authority["uid"],
        "deadline": order["uid"],
        "sent_at": datetime.now(UTC).isoformat(),
        "document": report["uid"],
        "receipt_number": "收字1号",
    }
    filing = api.post("filings/", sent)
    check(filing["deadline_outcome"] == "met", f"the deadline is {filing['deadline_outcome']}")
    say("Filed with receipt", f"{filing['receipt_number']}: the deadline is {filing['deadline_outcome']}")


def close(api, case):
    reason = {"reason": "The report was accepted."}
    refused = api.post(f"cases/{case}/close/", reason, expect=(409,))
    say("Closing refused", refused["message"])
    for obstacle in refused["details"]["obstacles"]:
        say("", obstacle["message"])
    end_tracks(api, case)
    closed = api.post(f"cases/{case}/close/", reason)
    check(closed["state"] == "closed", f"the case is {closed['state']}")
    say("Closing allowed", f"{case} is {closed['state']}")


def tell_status(api, case):
    status = api.get(f"cases/{case}/status/")
    tally = status["figures"]["tasks"]
    say("Status", f"{status['row']['state']}, tasks {tally['closed']} of {tally['total']} closed")
    say("Log", ", ".join(reversed([entry["verb"] for entry in api.get("log/", case=case)["results"]])))


def end_tracks(api, case):
    """The authority accepts the report; counsel waives the time to challenge the order, which still runs."""
    for clock in api.get("deadlines/", case=case, state="running")["results"]:
        waived = api.post(f"deadlines/{clock['uid']}/waive/", {"reason": "The order is not challenged."})
        say("Deadline waived", f"{clock['rule_id']:<7} {waived['outcome']}  {clock['title_en']}")
    moves = {"rectification": [("accepted", "authority"), ("done", "authority")], "remedy": [("lapsed", "party")]}
    today = str(date.today())
    for track in api.get("tracks/", case=case)["results"]:
        for to_state, mover in moves[track["kind"]]:
            moved = {"to_state": to_state, "mover": mover, "occurred_on": today}
            state = api.post(f"tracks/{track['uid']}/move/", moved)["state"]
        say("Track ended", f"{track['kind']}: {state}")


if __name__ == "__main__":
    main()

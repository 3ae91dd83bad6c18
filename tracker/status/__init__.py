"""The read side: every figure a page, the API, a briefing or a report shows comes from here, so they cannot disagree.

Frozen dataclasses of codes, dates, numbers and titles in both languages; `tracker.wording` makes sentences of codes.
"""

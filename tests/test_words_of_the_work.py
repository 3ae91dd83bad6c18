"""What an action on the work refuses with is said in Chinese too, with the same facts in it."""

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from cases.actions import belonging, contact, evidence, filing, hold, requirement, task, taskforce, translation

MODULES = (belonging, contact, evidence, filing, hold, requirement, task, taskforce, translation)


def words() -> set[str]:
    trees = (ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8")) for module in MODULES)
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in {"_", "gettext"}
        and isinstance(call.args[0], ast.Constant)
    }


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_every_refusal_is_said_in_chinese_with_the_same_facts(language: str) -> None:
    with override(language):
        said = {english: gettext(english) for english in words()}

    facts = re.compile(r"%\(\w+\)s")
    assert len(said) > 50
    assert [english for english, chinese in said.items() if chinese == english] == []
    assert [e for e, chinese in said.items() if set(facts.findall(e)) != set(facts.findall(chinese))] == []

"""Every word in both Chinese scripts: complete, with the same placeholders, and compiled as it is written."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ["zh_Hans", "zh_Hant"]
APPS = ["cases", "tracker"]
CATALOGUES = [ROOT / app / "locale" / script / "LC_MESSAGES" / "django.po" for app in APPS for script in SCRIPTS]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TEMPLATES = sorted(path for app in APPS for path in (ROOT / app).glob("templates/**/*.*"))
NAMES = {"Casebook", "EN", "English", "EV-", "Message-ID", "SHA-256"}
TRANSLATED = re.compile(r"{% (blocktrans\w*) .*?{% end\1 %}", re.DOTALL)
UNSEEN = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<(script|style|code|pre|kbd)\b.*?</\1>", re.DOTALL)
SAID = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-label)="([^"]*)"')
named = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "-".join(path.relative_to(ROOT).parts[::2]))


def words(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@named
def test_nothing_is_left_untranslated_or_guessed(path):
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue if not entry.obsolete and (entry.fuzzy or not all(words(entry)))] == []


@named
def test_placeholders_are_those_of_the_english(path):
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(path))
        for said in words(entry)
        if not set(PLACEHOLDER.findall(said)) <= set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
    ]
    assert wrong == []


@named
def test_the_compiled_file_says_what_the_written_one_says(path):
    written = {(e.msgctxt, e.msgid): words(e) for e in polib.pofile(str(path)) if not e.obsolete}
    compiled = {(e.msgctxt, e.msgid): words(e) for e in polib.mofile(str(path.with_suffix(".mo"))) if e.msgid}
    assert compiled == written, "run `make messages`"


@named
def test_punctuation_beside_chinese_is_full_width(path):
    half = re.compile(r"[\u4e00-\u9fff”」）] ?[,;:?!()]|[,;:?!()] ?[\u4e00-\u9fff“「（]")
    catalogue = polib.pofile(str(path))
    assert [said for entry in catalogue for said in words(entry) if half.search(PLACEHOLDER.sub("一", said))] == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_equal_words_mean_the_same_in_both_apps(script):
    record, watch = (
        {(e.msgctxt, e.msgid): words(e) for e in polib.pofile(str(path))} for path in CATALOGUES if script in path.parts
    )
    assert [key for key in record.keys() & watch.keys() if record[key] != watch[key]] == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="xgettext is not on this machine: new words cannot be found")
@pytest.mark.parametrize("app", APPS)
def test_no_word_of_the_code_is_missing(app, tmp_path):
    copy = shutil.copytree(ROOT / app, tmp_path / app)
    done = subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale", "zh_Hans", "--locale", "zh_Hant", "--no-obsolete"],
        cwd=copy,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

    missing = {
        entry.msgid
        for script in SCRIPTS
        for entry in polib.pofile(str(copy / "locale" / script / "LC_MESSAGES" / "django.po"))
        if entry.fuzzy or not all(words(entry))
    }
    assert missing == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_word_of_a_template_is_left_out_of_the_catalogues(path):
    text = path.read_text(encoding="utf-8").replace("{% block columns %}cols one{% endblock %}", "")
    shown = UNSEEN.sub(" ", TRANSLATED.sub(" ", text))
    seen = " ".join([*SAID.findall(shown), re.sub(r"<[^>]*>", " ", shown)])
    assert set(re.findall(r"[A-Za-z][\w-]+", seen)) - NAMES == set()

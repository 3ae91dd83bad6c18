"""The marks of a state secret on a paper: those of GB/T 9704 and the rules on marking, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.custody.secrecy import find_mark

MARKED = [
    ("机密★10年", "机密★10年"),
    ("绝密★长期", "绝密★长期"),
    ("秘密★6个月", "秘密★6个月"),
    ("秘密★五年", "秘密★五年"),
    ("秘密★", "秘密★"),
    ("绝密★\n关于印发有关通知", "绝密★"),
    ("绝密★启用前", "绝密★启用前"),
    ("2026年统一考试绝密★启用前", "绝密★启用前"),
    ("机密★2030年12月31日前", "机密★2030年12月31日"),
    ("密级：机密★１０年", "机密★10年"),
    ("机 密 ★ 10 年", "机密★10年"),
    ("000001\n秘\u3000密★1年\n特急", "秘密★1年"),
    ("機密★10年", "機密★10年"),
    ("絕密★長期", "絕密★長期"),
    ("祕密★3個月", "祕密★3個月"),
    ("约谈通知_秘密★.pdf", "秘密★"),
    ("机密★1年关于整改的通知.pdf", "机密★1年"),
    ("机\u200b密★5年", "机密★5年"),
    ("【绝密★】", "绝密★"),
    ("机密☆5年", "机密☆5年"),
]
PLAIN = [
    "", "机密", "绝密文件如何保管", "商业秘密", "商业秘密★5年", "工作秘密★", "保守国家秘密法",
    "中华人民共和国保守国家秘密法",
    "秘密★收藏", "她的秘密★", "我的秘密★★★", "★秘密★", "秘密★三天后公开", "机密★十年来的故事", "绝密★档案",
    "核心商密★10年",
    "秘密花园", "通信秘密", "不得泄露机密。10年", "机密\n★10年", "Top secret", "秘密☆花园", "秘密☆", "个人秘密★长期",
    "电影《绝密★飞行》", "泄密★1年",
]  # fmt: skip


@pytest.mark.parametrize(("text", "mark"), MARKED)
def test_a_mark_is_found_and_read_out(text: str, mark: str) -> None:
    assert find_mark(text) == mark


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_words_bear_no_mark(text: str) -> None:
    assert find_mark(text) is None


@given(st.text())
def test_nothing_without_a_star_bears_a_mark(text: str) -> None:
    assert find_mark(text.replace("★", "").replace("☆", "")) is None


@given(st.text(alphabet="关于印发通知\n，。 （2026）号"), st.sampled_from(["机密★10年", "绝密★启用前", "秘密★长期"]))
def test_a_mark_is_found_wherever_it_stands(around: str, mark: str) -> None:
    assert find_mark(f"{around}\n{mark}\n{around}") == mark


@given(st.text())
def test_what_is_told_of_a_text_is_the_mark_alone(text: str) -> None:
    found = find_mark(f"{text} 机密★10年 {text}")

    assert found is not None
    assert len(found) <= 40

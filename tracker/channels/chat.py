"""By chat, through apprise: DingTalk, Feishu, WeCom, Slack, Teams, or a plain webhook. Whoever holds an address may
post, so it is kept sealed.
"""

import json
import logging
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from apprise import AppriseAsset
from apprise.exception import AppriseException
from apprise.plugins import custom_json, dingtalk, feishu, slack, wecombot, workflows
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from tracker.channels.letter import ANSWER_LENGTH, Delayed, Letter, NotSent, Refused
from tracker.channels.opening import Opened
from tracker.channels.posting import Elsewhere, Heard, Listening, heard
from tracker.models import ChatAddress

# The plugins by name: asked for by address alone, apprise would load some hundred and thirty of them.
PLUGINS: Final[Mapping[str, Any]] = {
    "dingtalk": dingtalk.NotifyDingTalk,
    "feishu": feishu.NotifyFeishu,
    "wecombot": wecombot.NotifyWeComBot,
    "slack": slack.NotifySlack,
    "workflow": workflows.NotifyWorkflows,
    "jsons": custom_json.NotifyJSON,
    "json": custom_json.NotifyJSON,
}
# Answers in the body of a 200 that mean "too often" or "busy": the word may leave later. Any other code is for good.
BUSY: Final = frozenset({-1, 9499, 11232, 45009, 130101, 130102, 410100})
TOO_MANY: Final = 429
PERMANENT: Final = range(300, 500)
FOUND: Final = range(200, 300)

# It tells what it was given, which is secret; what became of a word stands in its row.
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)


def seal(opened: Opened) -> str:
    return _seal().encrypt(opened.url.encode()).decode()


def _unseal(address: ChatAddress) -> str:
    try:
        return _seal().decrypt(address.sealed.encode()).decode()
    except InvalidToken as error:
        # The key was changed without keeping the former in SECRET_KEY_FALLBACKS.
        raise Refused("the address cannot be read with this SECRET_KEY") from error


def _seal() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = (urlsafe_b64encode(sha256(f"casebook.chat {key}".encode()).digest()) for key in keys)
    return MultiFernet([Fernet(key) for key in made])


# ---- Sending ---------------------------------------------------------------------------------------------------------
def say(letter: Letter, address: ChatAddress) -> str:
    """What the service answered. Raises Refused or Delayed."""
    room = _plugin(_unseal(address))
    if room is None:
        raise Refused("apprise does not read this address")
    heard.set(None)
    is_sent = bool(room.notify(title=letter.subject, body=letter.text, body_format="text"))
    return _judge(heard.get(), is_sent=is_sent)


def _plugin(url: str) -> Any:
    """apprise's sender for that address; None where there is none, or the address is not whole."""
    kind = PLUGINS.get(url.partition("://")[0])
    asset = AppriseAsset(app_id="Casebook", app_desc="Casebook 案卷", async_mode=False, http_redirects=False)
    try:
        parsed = kind.parse_url(url) if kind else None
        return kind(**parsed, asset=asset) if kind and parsed else None
    except (AppriseException, TypeError, ValueError):
        return None


def _judge(told: Heard | str | None, *, is_sent: bool) -> str:
    if told == Elsewhere.__name__:
        raise Refused("this address lies in a private network, or nobody knows it")
    if told is None or isinstance(told, str):
        raise Delayed(told or "no answer")
    said = f"{told.status} {told.body}".strip()[:ANSWER_LENGTH]
    code = _code_in(told.body)
    if told.status in FOUND and not code:
        if not is_sent:
            raise Refused(said)
        return said
    raise _failure(told.status, code)(said)


def _failure(status: int, code: int) -> type[NotSent]:
    if status in FOUND:
        return Delayed if code in BUSY else Refused
    return Refused if status in PERMANENT and status != TOO_MANY else Delayed


def _code_in(body: str) -> int:
    """DingTalk, WeCom and Feishu answer 200 and say in the body that nothing was posted; apprise misses some of it."""
    try:
        found = json.loads(body)
    except ValueError:
        return 0
    if not isinstance(found, dict):
        return 0
    told = [found.get(name) for name in ("errcode", "code", "StatusCode")]
    return next((each for each in told if isinstance(each, int) and each), 0)


for _module in (custom_json, dingtalk, feishu, slack, wecombot, workflows):
    setattr(_module, "requests", Listening())  # noqa: B010  # mypy knows a module's own names alone

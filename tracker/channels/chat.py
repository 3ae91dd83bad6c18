"""By chat, through apprise: DingTalk, Feishu, WeCom, Slack, Teams, or a plain webhook.

An address is what a service gives out, or apprise's own way to write it; whoever holds it may post, so it is kept
sealed. Only the services named here are spoken to, only by HTTPS, never following a redirect, and never inside our own
network but to the hosts the operator names (CHAT_HOSTS).
"""

import ipaddress
import json
import re
import socket
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import requests
from apprise import AppriseAsset
from apprise.plugins import custom_json, dingtalk, feishu, slack, wecombot, workflows
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _

from tracker.channels.letter import ANSWER_LENGTH, Delayed, Letter, NotSent, Refused
from tracker.models import ChatAddress, ChatService

HINT_LENGTH: Final = 80
ADDRESS_LENGTH: Final = 2000
TIMEOUT: Final = (5.0, 15.0)  # to connect, to answer; in seconds
# The plugins by name: asked for by address alone, apprise would load some hundred and thirty of them.
PLUGINS: Final[Mapping[str, tuple[ChatService, Any]]] = {
    "dingtalk": (ChatService.DINGTALK, dingtalk.NotifyDingTalk),
    "feishu": (ChatService.FEISHU, feishu.NotifyFeishu),
    "wecombot": (ChatService.WECOM, wecombot.NotifyWeComBot),
    "slack": (ChatService.SLACK, slack.NotifySlack),
    "workflow": (ChatService.TEAMS, workflows.NotifyWorkflows),
    "workflows": (ChatService.TEAMS, workflows.NotifyWorkflows),
    "jsons": (ChatService.WEBHOOK, custom_json.NotifyJSON),
    "json": (ChatService.WEBHOOK, custom_json.NotifyJSON),
}
READS_LINKS: Final[tuple[Any, ...]] = (wecombot.NotifyWeComBot, slack.NotifySlack, workflows.NotifyWorkflows)
# What a service shows to copy → apprise's own address, where apprise does not read it by itself.
GIVEN_OUT: Final = (
    (re.compile(r"https://oapi\.dingtalk\.com/robot/send/?\?access_token=([\w-]+)"), r"dingtalk://\1/"),
    (re.compile(r"https://open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook/([\w-]+)/?"), r"feishu://\1/"),
)
# Answers in the body of a 200 that mean "too often" or "busy": the word may leave later. Any other code is for good.
BUSY: Final = frozenset({-1, 9499, 11232, 45009, 130101, 130102, 410100})
TOO_MANY: Final = 429
PERMANENT: Final = range(300, 500)
FOUND: Final = range(200, 300)


class BadAddress(ValueError):
    """No address of a chat that Casebook speaks to; says what is wrong in the reader's language."""


@dataclass(frozen=True, slots=True)
class Opened:
    """`url` as apprise takes it: a secret."""

    service: ChatService
    url: str


# ---- Addresses -------------------------------------------------------------------------------------------------------
def open_address(text: str) -> Opened:
    """Raises BadAddress."""
    text = text.strip()
    if len(text) > ADDRESS_LENGTH:
        raise BadAddress(_("This is too long for an address."))
    url = _as_apprise(text)
    if _plugin(url) is None:
        raise BadAddress(_("This is no address of a chat that Casebook speaks to."))
    service = PLUGINS[_scheme(url)][0]
    if service is ChatService.WEBHOOK:
        _check_host(url)
    return Opened(service, url)


def _as_apprise(text: str) -> str:
    for shape, ours in GIVEN_OUT:
        if shape.fullmatch(text):
            return shape.sub(ours, text)
    if not re.match(r"https?://", text, re.IGNORECASE):
        return text
    for plugin in READS_LINKS:
        if parsed := plugin.parse_native_url(text):
            return str(plugin(**parsed, asset=_asset()).url(privacy=False))
    return _webhook(text)


def _webhook(link: str) -> str:
    """What stands after the question mark is the hook's; unmarked, apprise would take it for its own."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    asked = [(f"-{name}", value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    scheme = "jsons" if parts.scheme.lower() == "https" else "json"
    return urlunsplit((scheme, parts.netloc, parts.path, urlencode(asked), ""))


def _scheme(url: str) -> str:
    return url.partition("://")[0].lower()


def _plugin(url: str) -> Any:
    """apprise's sender for that address; None where there is none, or the address is not whole."""
    if _scheme(url) not in PLUGINS:
        return None
    kind = PLUGINS[_scheme(url)][1]
    try:
        parsed = kind.parse_url(url)
        return kind(**parsed, asset=_asset()) if parsed else None
    except (TypeError, ValueError):
        return None


def _check_host(url: str) -> None:
    parts = urlsplit(url)
    if parts.hostname in settings.CHAT_HOSTS:
        return
    if parts.scheme != "jsons":
        raise BadAddress(_("The address must begin with https://."))
    if parts.hostname is None or not _is_public(parts.hostname):
        raise BadAddress(_("This address lies in a private network, or nobody knows it."))


def _is_public(host: str) -> bool:
    """Whether every address of that name is one of the open Internet."""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return False
    return all(ipaddress.ip_address(str(each[4][0]).partition("%")[0]).is_global for each in found)


def hint_of(opened: Opened) -> str:
    """The service's host or name, and the end of the secret."""
    if opened.service is ChatService.WEBHOOK:
        return (urlsplit(opened.url).hostname or "")[:HINT_LENGTH]
    return f"…{re.sub(r'[?].*|[^0-9A-Za-z]', '', opened.url)[-4:]}"


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
    url = _unseal(address)
    if address.service == ChatService.WEBHOOK:
        try:
            _check_host(url)
        except BadAddress as error:
            raise Refused(str(error)) from error
    room = _plugin(url)
    if room is None:
        raise Refused("apprise no longer reads this address")
    _heard.set(None)
    is_sent = bool(room.notify(title=letter.subject, body=letter.text, body_format="text"))
    return _judge(_heard.get(), is_sent=is_sent)


def _asset() -> AppriseAsset:
    return AppriseAsset(app_id="Casebook", app_desc="Casebook 案卷", async_mode=False, http_redirects=False)


@dataclass(frozen=True, slots=True)
class _Heard:
    status: int
    body: str


_heard: ContextVar[_Heard | str | None] = ContextVar("heard", default=None)


def _judge(heard: _Heard | str | None, *, is_sent: bool) -> str:
    if heard is None or isinstance(heard, str):
        raise Delayed(heard or "no answer")
    told = f"{heard.status} {heard.body}".strip()[:ANSWER_LENGTH]
    code = _code_in(heard.body)
    if heard.status in FOUND and not code:
        if not is_sent:
            raise Refused(told)
        return told
    raise _failure(heard.status, code)(told)


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


class _Listening:
    """Stands where apprise's plugins look for `requests`: what a service answered is proof, and apprise throws it away.

    Nor is a redirect followed, wherever a plugin forgets to say so.
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(requests, name)

    def post(self, url: str, **kwargs: Any) -> requests.Response:
        return self.request("POST", url, **kwargs)

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        kwargs |= {"allow_redirects": False, "timeout": TIMEOUT}
        send: Callable[..., requests.Response] = requests.request
        try:
            answer = send(method, url, **kwargs)
        except requests.RequestException as error:
            _heard.set(type(error).__name__)
            raise
        _heard.set(_Heard(answer.status_code, answer.text[:ANSWER_LENGTH].strip()))
        return answer


for _module in (custom_json, dingtalk, feishu, slack, wecombot, workflows):
    setattr(_module, "requests", _Listening())  # noqa: B010  # mypy knows a module's own names alone

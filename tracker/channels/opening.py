"""What may be the address of a chat: the link its service gives out, or apprise's own way to write it.

Each is read whole and written anew from the parts named here: whatever else apprise would take from an address (a file
for a template, an unchecked certificate, headers) never reaches it.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _

from tracker.models import ChatService

HINT_LENGTH: Final = 80
ADDRESS_LENGTH: Final = 2000
HTTPS: Final = 443
# Longer than a service takes, a word goes in several.
SPLIT: Final = "?overflow=split"
KEY: Final = r"([0-9A-Za-z-]{4,120})"
SHAPES: Final[tuple[tuple[ChatService, str, str], ...]] = (
    (ChatService.DINGTALK, r"https://oapi\.dingtalk\.com/robot/send/?\?access_token=([0-9A-Za-z]+)", r"dingtalk://\1/"),
    (ChatService.DINGTALK, r"dingtalk://([0-9A-Za-z]+@)?([0-9A-Za-z]+)/?", r"dingtalk://\1\2/"),
    (ChatService.FEISHU, rf"https://open\.feishu\.cn/open-apis/bot/v2/hook/{KEY}/?", r"feishu://\1/"),
    (ChatService.FEISHU, rf"feishu://{KEY}/?", r"feishu://\1/"),
    (ChatService.WECOM, rf"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send/?\?key={KEY}", r"wecombot://\1/"),
    (ChatService.WECOM, rf"wecombot://{KEY}/?", r"wecombot://\1/"),
    (
        ChatService.SLACK,
        r"https://hooks\.slack\.com/services/([A-Z0-9]+)/([A-Z0-9]+)/([0-9A-Za-z]+)/?",
        r"slack://\1/\2/\3/",
    ),
    (ChatService.SLACK, r"slack://([A-Z0-9]+)/([A-Z0-9]+)/([0-9A-Za-z]+)/?", r"slack://\1/\2/\3/"),
    (
        ChatService.TEAMS,
        r"workflows?://([0-9a-z.-]+\.logic\.azure\.com)(?::443)?/([0-9A-Za-z]+)/([\w-]+)/?",
        r"workflow://\1:443/\2/\3/",
    ),
)
TEAMS: Final = re.compile(
    r"https://([0-9a-z.-]+\.logic\.azure\.com)(?::443)?/workflows/([0-9A-Za-z]+)/triggers/manual/paths/invoke/?"
)
# Networks whose addresses stand for those of another, a private one perhaps.
INTO_OTHERS: Final = tuple(
    ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)


class BadAddress(ValueError):
    """No address of a chat that Casebook speaks to; says what is wrong in the reader's language."""


@dataclass(frozen=True, slots=True)
class Opened:
    """`url` as apprise takes it: a secret."""

    service: ChatService
    url: str


def open_address(text: str) -> Opened:
    """Raises BadAddress."""
    text = text.strip()
    if len(text) > ADDRESS_LENGTH:
        raise BadAddress(_("This is too long for an address."))
    for service, shape, ours in SHAPES:
        if found := re.fullmatch(shape, text):
            return Opened(service, found.expand(ours) + SPLIT)
    return _teams(text) or _webhook(text)


def _teams(text: str) -> Opened | None:
    link, _mark, query = text.partition("?")
    found = TEAMS.fullmatch(link)
    signature = dict(parse_qsl(query)).get("sig", "")
    if found is None or not re.fullmatch(r"[\w-]+", signature):
        return None
    return Opened(ChatService.TEAMS, f"workflow://{found[1]}:443/{found[2]}/{signature}/{SPLIT}")


def _webhook(link: str) -> Opened:
    """What stands after the question mark is the hook's; unmarked, apprise would take it for its own."""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise BadAddress(_("This is no address of a chat that Casebook speaks to."))
    check_host(parts.scheme.lower(), parts.hostname, port)
    asked = [(f"-{name}", value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    scheme = "jsons" if parts.scheme.lower() == "https" else "json"
    return Opened(ChatService.WEBHOOK, urlunsplit((scheme, parts.netloc, parts.path, urlencode(asked), "")))


def check_host(scheme: str, host: str, port: int | None) -> None:
    """Raises BadAddress for what is not of the open Internet, nor a host the operator names."""
    if host in settings.CHAT_HOSTS:
        return
    if scheme != "https" or port not in {None, HTTPS}:
        raise BadAddress(_("The address must begin with https:// and name no port."))
    if not resolved(host):
        raise BadAddress(_("This address lies in a private network, or nobody knows it."))


def resolved(host: str) -> str:
    """One of its addresses, if every one is of the open Internet; else empty."""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return ""
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    return addresses[0] if addresses and all(map(_is_public, addresses)) else ""


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text)
    is_other = any(address in network for network in INTO_OTHERS if network.version == address.version)
    return address.is_global and not address.is_multicast and not is_other


def hint_of(opened: Opened) -> str:
    """The service's host or name, and the end of the secret."""
    if opened.service is ChatService.WEBHOOK:
        return (urlsplit(opened.url).hostname or "")[:HINT_LENGTH]
    return f"…{re.sub(r'[?].*|[^0-9A-Za-z]', '', opened.url)[-4:]}"

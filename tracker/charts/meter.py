"""How many of how many, as a bar; the words stand beside it, never a bare percentage."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.figures import Tone


def meter(done: int, total: int, tone: Tone = "blue") -> SafeString:
    """`total` of nought draws an empty track named "none yet", never a full or a broken bar."""
    share = min(max(done / total, 0), 1) if total > 0 else 0
    label = _("%(done)s of %(total)s") % {"done": done, "total": total} if total > 0 else _("none yet")
    return format_html(
        '<svg class="meter {}" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="f" width="{}" height="6"/></svg>',
        tone,
        label,
        f"{100 * share:.1f}",
    )

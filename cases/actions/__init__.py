"""What we do: the verbs of the record, by the same nouns as the models.

Every action is atomic, takes keywords only, is told `by` whom and `at` what instant, and writes exactly one LogEntry.
None sends, enqueues or reads the clock.
"""

from django.utils.functional import Promise


class RuleBroken(Exception):
    """An anticipated refusal: `code` for machines, `message` (translated) for the one who asked. Doors answer 409."""

    code = "refused"

    def __init__(self, message: str | Promise, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def __str__(self) -> str:
        return str(self.message)

"""Many operations rendered once. Django renders all related models anew for each, and here all models are related."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, AlterField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Addition = CreateModel | AddField | AlterField | AddIndex | AddConstraint


class AtOnce(Operation):
    """New models, and what is added to them or to older ones, all made as they are at the end.

    The same tables as one by one: foreign keys are added last either way, so models may name each other.
    """

    reversible = True

    def __init__(self, operations: Sequence[Addition]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # What is not rendered is not rendered anew; the next who asks renders all, once.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self._own():
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self._own()):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)

    def _own(self) -> list[Addition]:
        """Without what is added to the new models themselves: they are created with it."""
        new = {each.name_lower for each in self.operations if isinstance(each, CreateModel)}
        return [each for each in self.operations if isinstance(each, CreateModel) or each.model_name_lower not in new]

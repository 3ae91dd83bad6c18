"""The API door of the record: shape in, permission, one action or one query, shape out."""

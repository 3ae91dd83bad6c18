"""The pages: translate in, ask permission, one action or one query, show."""

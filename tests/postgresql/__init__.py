"""Django's PostgreSQL backend, able to empty append-only tables between tests."""

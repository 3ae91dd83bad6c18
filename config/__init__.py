"""Everything that binds Casebook to a machine: settings, addresses, servers, processes."""

from config.celery import app as celery_app

# Every process that may ring for a job must know the broker, not only the workers.
__all__ = ["celery_app"]

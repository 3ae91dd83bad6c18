"""The stage of `manage.py bench`: a scratch database, a server with the bare reference beside Casebook, and an end."""

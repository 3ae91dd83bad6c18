"""The stage of `manage.py chaos`: real servers and processes of its own, a clock that runs faster, and a storm."""

"""The demonstration: the public cases as published, and a fictional twin whose dates make every kind of clock run.

Only for the embedded mode. Everything goes through the same actions as the doors use.
"""

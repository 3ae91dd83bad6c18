"""How fast it is: fills a database of its own, measures against a bare reference in the same run, prints a table.

`config.bench` starts the servers it runs on; nothing else imports this.
"""

"""What the storm needs, and what is made of it:
the words that fall due, the plan of blows, the mail server, and the verdict.

`config.chaos` starts the servers and deals the blows; nothing else imports this.
"""

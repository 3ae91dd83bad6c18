"""The watch: time passes, people are reminded, people look."""

"""The API door of the watch: reminders, briefings, where a case stands, and the pages that explain the API."""

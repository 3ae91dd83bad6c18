"""The record: what was served, what the law demands by when, who did what, with which proof."""

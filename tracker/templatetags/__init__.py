"""What the templates of the watch can say."""

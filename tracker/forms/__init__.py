"""What people type: its shape is checked here, its meaning by the actions."""

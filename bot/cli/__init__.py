"""The jifen command."""

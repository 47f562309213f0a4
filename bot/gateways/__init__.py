"""The platforms sealed off: each turns its own events into messages."""

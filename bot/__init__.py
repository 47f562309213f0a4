"""The front of the assistant (积分小助手): chat, web, command line."""

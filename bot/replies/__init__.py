"""Every Chinese sentence the assistant says."""

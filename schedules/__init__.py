"""What the calendar starts; every job may fire twice, late, or after a crash."""

"""The revisions; a released one is never changed, a later one mends it."""

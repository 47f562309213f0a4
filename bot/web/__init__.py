"""The web page: the same words in a browser."""

"""What the scheme remembers: the only package that knows SQL and files."""

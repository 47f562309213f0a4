"""Paper and spreadsheets."""

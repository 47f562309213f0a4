"""Paper and spreadsheets: roster, rulebook, lists."""

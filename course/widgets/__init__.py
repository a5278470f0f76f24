"""The chapters' interactive exhibits, a file an exhibit; exhibit.py holds what all of them share."""

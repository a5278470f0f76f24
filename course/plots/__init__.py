"""The chapters' pictures, a file a topic; theme.py holds what all of them share."""

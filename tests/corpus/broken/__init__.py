"""Broken submissions, a file a theme: whatever they do, they are graded or flagged, and nobody else notices."""

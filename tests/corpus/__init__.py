"""Broken and hostile submissions of one small assignment, each with what grading it must come to."""

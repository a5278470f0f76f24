"""The instructor's side: building assignments, grading, feedback, reports."""

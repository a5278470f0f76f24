"""Hostile submissions, a file a family: wrong answers that want points, or want to read what they must not."""

"""The catalogue's entries, a file a part of the course: (id, name, explanation, hint, topic)."""

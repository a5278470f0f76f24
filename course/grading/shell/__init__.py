"""Warm shells: a fork server inside the sandbox that runs students' cells, and the instructor's side of the wire to it."""

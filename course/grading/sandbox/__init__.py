"""The sandbox that a submission's code runs in: bubblewrap around a warm server, and a tighter one around each fork of it."""

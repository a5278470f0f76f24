"""Interactive exhibits: one frame, one file an exhibit, each with a still picture for places without widgets."""

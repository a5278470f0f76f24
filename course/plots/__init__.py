"""Pictures: one theme, one file a topic; functions take tensors and return a figure with alt text."""

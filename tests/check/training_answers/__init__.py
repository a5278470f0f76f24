"""Training functions, right and wrong, that the diagnosis of training must judge."""

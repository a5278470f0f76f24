"""`course regrade`: judging anew what a mended test or solution concerns, and what moved."""

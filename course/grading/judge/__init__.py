"""The judge: runs grade cells on the instructor's side, on student objects that live in another process."""

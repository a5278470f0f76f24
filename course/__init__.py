"""The PyTorch course: data, pictures, exhibits, checks and grading. Importing it imports nothing heavy."""

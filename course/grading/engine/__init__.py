"""The grading engine: plain data in, plain data out, on warm processes, judged from outside, merged by one writer."""

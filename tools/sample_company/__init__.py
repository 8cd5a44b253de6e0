"""The parts of tools/make_sample.py, one noun a file."""

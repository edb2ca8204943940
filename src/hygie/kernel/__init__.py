"""Compiled loops over columns and bytes. What they compute is known elsewhere in plain Python, which tests compare.

What comes in: NumPy arrays. What goes out: NumPy arrays and numbers. `compiled` holds the one decorator; where numba is
missing (`compiled.HERE` is false) callers use their plain twin. To add a loop: a module with `@compiled` functions
that take and fill arrays, a twin in the room that uses it, and a test that both give the same.

Whole numbers are 64 bits, signed, and wrap around; addresses and hashes are bit patterns in them.
"""

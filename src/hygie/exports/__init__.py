"""Pure renderers: what is known -> text or bytes of a format.

What comes in: a `model.picture.Picture`, or rows, and a language. What goes out: text or bytes; where they go is the
door's affair. Everything from outside is escaped for the format it goes into.

To add a format: `exports/x.py` with `render(...)`, one line in `RENDERERS`, a golden test, and a real consumer where
one can run.
"""

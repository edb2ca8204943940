"""`python -m hygie` is the command `hygie`."""

from hygie.serve.cli import run

if __name__ == "__main__":
    run()

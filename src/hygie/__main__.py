"""`python -m hygie` is the command `hygie`."""

from hygie.serve.cli import main

if __name__ == "__main__":
    main()

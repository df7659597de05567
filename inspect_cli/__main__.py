"""``python -m inspect_cli``: the same as the command ``inspect-cli``."""

from inspect_cli.cli import main

if __name__ == "__main__":
    main()

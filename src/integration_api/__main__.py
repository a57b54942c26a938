"""`python -m integration_api` is the command line."""

from integration_api.cli import main

if __name__ == "__main__":
    main()

"""`python -m integration_api` is the command line."""

import gc

gc.disable()  # importing makes a great many objects and drops next to none: looking through them is a third of it

from integration_api.cli.main import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()

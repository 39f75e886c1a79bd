"""`python -m corneille.run`: the command, where no entry point is installed."""

import sys

from corneille.run.command import main

sys.exit(main())

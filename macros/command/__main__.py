"""Runs the command `calculators` where it is not installed: `python -m macros.command`."""

from macros.command import main

raise SystemExit(main())

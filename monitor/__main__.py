"""`python -m monitor` is `newswire-monitor`."""

from monitor.cli import main

main()

"""The implementation guides as data: their rules, the walk along them, and their order."""

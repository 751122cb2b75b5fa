"""The right side of an item: what can be done about it, one pane for each kind of work."""

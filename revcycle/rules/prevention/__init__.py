"""Prevention: which edit would have stopped what was denied?"""

"""May a statement leave? The rules of the safety gate."""

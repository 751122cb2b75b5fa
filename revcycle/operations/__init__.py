"""What the office can do: a folder per stage; one verb, one module, one transaction."""

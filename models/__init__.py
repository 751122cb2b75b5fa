"""What things are: values, states, documents and tables. Imports nothing of ours above it."""

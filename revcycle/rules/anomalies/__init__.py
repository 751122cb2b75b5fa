"""What in codings a person should look at: remarks with their evidence, never verdicts."""

"""Work: taking, keeping, putting off, handing over."""

"""PDFs: statements to guarantors and reports to practices, laid out by Typst."""

"""Tables that people open in a spreadsheet, as CSV or XLSX."""

"""E-mails: the words around a PDF, and the PDF attached."""

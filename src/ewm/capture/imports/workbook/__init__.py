"""Our own workbook: the file to fill in, made from the programme's terms, and how it is read again."""

"""How a record is written on one page: shown, kept as a draft, finished, refused at the field, in conflict."""

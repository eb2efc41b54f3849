"""What cluster managers record, as Django applications; the only room that writes records."""

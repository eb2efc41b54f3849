"""Sign-in: the pages of allauth that this site has, under German addresses."""

"""Personal data of an account: given out (Art. 15 GDPR) and erased (Art. 17), wherever in the database they are."""

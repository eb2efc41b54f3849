"""The own account: name, language, appearance, sign-in, open sessions."""

"""Thin: parse, call one service, print."""

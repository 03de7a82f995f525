"""Strips everything but the article from web pages and plain text, and says why."""

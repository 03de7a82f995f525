"""Strings from a document, its verdicts and the labels to keep."""

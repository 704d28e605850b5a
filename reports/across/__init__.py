"""Across sites: what the latest reviews of many sites have in common, as a page and as files."""

"""Helpers of the team."""

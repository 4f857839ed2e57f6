"""Helpers of OpenLineage's system tests that other providers' DAG files use."""

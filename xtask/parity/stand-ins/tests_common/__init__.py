"""Stands in for the helpers of Airflow's own system tests, as far as DAG files use them while they are loaded."""

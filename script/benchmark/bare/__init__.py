"""The yardstick: 50 rows from the same PostgreSQL in a table, with the middleware of a new Django project and nothing else."""

"""Questions to the data: one store, one function and one .sql file per question."""

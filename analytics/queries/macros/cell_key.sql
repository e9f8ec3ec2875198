-- The key of the cell that some records make: the sum of their record keys modulo 2^32, NULL where the
-- figures are not perturbed. Records whose key is NULL are not in the cell.
CREATE MACRO cell_key(record_key) AS (sum(record_key) % 4294967296)::UBIGINT

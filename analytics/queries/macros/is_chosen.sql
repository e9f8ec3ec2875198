-- Whether a need has one of the codes chosen for a field; every need where none is.
CREATE MACRO is_chosen(chosen, field, code) AS
chosen[field] IS NULL OR list_contains(chosen[field], coalesce(code, 'unknown'))

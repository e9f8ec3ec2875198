-- Macros that the rules share: what a text looks like, and how it may be shown.

-- Whether the notes on a cell say something, see reading/notes.py.
CREATE MACRO says(note, word) AS contains(note, word);

CREATE MACRO has_email(t) AS regexp_matches(t, '[\w.+-]+\s?(@|\(at\)|\[at\])\s?[\w-]+(\.[\w-]+)+');

CREATE MACRO has_phone(t) AS
    regexp_matches(t, '(\+|\b00)[1-9]\d[\d ()/.-]{6,}\d')
    OR regexp_matches(t, '\b01[5-7]\d[ /.-]?\d{3}[ .-]?\d{4,5}\b')
    OR regexp_matches(t, '(^|[^\d/-])\(?0[2-9]\d{1,4}\)?( |/| / )\d{3}[\d -]{1,8}\b');

-- One capitalised word, or several as in "Erika Mustermann" or "MUSTERMANN, Erika"; no digits.
CREATE MACRO is_name(t) AS
    regexp_full_match(t, '\p{Lu}\p{Ll}{2,}')
    OR regexp_full_match(t, '\p{Lu}[\p{L}''’-]+([ ,._-]+\p{Lu}[\p{L}''’-]*)+');

CREATE MACRO names_person(t) AS
    regexp_matches(t, '\b(Herrn?|Frau|Fr\.|Hr\.|Familie|Fam\.|Mr\.?|Mrs\.?|Ms\.?) \p{Lu}\p{Ll}+')
    OR regexp_matches(t, '(?i)\b(geb\.|geboren|born) (am |on )?\d');

CREATE MACRO masked_contacts(t) AS CASE WHEN has_email(t) OR has_phone(t) THEN '•••' ELSE t END;

CREATE MACRO shortened(t) AS CASE WHEN length(t) > 40 THEN left(t, 39) || '…' ELSE t END;

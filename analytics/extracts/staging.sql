-- Macros that turn delivered text into values; NULL where the text cannot be read.

-- Excel counts days from 1899-12-30; serials of four or six digits would lie outside 1954 to 2119.
CREATE MACRO excel_date(t) AS
    CASE WHEN regexp_full_match(t, '[2-7]\d{4}(\.0+)?')
        THEN DATE '1899-12-30' + try_cast(split_part(t, '.', 1) AS INTEGER) END;

CREATE MACRO as_date(t) AS
    coalesce(
        CASE WHEN regexp_full_match(t, '\d{1,4}[-./]\d{1,2}[-./]\d{2,4}([ T].*)?') THEN
            try_strptime(
                t,
                [
                    '%Y-%m-%d', '%d.%m.%Y', '%d/%m/%Y', '%Y/%m/%d', '%Y-%m-%d %H:%M:%S',
                    '%Y-%m-%dT%H:%M:%S', '%d.%m.%Y %H:%M:%S', '%d.%m.%Y %H:%M'
                ]
            )::DATE
        END,
        excel_date(t)
    );

CREATE MACRO bare_number(t) AS regexp_replace(t, '[\s\x{00A0}\x{202F}€%]|EUR|Euro', '', 'g');

-- Thousands and decimals in either notation; 1.234 alone is read as thousands.
CREATE MACRO plain_number(t) AS
    CASE
        WHEN regexp_full_match(t, '[+-]?\d{1,3}(\.\d{3})+(,\d+)?')
            THEN replace(replace(t, '.', ''), ',', '.')
        WHEN regexp_full_match(t, '[+-]?\d{1,3}(,\d{3})+\.\d+') THEN replace(t, ',', '')
        WHEN regexp_full_match(t, '[+-]?\d+(,\d+)?') THEN replace(t, ',', '.')
        WHEN regexp_full_match(t, '[+-]?\d*\.?\d+([eE][+-]?\d+)?') THEN t
    END;

CREATE MACRO decimal_number(t) AS
    CASE WHEN regexp_full_match(t, '[+-]?\d*[.,]?\d+([eE][+-]?\d+)?')
        THEN try_cast(replace(t, ',', '.') AS DOUBLE) END;

CREATE MACRO is_ambiguous(t) AS regexp_full_match(bare_number(t), '[+-]?[1-9]\d{0,2}[.,]\d{3}');

-- typed: the file held numbers, not text, so the point is a decimal point.
CREATE MACRO as_number(t, typed) AS
    CASE
        WHEN typed THEN coalesce(decimal_number(t), try_cast(plain_number(bare_number(t)) AS DOUBLE))
        WHEN is_ambiguous(t) THEN NULL
        ELSE try_cast(plain_number(bare_number(t)) AS DOUBLE)
    END;

CREATE MACRO whole(x) AS CASE WHEN x = round(x) AND abs(x) < 9e15 THEN x::BIGINT END;

CREATE MACRO as_integer(t, typed) AS
    whole(
        CASE WHEN typed THEN coalesce(decimal_number(t), try_cast(plain_number(bare_number(t)) AS DOUBLE))
            ELSE try_cast(plain_number(bare_number(t)) AS DOUBLE) END
    );

CREATE MACRO as_share(t) AS
    decimal_number(bare_number(t)) / CASE WHEN contains(t, '%') THEN 100 ELSE 1 END;

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

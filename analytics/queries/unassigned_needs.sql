-- One row: how many needs of the window are of no known evaluation unit, as their municipality is
-- missing in a district with a model town.
SELECT count(*) AS needs
FROM chosen_needs(
    'state', $start, $end, $offer_areas, [$unassigned], NULL, $districts, $providers,
    $legal_regimes
)

-- M-02
WITH macro_recency AS (
  SELECT macro_values.macro_value_id, ROW_NUMBER() OVER (PARTITION BY macro_values.cluster_id, macro_values.delimitation, macro_values.measure, macro_values.reporting_year ORDER BY macro_values.period DESC, macro_values.period_from) AS recency
  FROM macro_values
),
units AS (
  SELECT 'published_macro_value' AS population, macro_values.cluster_id, years.reporting_year, macro_values.macro_value_id, macro_values.measure, macro_values.unit, macro_values.value
  FROM macro_values
  LEFT JOIN macro_recency ON macro_recency.macro_value_id = macro_values.macro_value_id
  JOIN years ON macro_values.reporting_year = years.reporting_year /* T-29 S1 */
  WHERE macro_recency.recency = 1 /* T-29 S2 */
    AND macro_values.delimitation = 'core' /* M-02 S1 */
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(NULL AS BIGINT) AS amount
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'measure' AS level, CAST(units.measure AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(MAX(units.value) AS BIGINT) AS amount
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.measure
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'measure > unit' AS level, CAST(units.measure AS TEXT) AS k1, CAST(units.unit AS TEXT) AS k2,
  CAST(MAX(units.value) AS BIGINT) AS amount
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.measure, units.unit

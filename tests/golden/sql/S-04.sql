-- S-04
WITH units AS (
  SELECT 'counted_activity' AS population, activities.cluster_id, years.reporting_year, activities.activity_id, activities.activity_kind, activities.activity_format, activities.is_lead
  FROM activities
  JOIN years ON YEAR(activities.activity_start) = years.reporting_year /* T-03 S1 */
    AND years.reporting_year <= 2019
  WHERE NOT activities.is_standard /* T-03 S2 */
  UNION ALL
  SELECT 'counted_activity' AS population, activities.cluster_id, years.reporting_year, activities.activity_id, activities.activity_kind, activities.activity_format, activities.is_lead
  FROM activities
  JOIN years ON YEAR(activities.activity_end) = years.reporting_year /* T-03 S1 */
    AND years.reporting_year >= 2020
  WHERE NOT activities.is_standard /* T-03 S2 */
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(CASE WHEN units.is_lead THEN 1 ELSE 0 END) AS BIGINT) AS led
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'activity_kind' AS level, CAST(units.activity_kind AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS led
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.activity_kind
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'activity_format' AS level, CAST(units.activity_format AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS led
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.activity_format

-- S-01
WITH action_field AS (
  SELECT terms.term_id, terms.series_id AS action_field
  FROM terms
  WHERE terms.taxonomy = 'action_field' /* T-12 S1 */
),
units AS (
  SELECT 'counted_activity' AS population, activities.cluster_id, years.reporting_year, activities.activity_id, action_field.action_field
  FROM activities
  JOIN activity_assignments ON activity_assignments.activity_id = activities.activity_id
  LEFT JOIN action_field ON action_field.term_id = activity_assignments.term_id
  JOIN years ON YEAR(activities.activity_start) = years.reporting_year /* T-03 S1 */
    AND years.reporting_year <= 2019
  WHERE NOT activities.is_standard /* T-03 S2 */
    AND NOT action_field.action_field IS NULL /* S-01 S1 */
    AND activity_assignments.is_main /* S-01 S2 */
  UNION ALL
  SELECT 'counted_activity' AS population, activities.cluster_id, years.reporting_year, activities.activity_id, action_field.action_field
  FROM activities
  JOIN activity_assignments ON activity_assignments.activity_id = activities.activity_id
  LEFT JOIN action_field ON action_field.term_id = activity_assignments.term_id
  JOIN years ON YEAR(activities.activity_end) = years.reporting_year /* T-03 S1 */
    AND years.reporting_year >= 2020
  WHERE NOT activities.is_standard /* T-03 S2 */
    AND NOT action_field.action_field IS NULL /* S-01 S1 */
    AND activity_assignments.is_main /* S-01 S2 */
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM (SELECT DISTINCT population, cluster_id, reporting_year, activity_id FROM units) AS units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'action_field' AS level, CAST(units.action_field AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM (SELECT DISTINCT population, cluster_id, reporting_year, activity_id, action_field FROM units) AS units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.action_field

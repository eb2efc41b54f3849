-- S-02
WITH guideline AS (
  SELECT terms.term_id, COALESCE(terms.parent_id, terms.term_id) AS guideline, terms.term_id AS guideline_category
  FROM terms
  WHERE terms.taxonomy = 'guideline' /* T-10 S1 */
),
units AS (
  SELECT 'counted_activity' AS population, activities.cluster_id, years.reporting_year, activities.activity_id, guideline.guideline, guideline.guideline_category
  FROM activities
  JOIN activity_assignments ON activity_assignments.activity_id = activities.activity_id
  LEFT JOIN guideline ON guideline.term_id = activity_assignments.term_id
  JOIN years ON YEAR(activities.activity_end) = years.reporting_year /* T-03 S1 */
    AND years.reporting_year >= 2020
  WHERE NOT activities.is_standard /* T-03 S2 */
    AND NOT guideline.guideline IS NULL /* S-02 S1 */
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM (SELECT DISTINCT population, cluster_id, reporting_year, activity_id FROM units) AS units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'guideline' AS level, CAST(units.guideline AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM (SELECT DISTINCT population, cluster_id, reporting_year, activity_id, guideline FROM units) AS units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.guideline
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'guideline > guideline_category' AS level, CAST(units.guideline AS TEXT) AS k1, CAST(units.guideline_category AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.guideline, units.guideline_category

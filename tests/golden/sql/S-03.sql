-- S-03
WITH focus_topic AS (
  SELECT terms.term_id, COALESCE(terms.parent_id, terms.term_id) AS focus_topic, terms.term_id AS focus_subtopic
  FROM terms
  WHERE terms.taxonomy = 'focus_topic' /* T-11 S1 */
),
units AS (
  SELECT 'counted_activity' AS population, activities.cluster_id, years.reporting_year, activities.activity_id, focus_topic.focus_topic, focus_topic.focus_subtopic
  FROM activities
  JOIN activity_assignments ON activity_assignments.activity_id = activities.activity_id
  LEFT JOIN focus_topic ON focus_topic.term_id = activity_assignments.term_id
  JOIN years ON YEAR(activities.activity_end) = years.reporting_year /* T-03 S1 */
    AND years.reporting_year >= 2020
  WHERE NOT activities.is_standard /* T-03 S2 */
    AND NOT focus_topic.focus_topic IS NULL /* S-03 S1 */
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM (SELECT DISTINCT population, cluster_id, reporting_year, activity_id FROM units) AS units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'focus_topic' AS level, CAST(units.focus_topic AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM (SELECT DISTINCT population, cluster_id, reporting_year, activity_id, focus_topic FROM units) AS units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.focus_topic
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'focus_topic > focus_subtopic' AS level, CAST(units.focus_topic AS TEXT) AS k1, CAST(units.focus_subtopic AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.focus_topic, units.focus_subtopic

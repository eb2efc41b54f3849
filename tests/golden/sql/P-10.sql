-- P-10
WITH action_field AS (
  SELECT terms.term_id, terms.series_id AS action_field
  FROM terms
  WHERE terms.taxonomy = 'action_field' /* T-12 S1 */
),
units AS (
  SELECT 'new_project' AS population, projects.cluster_id, years.reporting_year, projects.project_id, projects.project_volume, action_field.action_field
  FROM projects
  JOIN project_assignments ON project_assignments.project_id = projects.project_id
  LEFT JOIN action_field ON action_field.term_id = project_assignments.term_id
  JOIN years ON YEAR(projects.support_start) = years.reporting_year /* T-01 S2 */
  WHERE NOT projects.status_at_cut_off IN ('aborted', 'refused') /* T-01 S3 */
    AND NOT action_field.action_field IS NULL /* P-10 S1 */
    AND project_assignments.is_main /* P-10 S2 */
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(units.project_volume) AS BIGINT) AS project_volume
FROM (SELECT DISTINCT population, cluster_id, reporting_year, project_id, project_volume FROM units) AS units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'action_field' AS level, CAST(units.action_field AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(units.project_volume) AS BIGINT) AS project_volume
FROM (SELECT DISTINCT population, cluster_id, reporting_year, project_id, project_volume, action_field FROM units) AS units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.action_field

-- P-08
WITH guideline AS (
  SELECT terms.term_id, COALESCE(terms.parent_id, terms.term_id) AS guideline, terms.term_id AS guideline_category
  FROM terms
  WHERE terms.taxonomy = 'guideline' /* T-10 S1 */
),
units AS (
  SELECT 'new_project' AS population, projects.cluster_id, years.reporting_year, projects.project_id, guideline.guideline, guideline.guideline_category
  FROM projects
  JOIN project_assignments ON project_assignments.project_id = projects.project_id
  LEFT JOIN guideline ON guideline.term_id = project_assignments.term_id
  JOIN years ON YEAR(projects.support_start) = years.reporting_year /* T-01 S2 */
    AND years.reporting_year >= 2020
  WHERE NOT projects.status_at_cut_off IN ('aborted', 'refused') /* T-01 S3 */
    AND NOT guideline.guideline IS NULL /* P-08 S1 */
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM (SELECT DISTINCT population, cluster_id, reporting_year, project_id FROM units) AS units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'guideline' AS level, CAST(units.guideline AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM (SELECT DISTINCT population, cluster_id, reporting_year, project_id, guideline FROM units) AS units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.guideline
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'guideline > guideline_category' AS level, CAST(units.guideline AS TEXT) AS k1, CAST(units.guideline_category AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.guideline, units.guideline_category

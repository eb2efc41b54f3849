-- P-02
WITH status_at_year_end AS (
  SELECT project_id, status_at_year_end, reporting_year FROM (
    SELECT project_status_events.project_id, project_status_events.status AS status_at_year_end, years.reporting_year, ROW_NUMBER() OVER (PARTITION BY project_status_events.project_id, years.reporting_year ORDER BY project_status_events.status_from DESC) AS place
    FROM project_status_events
    JOIN years ON project_status_events.status_from <= years.year_end /* T-13 S1 */
  ) AS ordered
  WHERE place = 1
),
counted AS (
  SELECT 'running_project' AS population, projects.cluster_id, years.reporting_year, projects.project_id
  FROM projects
  JOIN years ON projects.support_start <= years.year_end /* T-02 S1 */
    AND (projects.support_end IS NULL OR projects.support_end >= years.year_start) /* T-02 S2 */
  WHERE NOT projects.status_at_cut_off IN ('aborted', 'refused') /* T-02 S3 */
),
units AS (
  SELECT counted.*, status_at_year_end.status_at_year_end
  FROM counted
  LEFT JOIN status_at_year_end ON status_at_year_end.project_id = counted.project_id AND status_at_year_end.reporting_year = counted.reporting_year
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'status_at_year_end' AS level, CAST(units.status_at_year_end AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.status_at_year_end

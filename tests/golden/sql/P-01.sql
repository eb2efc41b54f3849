-- P-01
WITH status_at_year_end AS (
  SELECT project_id, status_at_year_end, reporting_year FROM (
    SELECT project_status_events.project_id, project_status_events.status AS status_at_year_end, years.reporting_year, ROW_NUMBER() OVER (PARTITION BY project_status_events.project_id, years.reporting_year ORDER BY project_status_events.status_from DESC) AS place
    FROM project_status_events
    JOIN years ON project_status_events.status_from <= years.year_end /* T-13 S1 */
  ) AS ordered
  WHERE place = 1
),
counted AS (
  SELECT 'new_project' AS population, projects.cluster_id, years.reporting_year, projects.project_id, projects.status_at_cut_off, projects.is_rdi
  FROM projects
  JOIN years ON YEAR(projects.support_start) = years.reporting_year /* T-01 S2 */
  WHERE NOT projects.status_at_cut_off IN ('aborted', 'refused') /* T-01 S3 */
),
units AS (
  SELECT counted.*, status_at_year_end.status_at_year_end
  FROM counted
  LEFT JOIN status_at_year_end ON status_at_year_end.project_id = counted.project_id AND status_at_year_end.reporting_year = counted.reporting_year
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(CASE WHEN units.is_rdi THEN 1 ELSE 0 END) AS BIGINT) AS rdi_share, CAST(COUNT(*) AS BIGINT) AS rdi_share_whole
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'status_at_cut_off' AS level, CAST(units.status_at_cut_off AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS rdi_share, CAST(NULL AS BIGINT) AS rdi_share_whole
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.status_at_cut_off
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'status_at_year_end' AS level, CAST(units.status_at_year_end AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS rdi_share, CAST(NULL AS BIGINT) AS rdi_share_whole
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.status_at_year_end

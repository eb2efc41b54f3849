-- P-04
WITH public_funding AS (
  SELECT projects.project_id, projects.funding_state IN ('secured', 'sought') AS publicly_funded
  FROM projects
),
counted AS (
  SELECT 'new_project' AS population, projects.cluster_id, years.reporting_year, projects.project_id, projects.project_volume, projects.project_volume_regional, projects.funding_volume, projects.funding_volume_regional, projects.project_volume_estimated
  FROM projects
  JOIN years ON YEAR(projects.support_start) = years.reporting_year /* T-01 S2 */
  WHERE NOT projects.status_at_cut_off IN ('aborted', 'refused') /* T-01 S3 */
),
units AS (
  SELECT counted.*, public_funding.publicly_funded
  FROM counted
  LEFT JOIN public_funding ON public_funding.project_id = counted.project_id
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(SUM(units.project_volume) AS BIGINT) AS project_volume, CAST(SUM(units.project_volume_regional) AS BIGINT) AS project_volume_regional, CAST(SUM(units.funding_volume) AS BIGINT) AS funding_volume, CAST(SUM(units.funding_volume_regional) AS BIGINT) AS funding_volume_regional, CAST(SUM(CASE WHEN units.publicly_funded THEN units.project_volume ELSE 0 END) AS BIGINT) AS funded_share, CAST(SUM(units.project_volume) AS BIGINT) AS funded_share_whole, CAST(SUM(units.funding_volume) AS BIGINT) AS funding_ratio, CAST(SUM(units.project_volume) AS BIGINT) AS funding_ratio_whole, CAST(SUM(units.project_volume) AS BIGINT) AS mean_volume, CAST(SUM(CASE WHEN NOT units.project_volume IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS mean_volume_whole, CAST(SUM(CASE WHEN units.project_volume_estimated THEN units.project_volume ELSE 0 END) AS BIGINT) AS estimated_share, CAST(SUM(units.project_volume) AS BIGINT) AS estimated_share_whole
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year

-- P-07
WITH funding_by_body AS (
  SELECT project_funding.project_id, project_funding.granting_body, SUM(project_funding.amount) AS granted_amount
  FROM project_funding
  GROUP BY project_funding.project_id, project_funding.granting_body
),
main_funder AS (
  SELECT project_id, main_funder FROM (
    SELECT projects.project_id, COALESCE(funding_by_body.granting_body, 'unfunded') AS main_funder, ROW_NUMBER() OVER (PARTITION BY projects.project_id ORDER BY funding_by_body.granted_amount DESC, funding_by_body.granting_body = 'state' DESC, funding_by_body.granting_body = 'federal' DESC) AS place
    FROM projects
    LEFT JOIN funding_by_body ON funding_by_body.project_id = projects.project_id
  ) AS ordered
  WHERE place = 1
),
counted AS (
  SELECT 'new_project' AS population, projects.cluster_id, years.reporting_year, projects.project_id
  FROM projects
  JOIN years ON YEAR(projects.support_start) = years.reporting_year /* T-01 S2 */
  WHERE NOT projects.status_at_cut_off IN ('aborted', 'refused') /* T-01 S3 */
    AND projects.is_rdi /* P-07 S1 */
),
units AS (
  SELECT counted.*, main_funder.main_funder
  FROM counted
  LEFT JOIN main_funder ON main_funder.project_id = counted.project_id
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'main_funder' AS level, CAST(units.main_funder AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.main_funder

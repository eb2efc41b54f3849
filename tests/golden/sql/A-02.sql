-- A-02
WITH project_membership AS (
  SELECT DISTINCT projects.project_id, project_participations.actor_id, actor_clusters.member_cluster_id, CASE WHEN actor_clusters.member_cluster_id = projects.cluster_id THEN 1 ELSE 0 END AS membership_at_home
  FROM projects
  JOIN project_participations ON project_participations.project_id = projects.project_id
  JOIN actor_clusters ON actor_clusters.actor_id = project_participations.actor_id
  WHERE actor_clusters.member_from <= projects.support_start /* T-21 S1 */
    AND (actor_clusters.member_to IS NULL OR actor_clusters.member_to >= projects.support_start) /* T-21 S2 */
),
project_home AS (
  SELECT project_membership.project_id, project_membership.actor_id, MAX(project_membership.membership_at_home) AS home_member
  FROM project_membership
  GROUP BY project_membership.project_id, project_membership.actor_id
),
project_outside_cluster AS (
  SELECT DISTINCT project_membership.project_id, project_membership.member_cluster_id AS outside_cluster_id
  FROM project_membership
  JOIN project_home ON project_home.project_id = project_membership.project_id AND project_home.actor_id = project_membership.actor_id
  WHERE project_home.home_member = 0 /* T-16 S1 */
),
units AS (
  SELECT 'new_project' AS population, projects.cluster_id, years.reporting_year, projects.project_id, project_outside_cluster.outside_cluster_id
  FROM projects
  JOIN project_outside_cluster ON project_outside_cluster.project_id = projects.project_id
  JOIN years ON YEAR(projects.support_start) = years.reporting_year /* T-01 S2 */
  WHERE NOT projects.status_at_cut_off IN ('aborted', 'refused') /* T-01 S3 */
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'outside_cluster_id' AS level, CAST(units.outside_cluster_id AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.outside_cluster_id

-- A-04
WITH activity_membership AS (
  SELECT DISTINCT activities.activity_id, activity_participations.actor_id, actor_clusters.member_cluster_id, CASE WHEN actor_clusters.member_cluster_id = activities.cluster_id THEN 1 ELSE 0 END AS activity_membership_at_home
  FROM activities
  JOIN activity_participations ON activity_participations.activity_id = activities.activity_id
  JOIN actor_clusters ON actor_clusters.actor_id = activity_participations.actor_id
  WHERE actor_clusters.member_from <= COALESCE(activities.activity_end, activities.activity_start) /* T-23 S1 */
    AND (actor_clusters.member_to IS NULL OR actor_clusters.member_to >= COALESCE(activities.activity_end, activities.activity_start)) /* T-23 S2 */
),
activity_home AS (
  SELECT activity_membership.activity_id, activity_membership.actor_id, MAX(activity_membership.activity_membership_at_home) AS activity_home_member
  FROM activity_membership
  GROUP BY activity_membership.activity_id, activity_membership.actor_id
),
activity_outside_cluster AS (
  SELECT DISTINCT activity_membership.activity_id, activity_membership.member_cluster_id AS outside_cluster_id
  FROM activity_membership
  JOIN activity_home ON activity_home.activity_id = activity_membership.activity_id AND activity_home.actor_id = activity_membership.actor_id
  WHERE activity_home.activity_home_member = 0 /* T-17 S1 */
),
units AS (
  SELECT 'counted_activity' AS population, activities.cluster_id, years.reporting_year, activities.activity_id, activity_outside_cluster.outside_cluster_id
  FROM activities
  JOIN activity_outside_cluster ON activity_outside_cluster.activity_id = activities.activity_id
  JOIN years ON YEAR(activities.activity_start) = years.reporting_year /* T-03 S1 */
    AND years.reporting_year <= 2019
  WHERE NOT activities.is_standard /* T-03 S2 */
  UNION ALL
  SELECT 'counted_activity' AS population, activities.cluster_id, years.reporting_year, activities.activity_id, activity_outside_cluster.outside_cluster_id
  FROM activities
  JOIN activity_outside_cluster ON activity_outside_cluster.activity_id = activities.activity_id
  JOIN years ON YEAR(activities.activity_end) = years.reporting_year /* T-03 S1 */
    AND years.reporting_year >= 2020
  WHERE NOT activities.is_standard /* T-03 S2 */
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

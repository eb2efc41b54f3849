-- A-03
WITH actor_group AS (
  SELECT terms.term_id AS actor_type, COALESCE(terms.parent_id, terms.term_id) AS actor_group
  FROM terms
  WHERE terms.taxonomy = 'actor_type' /* T-26 S1 */
),
counted_actor AS (
  SELECT actors.actor_id AS counting_actor_id, actor_group.actor_group AS counted_type, actors.size_class AS counted_size, CASE WHEN actors.land_id = '12' THEN 'brandenburg' WHEN actors.land_id = '11' THEN 'berlin' WHEN actors.country = 'DE' THEN 'germany' ELSE 'abroad' END AS counted_origin, CASE WHEN actors.land_id = '12' THEN actors.district_id END AS counted_district
  FROM actors
  LEFT JOIN actor_group ON actor_group.actor_type = actors.actor_type
),
actor_line AS (
  with recursive up as (
    select actor_id, actor_id as ancestor_id, actor_type as line_type, parent_id, 0 as steps from actors
    union all
    select up.actor_id, actors.actor_id, up.line_type, actors.parent_id, up.steps + 1
    from up join actors on actors.actor_id = up.parent_id)
  select actor_id, ancestor_id, line_type, max(steps) over (partition by actor_id) - steps as depth from up
),
counting_level AS (
  SELECT actor_id, counting_actor_id, from_year, to_year FROM (
    SELECT actor_line.actor_id, actor_line.ancestor_id AS counting_actor_id, 0 AS from_year, 2018 AS to_year, ROW_NUMBER() OVER (PARTITION BY actor_line.actor_id ORDER BY actor_line.depth DESC) AS place
    FROM actor_line
    WHERE (actor_line.line_type <> 'university' OR actor_line.depth <= 1) /* T-05 S1 */
      AND (actor_line.line_type <> 'research_institute' OR actor_line.depth <= 1) /* T-05 S2 */
      AND (actor_line.line_type IN ('university', 'research_institute') OR actor_line.depth = 0) /* T-05 S3 */
  ) AS ordered
  WHERE place = 1
  UNION ALL
  SELECT actor_id, counting_actor_id, from_year, to_year FROM (
    SELECT actor_line.actor_id, actor_line.ancestor_id AS counting_actor_id, 2019 AS from_year, 9999 AS to_year, ROW_NUMBER() OVER (PARTITION BY actor_line.actor_id ORDER BY actor_line.depth DESC) AS place
    FROM actor_line
    WHERE (actor_line.line_type <> 'university' OR actor_line.depth = 0) /* T-05 S1 */
      AND (actor_line.line_type <> 'research_institute' OR actor_line.depth <= 1) /* T-05 S2 */
      AND (actor_line.line_type IN ('university', 'research_institute') OR actor_line.depth = 0) /* T-05 S3 */
  ) AS ordered
  WHERE place = 1
),
counted_activity__years AS (
  SELECT activities.cluster_id, activities.activity_id, BIT_OR(CAST(1 AS BIGINT) << (years.reporting_year % 63)) AS year_set
  FROM activities
  JOIN years ON YEAR(activities.activity_start) = years.reporting_year /* T-03 S1 */
    AND years.reporting_year <= 2019
  WHERE NOT activities.is_standard /* T-03 S2 */
  GROUP BY activities.cluster_id, activities.activity_id
),
counted_activity__seen AS (
  SELECT activities.cluster_id, activity_participations.actor_id, BIT_OR(activities.year_set) AS year_set
  FROM counted_activity__years AS activities
  JOIN activity_participations ON activity_participations.activity_id = activities.activity_id
  GROUP BY activities.cluster_id, activity_participations.actor_id
),
counted_activity__2020__years AS (
  SELECT activities.cluster_id, activities.activity_id, BIT_OR(CAST(1 AS BIGINT) << (years.reporting_year % 63)) AS year_set
  FROM activities
  JOIN years ON YEAR(activities.activity_end) = years.reporting_year /* T-03 S1 */
    AND years.reporting_year >= 2020
  WHERE NOT activities.is_standard /* T-03 S2 */
  GROUP BY activities.cluster_id, activities.activity_id
),
counted_activity__2020__seen AS (
  SELECT activities.cluster_id, activity_participations.actor_id, BIT_OR(activities.year_set) AS year_set
  FROM counted_activity__2020__years AS activities
  JOIN activity_participations ON activity_participations.activity_id = activities.activity_id
  GROUP BY activities.cluster_id, activity_participations.actor_id
),
counted AS (
  SELECT 'counted_activity' AS population, counted_activity__seen.cluster_id, counting_level.counting_actor_id, counting_level.from_year, counting_level.to_year, BIT_OR(counted_activity__seen.year_set) AS year_set
  FROM counted_activity__seen
  LEFT JOIN counting_level ON counting_level.actor_id = counted_activity__seen.actor_id
  GROUP BY counted_activity__seen.cluster_id, counting_level.counting_actor_id, counting_level.from_year, counting_level.to_year
  UNION ALL
  SELECT 'counted_activity' AS population, counted_activity__2020__seen.cluster_id, counting_level.counting_actor_id, counting_level.from_year, counting_level.to_year, BIT_OR(counted_activity__2020__seen.year_set) AS year_set
  FROM counted_activity__2020__seen
  LEFT JOIN counting_level ON counting_level.actor_id = counted_activity__2020__seen.actor_id
  GROUP BY counted_activity__2020__seen.cluster_id, counting_level.counting_actor_id, counting_level.from_year, counting_level.to_year
),
units AS (
  SELECT counted.population, counted.cluster_id, years.reporting_year, counted.counting_actor_id, counted_actor.counted_type, counted_actor.counted_size, counted_actor.counted_origin, counted_actor.counted_district
  FROM counted
  LEFT JOIN counted_actor ON counted_actor.counting_actor_id = counted.counting_actor_id
  JOIN years ON (counted.year_set & (CAST(1 AS BIGINT) << (years.reporting_year % 63))) <> 0 AND years.reporting_year BETWEEN counted.from_year AND counted.to_year
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'counted_type' AS level, CAST(units.counted_type AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.counted_type
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'counted_type > counted_size' AS level, CAST(units.counted_type AS TEXT) AS k1, CAST(units.counted_size AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.counted_type, units.counted_size
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'counted_origin' AS level, CAST(units.counted_origin AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.counted_origin
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'counted_district' AS level, CAST(units.counted_district AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.counted_district

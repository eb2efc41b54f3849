-- The twelve tables as a careful person would write them for DuckDB: shared temporary tables, conditions pushed down by
-- hand, GROUPING SETS in place of one statement per level, one pass over the participations for both populations.
-- Each block begins with "-- name"; blocks run in order, and result_* must equal the compiled tables.

-- shared_terms
CREATE TEMP TABLE t AS
SELECT term_id, taxonomy, term_id AS term, coalesce(parent_id, term_id) AS top, series_id AS series FROM terms;

-- shared_projects
CREATE TEMP TABLE p AS
SELECT project_id, cluster_id, year(support_start)::SMALLINT AS y,
  greatest(year(support_start), lo)::SMALLINT AS first_year, least(coalesce(year(support_end), hi), hi)::SMALLINT AS last_year,
  support_start, status_at_cut_off AS status, is_rdi, funding_state <> 'none' AS public,
  project_volume AS total, project_volume_regional AS regional, project_volume_estimated AS estimated,
  funding_volume AS funding, funding_volume_regional AS funding_regional
FROM projects, (SELECT min(reporting_year) AS lo, max(reporting_year) AS hi FROM years)
WHERE status_at_cut_off NOT IN ('aborted', 'refused');

-- shared_actors
CREATE TEMP TABLE a AS
WITH RECURSIVE up AS (
  SELECT actor_id, actor_id AS ancestor_id, parent_id, 0 AS steps FROM actors
  UNION ALL
  SELECT up.actor_id, actors.actor_id, actors.parent_id, up.steps + 1 FROM up JOIN actors ON actors.actor_id = up.parent_id
), ends AS (
  SELECT actor_id, arg_max(ancestor_id, steps) AS root, max(steps) AS steps FROM up GROUP BY actor_id
), levels AS (
  SELECT ends.actor_id, root, coalesce(second.ancestor_id, root) AS second
  FROM ends LEFT JOIN up AS second ON second.actor_id = ends.actor_id AND second.steps = ends.steps - 1
)
SELECT actors.actor_id, t.top AS kind, size_class AS size,
  land_id AS land, district_id AS district,
  CASE WHEN actor_type = 'research_institute' THEN second ELSE root END AS organisation,
  CASE WHEN actor_type IN ('research_institute', 'university') THEN second ELSE root END AS until_2018
FROM actors JOIN levels USING (actor_id) JOIN t ON t.term_id = actor_type;

-- result_b_01
CREATE TEMP TABLE result_b_01 AS
SELECT 'new_project' AS population, cluster_id::VARCHAR AS cluster_id, y::INT AS reporting_year,
  CASE WHEN grouping(status) = 1 THEN 'total' ELSE 'status_at_cut_off' END AS level, status::VARCHAR AS k1,
  NULL::VARCHAR AS k2, count(*) AS n
FROM p SEMI JOIN years ON years.reporting_year = p.y
GROUP BY GROUPING SETS ((cluster_id, y), (cluster_id, y, status));

-- result_b_02
CREATE TEMP TABLE result_b_02 AS
SELECT 'running_project' AS population, cluster_id::VARCHAR AS cluster_id, reporting_year,
  CASE WHEN grouping(status) = 1 THEN 'total' ELSE 'status_at_cut_off' END AS level, status::VARCHAR AS k1,
  NULL::VARCHAR AS k2, sum(n)::BIGINT AS n
FROM (SELECT cluster_id, status, first_year, last_year, count(*) AS n FROM p GROUP BY ALL)
JOIN years ON reporting_year BETWEEN first_year AND last_year
GROUP BY GROUPING SETS ((cluster_id, reporting_year), (cluster_id, reporting_year, status));

-- result_p_04
CREATE TEMP TABLE result_p_04 AS
SELECT 'new_project' AS population, cluster_id::VARCHAR AS cluster_id, y::INT AS reporting_year, 'total' AS level,
  NULL::VARCHAR AS k1, NULL::VARCHAR AS k2,
  sum(total)::BIGINT AS project_volume, sum(regional)::BIGINT AS project_volume_regional,
  sum(funding)::BIGINT AS funding_volume, sum(funding_regional)::BIGINT AS funding_volume_regional,
  sum(CASE WHEN public THEN total ELSE 0 END)::BIGINT AS funded_share, sum(total)::BIGINT AS funded_share_whole,
  sum(funding)::BIGINT AS funding_ratio, sum(total)::BIGINT AS funding_ratio_whole,
  sum(total)::BIGINT AS mean_volume, count(total) AS mean_volume_whole,
  sum(CASE WHEN estimated THEN total ELSE 0 END)::BIGINT AS estimated_share, sum(total)::BIGINT AS estimated_share_whole
FROM p SEMI JOIN years ON years.reporting_year = p.y
GROUP BY cluster_id, y;

-- result_b_03
CREATE TEMP TABLE result_b_03 AS
SELECT 'new_project' AS population, cluster_id::VARCHAR AS cluster_id, y::INT AS reporting_year, 'total' AS level,
  NULL::VARCHAR AS k1, NULL::VARCHAR AS k2,
  sum(is_rdi::INT)::BIGINT AS rdi_share, count(*) AS rdi_share_whole
FROM p SEMI JOIN years ON years.reporting_year = p.y
GROUP BY cluster_id, y;

-- shared_partners
CREATE TEMP TABLE partners AS
WITH partner AS (
  SELECT DISTINCT project_id, organisation
  FROM project_participations JOIN a USING (actor_id) SEMI JOIN (FROM p WHERE is_rdi) AS q USING (project_id)
  WHERE role <> 'associated'
)
SELECT project_id,
  CASE WHEN count(*) = 1 THEN 'single'
    WHEN bool_or(kind = 'company') AND bool_or(kind = 'science') THEN 'mixed'
    WHEN count(*) FILTER (WHERE kind = 'company') > 1 THEN 'joint-companies'
    ELSE 'joint-other' END AS consortium
FROM partner JOIN a ON a.actor_id = partner.organisation
GROUP BY project_id;

-- result_p_06
CREATE TEMP TABLE result_p_06 AS
WITH best AS (
  SELECT project_id, programme_id FROM project_funding
  QUALIFY row_number() OVER (PARTITION BY project_id ORDER BY amount DESC, funding_id) = 1
)
SELECT 'new_project' AS population, cluster_id::VARCHAR AS cluster_id, y::INT AS reporting_year,
  CASE grouping(consortium, programme) WHEN 3 THEN 'total' WHEN 1 THEN 'consortium' ELSE 'consortium > main_programme' END AS level,
  consortium::VARCHAR AS k1, programme::VARCHAR AS k2, count(*) AS n
FROM (
  SELECT cluster_id, y, consortium, t.top AS programme
  FROM p SEMI JOIN years ON years.reporting_year = p.y
  LEFT JOIN partners USING (project_id) LEFT JOIN best USING (project_id)
  LEFT JOIN t ON t.term_id = best.programme_id
  WHERE is_rdi
)
GROUP BY GROUPING SETS ((cluster_id, y), (cluster_id, y, consortium), (cluster_id, y, consortium, programme));

-- result_p_07
CREATE TEMP TABLE result_p_07 AS
WITH grants AS (
  SELECT project_id, sum(amount) FILTER (WHERE granting_body = 'state') AS state,
    sum(amount) FILTER (WHERE granting_body = 'federal') AS federal, sum(amount) FILTER (WHERE granting_body = 'eu') AS eu
  FROM project_funding GROUP BY project_id
), best AS (
  SELECT project_id,
    CASE greatest(state, federal, eu) WHEN state THEN 'state' WHEN federal THEN 'federal' ELSE 'eu' END AS funder
  FROM grants
)
SELECT 'new_project' AS population, cluster_id::VARCHAR AS cluster_id, y::INT AS reporting_year,
  CASE WHEN grouping(funder) = 1 THEN 'total' ELSE 'main_funder' END AS level, funder::VARCHAR AS k1,
  NULL::VARCHAR AS k2, count(*) AS n
FROM (
  SELECT cluster_id, y, coalesce(funder, 'unfunded') AS funder
  FROM p SEMI JOIN years ON years.reporting_year = p.y LEFT JOIN best USING (project_id)
  WHERE is_rdi
)
GROUP BY GROUPING SETS ((cluster_id, y), (cluster_id, y, funder));

-- shared_assignments
CREATE TEMP TABLE assigned AS
SELECT project_id, cluster_id, y, total, t.term AS term_id, taxonomy = 'guideline' AS is_guideline,
  t.top AS guideline, t.series AS field, is_main
FROM project_assignments JOIN p USING (project_id) JOIN t USING (term_id)
SEMI JOIN years ON years.reporting_year = p.y
WHERE taxonomy IN ('guideline', 'action_field');

-- result_b_04
CREATE TEMP TABLE result_b_04 AS
WITH pairs AS (SELECT DISTINCT cluster_id, y, project_id, guideline FROM assigned WHERE is_guideline)
SELECT 'new_project' AS population, cluster_id::VARCHAR AS cluster_id, y::INT AS reporting_year, 'total' AS level,
  NULL::VARCHAR AS k1, NULL::VARCHAR AS k2, count(*) AS n
FROM (SELECT DISTINCT cluster_id, y, project_id FROM pairs) GROUP BY cluster_id, y
UNION ALL
SELECT 'new_project', cluster_id::VARCHAR, y::INT, 'guideline', guideline::VARCHAR, NULL, count(*)
FROM pairs GROUP BY cluster_id, y, guideline
UNION ALL
SELECT 'new_project', cluster_id::VARCHAR, y::INT, 'guideline > guideline_category', guideline::VARCHAR, term_id::VARCHAR, count(*)
FROM assigned WHERE is_guideline GROUP BY cluster_id, y, guideline, term_id;

-- result_b_05
CREATE TEMP TABLE result_b_05 AS
SELECT 'new_project' AS population, cluster_id::VARCHAR AS cluster_id, y::INT AS reporting_year,
  CASE WHEN grouping(guideline) = 1 THEN 'total' ELSE 'guideline' END AS level, guideline::VARCHAR AS k1,
  NULL::VARCHAR AS k2, count(*) AS n
FROM assigned WHERE is_guideline
GROUP BY GROUPING SETS ((cluster_id, y), (cluster_id, y, guideline));

-- result_p_10
CREATE TEMP TABLE result_p_10 AS
SELECT 'new_project' AS population, cluster_id::VARCHAR AS cluster_id, y::INT AS reporting_year,
  CASE WHEN grouping(field) = 1 THEN 'total' ELSE 'action_field' END AS level, field::VARCHAR AS k1,
  NULL::VARCHAR AS k2, count(*) AS n, sum(total)::BIGINT AS project_volume
FROM assigned WHERE NOT is_guideline AND is_main
GROUP BY GROUPING SETS ((cluster_id, y), (cluster_id, y, field));

-- shared_seen
CREATE TEMP TABLE seen AS
SELECT cluster_id, reporting_year::SMALLINT AS reporting_year, actor_id, bool_or(is_new) AS is_new
FROM (
  SELECT cluster_id, reporting_year, y = reporting_year AS is_new,
    CASE WHEN reporting_year <= 2018 THEN until_2018 ELSE organisation END AS actor_id
  FROM project_participations JOIN p USING (project_id) JOIN a USING (actor_id)
  JOIN years ON reporting_year BETWEEN first_year AND last_year
)
GROUP BY ALL;

-- result_a_01
CREATE TEMP TABLE result_a_01 AS
WITH counted AS (
  SELECT cluster_id, reporting_year, grouping(kind, size, land, district) AS g, kind, size, land, district,
    count(*) AS running, count(*) FILTER (WHERE is_new) AS new
  FROM seen JOIN a USING (actor_id)
  GROUP BY GROUPING SETS ((cluster_id, reporting_year), (cluster_id, reporting_year, kind),
    (cluster_id, reporting_year, kind, size), (cluster_id, reporting_year, land), (cluster_id, reporting_year, district))
), both_populations AS (
  SELECT 'running_project' AS population, * EXCLUDE (running, new), running AS n FROM counted
  UNION ALL
  SELECT 'new_project', * EXCLUDE (running, new), new FROM counted WHERE new > 0
)
SELECT population, cluster_id::VARCHAR AS cluster_id, reporting_year::INT AS reporting_year,
  CASE g WHEN 15 THEN 'total' WHEN 7 THEN 'counted_type' WHEN 3 THEN 'counted_type > counted_size'
    WHEN 13 THEN 'counted_origin' ELSE 'counted_district' END AS level,
  CASE g WHEN 13 THEN land WHEN 14 THEN district ELSE kind END::VARCHAR AS k1, size::VARCHAR AS k2, n
FROM both_populations;

-- shared_outside
CREATE TEMP TABLE outside AS
SELECT DISTINCT p.project_id, p.cluster_id, p.y, m.member_cluster_id AS outside
FROM p SEMI JOIN years ON years.reporting_year = p.y
JOIN project_participations AS part USING (project_id)
ANTI JOIN actor_clusters AS home
  ON home.actor_id = part.actor_id AND home.member_cluster_id = p.cluster_id
  AND home.member_from <= p.support_start AND (home.member_to IS NULL OR home.member_to >= p.support_start)
JOIN actor_clusters AS m
  ON m.actor_id = part.actor_id AND m.member_from <= p.support_start AND (m.member_to IS NULL OR m.member_to >= p.support_start);

-- result_p_11
CREATE TEMP TABLE result_p_11 AS
SELECT 'new_project' AS population, cluster_id::VARCHAR AS cluster_id, y::INT AS reporting_year, 'total' AS level,
  NULL::VARCHAR AS k1, NULL::VARCHAR AS k2, count(*) AS n
FROM (SELECT DISTINCT cluster_id, y, project_id FROM outside) GROUP BY cluster_id, y
UNION ALL
SELECT 'new_project', cluster_id::VARCHAR, y::INT, 'outside_cluster_id', outside::VARCHAR, NULL, count(*)
FROM outside GROUP BY cluster_id, y, outside;

-- result_a_02
CREATE TEMP TABLE result_a_02 AS
SELECT 'new_project' AS population, cluster_id::VARCHAR AS cluster_id, y::INT AS reporting_year, 'total' AS level,
  NULL::VARCHAR AS k1, NULL::VARCHAR AS k2, count(*) AS n
FROM outside GROUP BY cluster_id, y
UNION ALL
SELECT 'new_project', cluster_id::VARCHAR, y::INT, 'outside_cluster_id', outside::VARCHAR, NULL, count(*)
FROM outside GROUP BY cluster_id, y, outside;

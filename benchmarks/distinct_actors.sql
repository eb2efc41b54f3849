-- Ways to count distinct actors, each a variant of the blocks "shared_seen" and "result_a_01" in handwritten.sql.
-- A block is named variant__step; every variant ends with the table result_a_01 and the same rows.
-- One bit per reporting year: bit 0 is 2005. A unit of count until 2018 and one since (bits 0 to 13 and above).

-- years_late__seen
CREATE TEMP TABLE seen AS
WITH spans AS (
  SELECT DISTINCT cluster_id, until_2018, organisation, y, first_year, last_year
  FROM project_participations JOIN p USING (project_id) JOIN a USING (actor_id)
)
SELECT cluster_id, reporting_year, actor_id, bool_or(is_new) AS is_new
FROM (
  SELECT cluster_id, reporting_year::SMALLINT AS reporting_year, y = reporting_year AS is_new,
    CASE WHEN reporting_year <= 2018 THEN until_2018 ELSE organisation END AS actor_id
  FROM spans JOIN years ON reporting_year BETWEEN first_year AND last_year
)
GROUP BY ALL;

-- project_years_first__project_years
CREATE TEMP TABLE project_years AS
SELECT project_id, cluster_id, reporting_year::SMALLINT AS reporting_year, y = reporting_year AS is_new
FROM p JOIN years ON reporting_year BETWEEN first_year AND last_year;

-- project_years_first__seen
CREATE TEMP TABLE seen AS
SELECT cluster_id, reporting_year, actor_id, bool_or(is_new) AS is_new
FROM (
  SELECT cluster_id, reporting_year, is_new, CASE WHEN reporting_year <= 2018 THEN until_2018 ELSE organisation END AS actor_id
  FROM project_participations JOIN project_years USING (project_id) JOIN a USING (actor_id)
)
GROUP BY ALL;

-- year_bits__projects
CREATE TEMP TABLE q AS
SELECT project_id, cluster_id, (1::BIGINT << (last_year - 2004)) - (1::BIGINT << (first_year - 2005)) AS running,
  1::BIGINT << (y - 2005) AS new
FROM p;

-- year_bits__units
CREATE TEMP TABLE units AS
SELECT cluster_id, actor_id, bit_or(running) AS running, bit_or(new) AS new
FROM (
  SELECT cluster_id, organisation AS actor_id, running & since AS running, new & since AS new
  FROM project_participations JOIN q USING (project_id)
  JOIN (SELECT *, CASE WHEN organisation = until_2018 THEN ~0::BIGINT ELSE ~16383::BIGINT END AS since FROM a) USING (actor_id)
  UNION ALL
  SELECT cluster_id, until_2018, running & 16383, new & 16383
  FROM project_participations JOIN q USING (project_id) JOIN (FROM a WHERE organisation <> until_2018) USING (actor_id)
)
GROUP BY ALL;

-- year_bits__seen
CREATE TEMP TABLE seen AS
SELECT cluster_id, reporting_year::SMALLINT AS reporting_year, actor_id, (new >> (reporting_year - 2005)) & 1 = 1 AS is_new
FROM units JOIN years ON (running >> (reporting_year - 2005)) & 1 = 1;

-- recorded_bits__projects
CREATE TEMP TABLE q AS
SELECT project_id, cluster_id, (1::BIGINT << (last_year - 2004)) - (1::BIGINT << (first_year - 2005)) AS running,
  1::BIGINT << (y - 2005) AS new
FROM p;

-- recorded_bits__recorded
CREATE TEMP TABLE recorded AS
SELECT cluster_id, actor_id, bit_or(running) AS running, bit_or(new) AS new
FROM project_participations JOIN q USING (project_id)
GROUP BY ALL;

-- recorded_bits__seen
CREATE TEMP TABLE seen AS
SELECT cluster_id, reporting_year::SMALLINT AS reporting_year,
  CASE WHEN reporting_year <= 2018 THEN until_2018 ELSE organisation END AS actor_id,
  bool_or((new >> (reporting_year - 2005)) & 1 = 1) AS is_new
FROM recorded JOIN years ON (running >> (reporting_year - 2005)) & 1 = 1 JOIN a USING (actor_id)
GROUP BY ALL;

-- P-06
WITH actor_line AS (
  with recursive up as (
    select actor_id, actor_id as ancestor_id, actor_type as line_type, parent_id, 0 as steps from actors
    union all
    select up.actor_id, actors.actor_id, up.line_type, actors.parent_id, up.steps + 1
    from up join actors on actors.actor_id = up.parent_id)
  select actor_id, ancestor_id, line_type, max(steps) over (partition by actor_id) - steps as depth from up
),
organisation AS (
  SELECT actor_id, organisation_id FROM (
    SELECT actor_line.actor_id, actor_line.ancestor_id AS organisation_id, ROW_NUMBER() OVER (PARTITION BY actor_line.actor_id ORDER BY actor_line.depth DESC) AS place
    FROM actor_line
    WHERE (actor_line.line_type = 'research_institute' OR actor_line.depth = 0) /* T-06 S1 */
      AND actor_line.depth <= 1 /* T-06 S2 */
  ) AS ordered
  WHERE place = 1
),
project_partner AS (
  SELECT DISTINCT project_participations.project_id, organisation.organisation_id
  FROM project_participations
  LEFT JOIN organisation ON organisation.actor_id = project_participations.actor_id
  WHERE project_participations.role IN ('lead', 'partner') /* T-07 S1 */
),
actor_group AS (
  SELECT terms.term_id AS actor_type, COALESCE(terms.parent_id, terms.term_id) AS actor_group
  FROM terms
  WHERE terms.taxonomy = 'actor_type' /* T-26 S1 */
),
partner_type AS (
  SELECT actors.actor_id AS organisation_id, actor_group.actor_group AS partner_type
  FROM actors
  LEFT JOIN actor_group ON actor_group.actor_type = actors.actor_type
),
partner_count AS (
  SELECT project_partner.project_id, COUNT(*) AS partners, SUM(CASE WHEN partner_type.partner_type = 'company' THEN 1 ELSE 0 END) AS company_partners, SUM(CASE WHEN partner_type.partner_type = 'science' THEN 1 ELSE 0 END) AS science_partners
  FROM project_partner
  LEFT JOIN partner_type ON partner_type.organisation_id = project_partner.organisation_id
  GROUP BY project_partner.project_id
),
consortium AS (
  SELECT projects.project_id, CASE WHEN partner_count.partners = 1 THEN 'single' WHEN partner_count.company_partners > 0 AND partner_count.science_partners > 0 THEN 'mixed' WHEN partner_count.company_partners > 1 THEN 'joint-companies' WHEN NOT partner_count.partners IS NULL THEN 'joint-other' END AS consortium
  FROM projects
  LEFT JOIN partner_count ON partner_count.project_id = projects.project_id
),
programme_group AS (
  SELECT terms.term_id AS programme_id, COALESCE(terms.parent_id, terms.term_id) AS programme_group
  FROM terms
  WHERE terms.taxonomy = 'funding_programme' /* T-20 S1 */
),
main_programme AS (
  SELECT project_id, main_programme FROM (
    SELECT projects.project_id, programme_group.programme_group AS main_programme, ROW_NUMBER() OVER (PARTITION BY projects.project_id ORDER BY project_funding.amount DESC, project_funding.funding_id) AS place
    FROM projects
    LEFT JOIN project_funding ON project_funding.project_id = projects.project_id
    LEFT JOIN programme_group ON programme_group.programme_id = project_funding.programme_id
  ) AS ordered
  WHERE place = 1
),
counted AS (
  SELECT 'new_project' AS population, projects.cluster_id, years.reporting_year, projects.project_id
  FROM projects
  JOIN years ON YEAR(projects.support_start) = years.reporting_year /* T-01 S2 */
  WHERE NOT projects.status_at_cut_off IN ('aborted', 'refused') /* T-01 S3 */
    AND projects.is_rdi /* P-06 S1 */
),
units AS (
  SELECT counted.*, consortium.consortium, main_programme.main_programme
  FROM counted
  LEFT JOIN consortium ON consortium.project_id = counted.project_id
  LEFT JOIN main_programme ON main_programme.project_id = counted.project_id
)
SELECT units.population, units.cluster_id, units.reporting_year, 'total' AS level, CAST(NULL AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'consortium' AS level, CAST(units.consortium AS TEXT) AS k1, CAST(NULL AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.consortium
UNION ALL
SELECT units.population, units.cluster_id, units.reporting_year, 'consortium > main_programme' AS level, CAST(units.consortium AS TEXT) AS k1, CAST(units.main_programme AS TEXT) AS k2,
  CAST(COUNT(*) AS BIGINT) AS n
FROM units
GROUP BY units.population, units.cluster_id, units.reporting_year, units.consortium, units.main_programme

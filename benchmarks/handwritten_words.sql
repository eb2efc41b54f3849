-- Ids of terms and clusters as ENUM, for the SQL in handwritten.sql: its tables are read through these views.

-- words_type
CREATE TYPE word AS ENUM (SELECT term_id FROM terms UNION SELECT cluster_id FROM clusters ORDER BY 1);

-- words_terms
CREATE TEMP VIEW terms AS
SELECT term_id::word AS term_id, taxonomy, parent_id::word AS parent_id, series_id::word AS series_id FROM memory.main.terms;

-- words_actors
CREATE TEMP VIEW actors AS
SELECT actor_id, parent_id, actor_type::word AS actor_type, size_class::word AS size_class, land_id::word AS land_id,
  district_id::word AS district_id
FROM memory.main.actors;

-- words_actor_clusters
CREATE TEMP VIEW actor_clusters AS
SELECT * REPLACE (member_cluster_id::word AS member_cluster_id) FROM memory.main.actor_clusters;

-- words_projects
CREATE TEMP VIEW projects AS
SELECT * REPLACE (cluster_id::word AS cluster_id, status_at_cut_off::word AS status_at_cut_off) FROM memory.main.projects;

-- words_assignments
CREATE TEMP VIEW project_assignments AS
SELECT * REPLACE (term_id::word AS term_id) FROM memory.main.project_assignments;

-- words_funding
CREATE TEMP VIEW project_funding AS
SELECT * REPLACE (granting_body::word AS granting_body, programme_id::word AS programme_id) FROM memory.main.project_funding;

-- What is computed once all rows are there.
CREATE INDEX label_node ON label (node);
CREATE INDEX evidence_fact ON evidence (fact, article);
CREATE INDEX evidence_article ON evidence (article);
CREATE INDEX report_article ON report (article);
CREATE INDEX mention_node ON mention (node);
CREATE INDEX edge_of_fact ON edge_fact (fact);
CREATE INDEX fact_time ON fact (earliest);

INSERT OR IGNORE INTO link SELECT source, target, edge FROM edge UNION SELECT target, source, edge FROM edge;

UPDATE fact SET
  articles = (SELECT COUNT(*) FROM report WHERE report.fact = fact.fact),
  support = (SELECT COUNT(DISTINCT origin) FROM report JOIN article USING (article) WHERE report.fact = fact.fact),
  conflict = conflict OR EXISTS (SELECT 1 FROM contradiction WHERE contradiction.fact = fact.fact);
UPDATE node SET facts = counted.facts
  FROM (SELECT node, COUNT(*) AS facts FROM part GROUP BY node) AS counted WHERE counted.node = node.node;
UPDATE node SET degree = counted.degree
  FROM (SELECT node, COUNT(DISTINCT other) AS degree FROM link GROUP BY node) AS counted WHERE counted.node = node.node;
CREATE INDEX node_facts ON node (facts DESC);
ANALYZE;

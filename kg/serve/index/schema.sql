-- The index of a snapshot: what the explorer asks, ready to be counted, filtered and paged. Ids are without the base.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE node (
  node INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, class TEXT NOT NULL, country TEXT NOT NULL, date TEXT NOT NULL,
  facts INTEGER NOT NULL DEFAULT 0, degree INTEGER NOT NULL DEFAULT 0);

CREATE TABLE label (label INTEGER PRIMARY KEY, node INTEGER NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL);

-- One row for each label: its words, and how these sound in Latin letters.
CREATE VIRTUAL TABLE name USING fts5(words, keys, content='', tokenize="unicode61 remove_diacritics 0", prefix='1 2 3 4');

CREATE TABLE article (
  article INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, source TEXT NOT NULL, published TEXT NOT NULL,
  language TEXT NOT NULL, publisher TEXT NOT NULL, origin TEXT NOT NULL, url TEXT NOT NULL);

CREATE TABLE fact (
  fact INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, class TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, date TEXT NOT NULL,
  earliest TEXT NOT NULL, latest TEXT NOT NULL, support INTEGER NOT NULL, articles INTEGER NOT NULL, conflict INTEGER NOT NULL);

-- Which article states which fact, where, and by which rule it was read.
CREATE TABLE report (fact INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (fact, article)) WITHOUT ROWID;
CREATE TABLE evidence (
  fact INTEGER NOT NULL, article INTEGER NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, rule TEXT NOT NULL,
  qualifier TEXT NOT NULL, speaker TEXT NOT NULL);

CREATE TABLE part (node INTEGER NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY (node, fact)) WITHOUT ROWID;
CREATE TABLE mention (article INTEGER NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (article, node)) WITHOUT ROWID;
CREATE TABLE contradiction (fact INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (fact, other)) WITHOUT ROWID;

-- An edge ties two nodes by all facts of one class, kind and status; both of its ends find it.
CREATE TABLE edge (
  edge INTEGER PRIMARY KEY, source INTEGER NOT NULL, target INTEGER NOT NULL, class TEXT NOT NULL, kind TEXT NOT NULL,
  status TEXT NOT NULL, directed INTEGER NOT NULL);
CREATE TABLE edge_fact (edge INTEGER NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY (edge, fact)) WITHOUT ROWID;
CREATE TABLE link (node INTEGER NOT NULL, other INTEGER NOT NULL, edge INTEGER NOT NULL, PRIMARY KEY (node, other, edge)) WITHOUT ROWID;

-- How many subjects of a class have a property, and how many triples that makes.
CREATE TABLE stat (class TEXT NOT NULL, property TEXT NOT NULL, subjects INTEGER NOT NULL, triples INTEGER NOT NULL);

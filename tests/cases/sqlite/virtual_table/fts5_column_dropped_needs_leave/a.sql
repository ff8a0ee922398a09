create virtual table search using fts5(title, body);

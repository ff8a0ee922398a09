create virtual table search using fts5(a, prefix = 2);

create virtual table search using fts4(a, languageid="lid");

create virtual table search using fts4(a, languageid="lid", prefix="2");

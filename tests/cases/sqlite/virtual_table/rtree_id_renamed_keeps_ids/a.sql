create virtual table area using rtree(id, x0, x1);

create virtual table area using rtree(pk, x0, x1);

create virtual table area using rtree_i32(id, x0, x1);

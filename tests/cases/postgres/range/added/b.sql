create type span as range (subtype = float8, subtype_diff = float8mi, multirange_type_name = spans); create table t (s span);

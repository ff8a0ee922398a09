insert into word values ('the', 10), ('of', 7);

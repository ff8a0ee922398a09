insert into t values (1, 9007199254740992), (2, -7), (3, null);

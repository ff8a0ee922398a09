create operator <<< (leftarg=int, rightarg=int, function=int4lt);create operator >>> (leftarg=int, rightarg=int, function=int4gt, commutator = <<<);

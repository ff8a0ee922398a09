create schema s; create publication p for tables in schema s;

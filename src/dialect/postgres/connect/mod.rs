//! A connection to PostgreSQL.

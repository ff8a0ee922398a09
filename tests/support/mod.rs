//! What the black-box tests share: running the program, asking the databases, reading cases.
#![allow(dead_code, reason = "each test program uses a part of it")]

pub(crate) mod case;
pub(crate) mod directives;
pub(crate) mod fate;
pub(crate) mod harness;
pub(crate) mod oracle;
pub(crate) mod pg_dump;
pub(crate) mod program;
pub(crate) mod random;
pub(crate) mod respell;
pub(crate) mod rows;
pub(crate) mod server;
pub(crate) mod table_rows;
pub(crate) mod table_text;
pub(crate) mod tokens;

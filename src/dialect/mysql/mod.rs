//! MySQL, from 8.0, and MariaDB, from 10.6: one dialect in two flavours.
// Nothing outside uses it before the whole of it stands.
#![allow(dead_code, unreachable_pub, unused_imports)]

mod apply;
mod canonical;
mod connect;
mod keywords;
mod probe;
mod render;
mod rules;
mod sql;
mod tokens;

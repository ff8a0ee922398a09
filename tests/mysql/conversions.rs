//! Values under another type: what is kept is not asked about, what is lost needs leave, and what the server refuses is
//! said before it does.

use mysql::prelude::Queryable as _;

use super::support::fate::Fate::{self, Kept, Lost, Refused};
use super::support::fate::said;
use super::{on_each, session};

/// The old type, a value of it, the new type, and what becomes of the value.
const PAIRS: &[(&str, &str, &str, Fate)] = &[
    ("enum('1','2','10')", "'10'", "int", Lost),
    ("enum('1','2','10')", "'2'", "int", Kept),
    ("set('a','b')", "'a,b'", "int", Lost),
    ("enum('1','7')", "'7'", "decimal(5,2)", Lost),
    ("double", "1.257", "double(10,2)", Lost),
    ("double", "1.1", "double(10,2)", Kept),
    ("float", "1.1", "double(10,2)", Kept),
    ("double(10,2)", "1.25", "double(10,1)", Lost),
    ("double", "123456", "double(5,2)", Lost),
    ("double", "-1", "double unsigned", Refused),
    ("double", "1.5", "int", Lost),
    ("double", "20200101", "date", Kept),
    ("int", "16777217", "float", Lost),
    ("int", "16777216", "float", Kept),
    ("varchar(20)", "'007'", "int", Lost),
    ("varchar(20)", "'+7'", "int", Lost),
    ("varchar(20)", "'7'", "int", Kept),
    ("varchar(20)", "'x'", "int", Refused),
    ("varchar(20)", "'1.50'", "decimal(5,2)", Kept),
    ("varchar(20)", "'1.505'", "decimal(5,2)", Lost),
    ("varchar(20)", "'0815'", "decimal(5,0)", Lost),
    ("varchar(20)", "'0.5'", "double", Kept),
    ("varchar(30)", "'123456789.123'", "float", Lost),
    ("varchar(30)", "'12345678901234567890.5'", "double", Lost),
    ("varchar(20)", "'1e400'", "double", Refused),
    ("varchar(10)", "'abc   '", "varchar(3)", Refused),
    ("varchar(10)", "'abc   '", "char(3)", Lost),
    ("varchar(10)", "'abc'", "varchar(3)", Kept),
    ("datetime", "'1960-01-01'", "timestamp", Refused),
    ("datetime", "'2110-01-01'", "timestamp", Refused),
    ("datetime", "'2020-01-01 10:00:00'", "timestamp", Kept),
    ("date", "'1960-01-01'", "timestamp", Refused),
    ("datetime(3)", "'2020-01-01 10:00:00.123'", "bigint", Lost),
    ("datetime(3)", "'2020-01-01 10:00:00.000'", "bigint", Kept),
    ("time(2)", "'10:00:00.25'", "int", Lost),
    ("varchar(30)", "'2020-01-01'", "date", Kept),
    ("varchar(30)", "'2020-01-01 10:00:00'", "date", Lost),
    ("varchar(30)", "'2020-01-01 10:00:00'", "datetime", Kept),
    ("varchar(30)", "'2020-01-01 10:00:00Z'", "datetime", Refused),
    ("varchar(30)", "'1960-01-01 10:00:00'", "timestamp", Refused),
    ("set('a','b')", "'a,b'", "enum('a','b')", Refused),
    ("set('a','b')", "'a'", "enum('a','b')", Kept),
    ("varchar(9)", "'A'", "enum('a','b')", Lost),
    ("varchar(9)", "'a'", "enum('a','b')", Kept),
    ("varchar(9)", "'c'", "enum('a','b')", Refused),
    ("bit(8)", "255", "bit(4)", Refused),
    ("bit(8)", "15", "bit(4)", Kept),
    ("bit(8)", "255", "tinyint", Refused),
    ("bit(8)", "127", "tinyint", Kept),
    ("bit(8)", "255", "int", Kept),
    ("bit(64)", "18446744073709551615", "bigint", Refused),
    ("tinyint", "2", "bit(1)", Refused),
    ("tinyint", "1", "bit(1)", Kept),
    ("point", "st_geomfromtext('point(1 1)')", "linestring", Refused),
    ("point", "st_geomfromtext('point(1 1)')", "geometry", Kept),
    ("geometry", "st_geomfromtext('point(1 1)')", "point", Kept),
    ("varchar(9)", "'[1]'", "json", Kept),
    ("varchar(9)", "'[1'", "json", Refused),
    ("int", "101112", "time", Kept),
    ("int", "170", "time", Refused),
    ("bigint", "20200102030405", "date", Lost),
    ("bigint", "20200102030405", "datetime", Kept),
    ("int", "200102", "date", Lost),
    ("int", "20200102", "date", Kept),
    ("decimal(10,2)", "1.25", "time(2)", Kept),
    ("decimal(10,2)", "1.25", "time", Lost),
    ("varchar(30)", "'10:11:12'", "time", Kept),
    ("varchar(30)", "'10:11:12.5'", "time", Lost),
    ("varchar(30)", "'007'", "time", Lost),
    ("varchar(30)", "'2020-01-02'", "time", Refused),
    ("varchar(30)", "'900:00:00'", "time", Refused),
    ("varchar(30)", "'10:11:12'", "date", Lost),
    ("varchar(30)", "'20-1-2'", "date", Lost),
    ("varchar(30)", "'20200102'", "date", Kept),
    ("enum('10:11:12')", "'10:11:12'", "time", Kept),
    ("time(2)", "'10:11:12.25'", "decimal(10,0)", Lost),
    ("time(2)", "'10:11:12.25'", "decimal(10,2)", Kept),
    ("time(2)", "'10:11:12.25'", "float", Lost),
    ("datetime(3)", "'2020-01-02 03:04:05.125'", "double", Lost),
    ("time", "'10:11:12'", "tinyint", Refused),
    ("time", "'10:11:12'", "int", Kept),
    ("time", "'10:11:12'", "enum('a')", Refused),
    ("date", "'2020-01-02'", "float(5,1)", Refused),
    ("date", "'2020-01-02'", "bit(64)", Kept),
    ("varchar(9)", "'A'", "set('a','b')", Lost),
    ("varchar(9)", "'b,a'", "set('a','b')", Kept),
    ("enum('a','c')", "'c'", "set('a','b')", Refused),
    ("varchar(9)", "'-1'", "bit(64)", Lost),
    ("varchar(9)", "'1.5'", "bit(64)", Refused),
    ("varchar(9)", "'7'", "bit(4)", Kept),
    ("varchar(9)", "'7'", "bit(1)", Refused),
    ("double", "-2", "bit(8)", Refused),
    ("decimal(10,2)", "1.50", "bit(4)", Lost),
    ("tinyint", "-1", "bit(8)", Refused),
    ("bit(8)", "65", "time", Refused),
    ("bit(8)", "65", "date", Refused),
    ("bit(8)", "65", "enum('a')", Refused),
    ("bit(8)", "65", "json", Refused),
    ("bit(8)", "65", "varchar(2)", Kept),
    ("bit(8)", "255", "text", Refused),
    ("int", "5", "binary(3)", Lost),
    ("int", "512", "binary(3)", Kept),
    ("float", "0.1", "decimal(10,2)", Kept),
    ("int", "123456", "float(5,1)", Refused),
    ("text charset latin1", "repeat(_latin1 x'e9', 40000)", "text charset utf8mb4", Refused),
    ("text charset latin1", "repeat(_latin1 x'e9', 30000)", "text charset utf8mb4", Kept),
    ("varchar(200) charset latin1", "repeat(_latin1 x'e9', 200)", "tinytext charset utf8mb4", Refused),
    ("text charset utf8mb4", "repeat('é', 200)", "tinytext charset latin1", Kept),
];

/// What one of the servers alone has or does.
const OF_ONE: &[(bool, &str, &str, &str, Fate)] = &[
    (true, "json", "'[1]'", "int", Refused),
    (true, "json", "'5'", "int", Kept),
    (true, "json", "'1.5'", "int", Lost),
    (true, "json", "'true'", "int", Refused),
    (true, "json", "'\"2020-01-02\"'", "date", Refused),
    (true, "json", "'[1]'", "bit(8)", Refused),
    (true, "varchar(30)", "'{\"a\": 1, \"a\": 2}'", "json", Lost),
    (true, "varchar(30)", "'{\"b\": 1, \"a\": 2}'", "json", Kept),
    (true, "varchar(30)", "'2020-01-02 03:04:05+02:00'", "datetime", Lost),
    (false, "varchar(30)", "'2020-01-02 03:04:05+02:00'", "datetime", Refused),
    (true, "varchar(9)", "'1e3'", "int", Kept),
    (false, "varchar(9)", "'1e3'", "int", Refused),
    (false, "varchar(9)", "'1.50'", "int", Refused),
    (true, "int", "20200101", "time", Refused),
    (false, "int", "20200101", "time", Lost),
    (false, "inet6", "'::1'", "binary(3)", Refused),
    (false, "inet6", "'::1'", "binary(16)", Kept),
    (true, "enum('a')", "'a'", "json", Refused),
    (true, "vector(3)", "string_to_vector('[1,2,3]')", "vector(2)", Refused),
    (true, "point", "st_geomfromtext('point(1 1)')", "varchar(20)", Refused),
    (true, "int", "5", "point", Refused),
    (true, "int", "5", "vector(2)", Refused),
    (true, "varchar(9)", "'[1,2]'", "vector(2)", Refused),
    (true, "vector(2)", "string_to_vector('[1,2]')", "text", Refused),
    (false, "enum('::1')", "'::1'", "inet6", Kept),
    (false, "enum('a')", "'a'", "uuid", Refused),
    (true, "datetime", "'2050-01-01'", "timestamp", Refused),
    (false, "varchar(20)", "'1.2.3.4'", "inet4", Kept),
    (false, "varchar(20)", "'abc'", "inet4", Refused),
    (false, "varchar(20)", "'abc'", "inet6", Refused),
];

/// A type and the charset that is written behind it.
fn written(ty: &str) -> String {
    match ty.split_once(" charset ") {
        Some((ty, charset)) => format!("type = \"{ty}\", charset = \"{charset}\""),
        None => format!("type = \"{ty}\""),
    }
}

#[test]
fn what_another_type_does_not_keep_needs_leave() {
    on_each(|project, database| {
        let is_mysql = database.run("create sequence probe").is_err();
        let of_one = OF_ONE.iter().filter(|pair| pair.0 == is_mysql).map(|(_, a, b, c, fate)| (*a, *b, *c, *fate));
        let pairs: Vec<_> = PAIRS.iter().copied().chain(of_one).collect();
        let mut toml = if is_mysql { String::new() } else { "[sequence.probe]\n".to_owned() };
        let mut session = session(project);
        session.query_drop("set sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'").unwrap();
        let mut wrong = Vec::new();
        for (at, (old, value, new, fate)) in pairs.iter().enumerate() {
            for table in [format!("p{at}"), format!("q{at}")] {
                session.query_drop(format!("create table {table} (c {old})")).unwrap();
                session.query_drop(format!("insert into {table} values ({value})")).unwrap();
            }
            let refused = session.query_drop(format!("alter table q{at} modify c {new}"));
            if refused.is_err() != (*fate == Refused) {
                wrong.push(format!("{value} from {old} to {new}: {fate:?}, the server: {refused:?}"));
            }
            session.query_drop(format!("drop table q{at}")).unwrap();
            toml.push_str(&format!("[table.p{at}.column]\nc = {{ {}, null = true }}\n", written(new)));
        }
        project.write_schema(&toml);
        let report = project.run("plan", &["--probe", "--format", "json"]).must(0).out;
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        for (at, (old, value, new, fate)) in pairs.iter().enumerate() {
            let (said, why) = said(&report, &format!("p{at}"));
            if said != *fate || why.contains("could not be counted") {
                wrong.push(format!("{value} from {old} to {new}: {fate:?}, the plan says {said:?}\n{why}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

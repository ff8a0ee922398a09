//! x
fn main() {
    println!("{}", rusqlite::version());
}

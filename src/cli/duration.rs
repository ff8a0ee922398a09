//! Times as people write them: `3s`, `500ms`, `2m`.

use std::time::Duration;

/// Reads a time; the error says what one looks like.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let milliseconds = match unit.trim() {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return Err(advice()),
    };
    let number: u64 = number.parse().map_err(|_| advice())?;
    number.checked_mul(milliseconds).map(Duration::from_millis).ok_or_else(advice)
}

fn advice() -> String {
    "a time is a whole number with ms, s, m or h: `3s`, `500ms`".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_times() {
        assert_eq!(parse("3s"), Ok(Duration::from_secs(3)));
        assert_eq!(parse("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse("2 m"), Ok(Duration::from_secs(120)));
        for bad in ["", "3", "s", "-1s", "1.5s", "3 days", "99999999999999999999s", "18446744073709551615h"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}

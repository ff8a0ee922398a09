//! The known word nearest to one that is not known.

/// The candidate that was most likely meant, if one is near enough. Candidates that are equally near
/// keep their order.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let nearest = candidates
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), *candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count().max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate);
    // The beginning of only one, as `sql_data` of `sql_data_access`.
    let mut begun = candidates.into_iter().filter(|candidate| candidate.to_lowercase().starts_with(&word));
    nearest.or_else(|| begun.next().filter(|_| word.len() >= 4).filter(|_| begun.next().is_none()))
}

/// `did you mean ...?`, or all there is when that is little.
pub fn help<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    if let Some(near) = nearest(word, candidates.clone()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let all: Vec<_> = candidates.into_iter().take(13).map(|word| format!("`{word}`")).collect();
    (1..=12).contains(&all.len()).then(|| format!("there is {}", list(&all, "and")))
}

/// `a, b and c`.
pub fn list<T: AsRef<str>>(words: &[T], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., end] => {
            let most: Vec<_> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", most.join(", "), end.as_ref())
        }
    }
}

/// `policies` of `policy`, `statistics` of themselves.
pub fn plural(noun: &str) -> String {
    match noun.strip_suffix("cy") {
        Some(stem) => format!("{stem}cies"),
        None if noun.ends_with('s') => noun.to_owned(),
        None => format!("{noun}{}", if noun.ends_with('x') { "es" } else { "s" }),
    }
}

/// A noun of a kind with its article.
pub fn with_article(noun: &str) -> String {
    // "a unique constraint", "a user mapping"
    let vowel = noun.starts_with(['a', 'e', 'i', 'o']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant_and_not_just_anything() {
        assert_eq!(nearest("colums", ["unique", "columns"]), Some("columns"));
        assert_eq!(nearest("Total", ["total"]), Some("total"));
        assert_eq!(nearest("x", ["a", "b"]), None);
        assert_eq!(list(&["a", "b", "c"], "or"), "a, b or c");
    }
}

//! What of a database is managed: patterns over addresses, where an object stands for all that belongs to it.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::catalog::{Catalog, Folding, ObjectId};
use crate::error::{Error, Result};

/// Patterns over addresses: `table.tmp_*`, `schema.audit`, `table.order.column.total`.
#[derive(Debug, Clone, Default)]
pub struct Patterns {
    texts: Vec<String>,
    set: GlobSet,
    /// Whether `*` alone is among them, so that nothing needs to be matched.
    everything: bool,
    fold: bool,
}

impl Patterns {
    /// Compiles patterns. `whence` names the flag or the key they stand in, for the error.
    pub fn new(texts: &[String], folding: Folding, whence: &str) -> Result<Self> {
        let fold = folding != Folding::Exact;
        let mut set = GlobSetBuilder::new();
        for text in texts {
            let build = |text: &str| GlobBuilder::new(text).case_insensitive(fold).build();
            // What is no pattern may be an address all the same: `function.f(integer[])`.
            let is_address = || text.contains("[]") && !text.contains(['*', '?']);
            let glob =
                build(text).or_else(|error| if is_address() { build(&globset::escape(text)) } else { Err(error) });
            let glob = glob.map_err(|error| {
                Error::usage_with_help(
                    format!("{whence}: `{text}` is not a pattern: {}", error.kind()),
                    "`*` stands for any letters, `?` for one, `[ab]` for one of some, `{a,b}` for either; a bracket or brace itself is written `[[]` or `[{]`",
                )
            })?;
            set.add(glob);
        }
        let set = set.build().map_err(|error| Error::usage(format!("{whence}: {}", error.kind())))?;
        Ok(Self { everything: texts.iter().any(|text| text == "*"), texts: texts.to_vec(), set, fold })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Whether one of them matches the object, something it belongs to, or its schema.
    pub fn matches(&self, id: &ObjectId) -> bool {
        if self.everything || self.is_empty() {
            return self.everything;
        }
        std::iter::successors(Some(id), |id| id.parent()).any(|id| self.matches_address(&id.to_string()))
            || id.root().schema().is_some_and(|schema| self.matches_address(&format!("schema.{schema}")))
    }

    /// An address as it is written counts too, whatever its letters mean in a pattern.
    fn matches_address(&self, address: &str) -> bool {
        self.set.is_match(address)
            || self.texts.iter().any(
                |text| {
                    if self.fold { text.eq_ignore_ascii_case(address) } else { text == address }
                },
            )
    }

    /// The patterns that match nothing in these catalogs: most likely misspelled.
    pub fn without_match(&self, catalogs: &[&Catalog]) -> Result<Vec<&str>> {
        let folding = if self.fold { Folding::Ascii } else { Folding::Exact };
        let mut lonely = Vec::new();
        for text in &self.texts {
            let one = Self::new(std::slice::from_ref(text), folding, "pattern")?;
            if !catalogs.iter().any(|catalog| catalog.iter().any(|(id, _)| one.matches(id))) {
                lonely.push(text.as_str());
            }
        }
        Ok(lonely)
    }
}

/// What trueup.toml says under `[manage]`, or what `--target` and `--exclude` select.
#[derive(Debug, Clone, Default)]
pub struct Manage {
    /// What is managed; without patterns, everything.
    pub include: Patterns,
    /// What of that is not.
    pub exclude: Patterns,
    /// What is never dropped nor made again.
    pub protect: Patterns,
    /// The attributes and kinds of which absent means none: `grant`, `owner`; `*` for all.
    pub complete: Vec<String>,
}

impl Manage {
    /// What `--target` and `--exclude` select.
    pub fn selection(target: &[String], exclude: &[String], folding: Folding) -> Result<Self> {
        Ok(Self {
            include: Patterns::new(target, folding, "--target")?,
            exclude: Patterns::new(exclude, folding, "--exclude")?,
            ..Self::default()
        })
    }

    /// Whether an object is managed.
    pub fn manages(&self, id: &ObjectId) -> bool {
        (self.include.is_empty() || self.include.matches(id)) && !self.exclude.matches(id)
    }

    /// Whether an object must never be dropped nor made again. What holds a protected object is
    /// not protected by it: ask for all that a drop would take.
    pub fn protects(&self, id: &ObjectId) -> bool {
        self.protect.matches(id)
    }

    /// Whether absent means none of this attribute or kind, as against left alone.
    pub fn completes(&self, word: &str) -> bool {
        self.complete.iter().any(|entry| entry == "*" || entry == word)
    }

    /// Whether everything is managed.
    pub fn is_everything(&self) -> bool {
        (self.include.is_empty() || self.include.everything) && self.exclude.is_empty()
    }

    /// The part of a catalog that is managed.
    #[must_use]
    pub fn filter(&self, catalog: &Catalog) -> Catalog {
        if self.is_everything() {
            return catalog.clone();
        }
        catalog.iter().filter(|(id, _)| self.manages(id)).map(|(id, entry)| (id.clone(), entry.clone())).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::catalog::{Entry, Kind, Name, Object, Table};

    fn table(name: &str) -> ObjectId {
        ObjectId::top(Kind::Table, None, Name::exact(name))
    }

    fn patterns(texts: &[&str], folding: Folding) -> Patterns {
        let texts: Vec<_> = texts.iter().map(|&text| text.to_owned()).collect();
        Patterns::new(&texts, folding, "[manage] exclude").unwrap()
    }

    #[test]
    fn everything_is_managed_unless_excluded() {
        let manage = Manage { exclude: patterns(&["table.tmp_*"], Folding::Exact), ..Manage::default() };
        assert!(manage.manages(&table("order")));
        assert!(!manage.manages(&table("tmp_1")));
        let column = table("tmp_1").child(Kind::Column, Name::exact("id"));
        assert!(!manage.manages(&column), "a table stands for its columns");
    }

    #[test]
    fn a_target_takes_what_belongs_to_it_and_nothing_above() {
        let manage = Manage::selection(&["table.order.index.*".into()], &[], Folding::Exact).unwrap();
        assert!(manage.manages(&table("order").child(Kind::Index, Name::exact("by_date"))));
        assert!(!manage.manages(&table("order")));
    }

    #[test]
    fn a_schema_stands_for_all_in_it() {
        let audit = ObjectId::top(Kind::Table, Some(Name::exact("audit")), Name::exact("log"));
        let protect = patterns(&["schema.audit"], Folding::Exact);
        let manage = Manage { protect, ..Manage::default() };
        assert!(manage.protects(&audit.child(Kind::Column, Name::exact("at"))));
        assert!(!manage.protects(&table("log")));
    }

    #[test]
    fn letter_case_counts_as_in_the_database() {
        assert!(patterns(&["table.Order"], Folding::Ascii).matches(&table("ORDER")));
        assert!(!patterns(&["table.Order"], Folding::Exact).matches(&table("ORDER")));
    }

    #[test]
    fn an_address_is_a_pattern_that_matches_it_whatever_is_in_the_name() {
        for name in ["a[b]c", "{x}", "a.b", "what?", "back\\slash"] {
            let id = table(name);
            let matched = patterns(&[&id.to_string()], Folding::Exact).matches(&id);
            assert!(matched, "{id}");
        }
    }

    #[test]
    fn a_bad_pattern_says_where_it_stands() {
        let error = Patterns::new(&["table.[a".into()], Folding::Exact, "[manage] protect").unwrap_err();
        assert!(error.to_string().starts_with("[manage] protect: `table.[a` is not a pattern"), "{error}");
    }

    #[test]
    fn what_matches_nothing_is_told() {
        let catalog: Catalog = [(table("order"), Entry::new(Object::Table(Table::default()), 0))].into_iter().collect();
        let targets = patterns(&["table.order", "table.ordre"], Folding::Exact);
        assert_eq!(targets.without_match(&[&catalog]).unwrap(), ["table.ordre"]);
    }

    #[test]
    fn filter_keeps_what_is_managed() {
        let entry = || Entry::new(Object::Table(Table::default()), 0);
        let catalog: Catalog = [(table("a"), entry()), (table("b"), entry())].into_iter().collect();
        let manage = Manage::selection(&["table.a".into()], &[], Folding::Exact).unwrap();
        let ids: Vec<_> = manage.filter(&catalog).iter().map(|(id, _)| id.to_string()).collect();
        assert_eq!(ids, ["table.a"]);
    }
}

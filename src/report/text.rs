//! A plan for people, in colours.

use std::collections::BTreeSet;
use std::fmt;

use crate::catalog::ObjectId;
use crate::plan::{Action, Change, Difference, HazardKind, Plan};

use super::line_diff::{self, Line};
use super::outline::{self, Counts, Group, Sign};
use super::style::{self, clean, clean_lines, paint, width};

/// Where the second column of a plan begins, unless names are longer.
const COLUMN: usize = 30;
/// No name pushes the second column further than this.
const COLUMN_MAX: usize = 56;

/// How a plan is shown.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What it is compared with, as the user names it: `schema/`.
    pub schema: String,
    /// Whether only a part was selected, so that "no changes" is said of that part.
    pub selected: bool,
    /// Whether what belongs to new and dropped objects is shown too.
    pub verbose: bool,
    /// The objects whose loss has leave.
    pub allowed: BTreeSet<ObjectId>,
}

/// A plan with how it is to be shown; its `Display` is the text, with colours.
#[derive(Debug)]
pub struct Text<'a> {
    plan: &'a Plan,
    options: &'a Options,
}

impl<'a> Text<'a> {
    /// The text of a plan.
    pub fn new(plan: &'a Plan, options: &'a Options) -> Self {
        Self { plan, options }
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups = outline::groups(self.plan);
        if !groups.is_empty() {
            writeln!(f, "{}", paint(style::HEADING, format_args!("Changes to {}", clean(&self.plan.target.url))))?;
            writeln!(f)?;
            write!(f, "{}", Rows(&self.rows(&groups)))?;
            writeln!(f)?;
        }
        for note in &self.plan.target.notes {
            writeln!(f, "{} {}\n", paint(style::HEADING, "Note:"), clean(note))?;
        }
        self.not_managed(f)?;
        self.sections(f)?;
        self.hazards(f)?;
        self.closing(f, &groups)
    }
}

/// One line of a table of changes, with what stands below it.
struct Row {
    head: String,
    details: Vec<String>,
    below: Vec<String>,
}

/// Rows with their second column aligned.
struct Rows<'a>(&'a [Row]);

impl fmt::Display for Rows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = self.0.iter().filter(|row| !row.details.is_empty()).map(|row| width(&row.head) + 2).max();
        let column = widest.unwrap_or(0).clamp(COLUMN, COLUMN_MAX);
        for row in self.0 {
            write!(f, "{}", row.head)?;
            for (i, detail) in row.details.iter().enumerate() {
                let used = if i == 0 { width(&row.head) } else { 0 };
                let gap = if i == 0 { column.saturating_sub(used).max(2) } else { column };
                write!(f, "{}{:gap$}{detail}", if i == 0 { "" } else { "\n" }, "")?;
            }
            writeln!(f)?;
            for line in &row.below {
                writeln!(f, "{line}")?;
            }
        }
        Ok(())
    }
}

impl Text<'_> {
    fn rows(&self, groups: &[Group<'_>]) -> Vec<Row> {
        let mut rows = Vec::new();
        for group in groups {
            let mut row =
                Row { head: head(2, group.sign, &group.root.to_string()), details: Vec::new(), below: Vec::new() };
            if let Some(own) = group.own {
                self.details(own, 10, &mut row);
            }
            if group.rebuild {
                row.details.push(paint(style::DIM, "rebuilt: its rows are copied into a new table"));
            }
            rows.push(row);
            let implied = group.implied.iter().filter(|_| self.options.verbose);
            for change in implied.chain(&group.members) {
                let sign = Sign::of(&change.action);
                let mut row = Row {
                    head: head(6, sign, &outline::below_root(&change.id)),
                    details: Vec::new(),
                    below: Vec::new(),
                };
                self.details(change, 10, &mut row);
                rows.push(row);
            }
        }
        rows
    }

    fn details(&self, change: &Change, indent: usize, row: &mut Row) {
        match &change.action {
            Action::Create => row.details.push(clean(&outline::summary(change, &self.plan.desired)).into_owned()),
            Action::Drop => row.details.push(clean(&change.summary).into_owned()),
            Action::Rename { from } => {
                let same_parent = from.parent() == change.id.parent() && from.schema() == change.id.schema();
                let from = if same_parent { from.name().to_string() } else { from.to_string() };
                row.details.push(format!("renamed from {}", clean(&from)));
            }
            Action::Recreate { because: Some(because) } => row.details.push(format!("recreated: {}", clean(because))),
            Action::Recreate { because: None } => row.details.push("recreated".to_owned()),
            Action::Alter => {}
        }
        row.details.retain(|detail| !detail.is_empty());
        for difference in &change.differences {
            if outline::is_inline(difference) {
                row.details.push(inline(difference));
            } else {
                row.details.push(clean(&difference.attribute).into_owned());
                row.below.extend(block(difference, indent));
            }
        }
    }

    fn not_managed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.plan.unmanaged.is_empty() {
            return Ok(());
        }
        let what: Vec<_> = self.plan.unmanaged.iter().map(|what| clean(what)).collect();
        writeln!(f, "{} {}\n", paint(style::HEADING, "Not managed:"), what.join(", "))
    }

    fn sections(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = self.plan;
        section(
            f,
            "Could not be compared:",
            plan.unknown.iter().map(|unknown| (&unknown.id, vec![clean(&unknown.reason).into_owned()])),
        )?;
        section(
            f,
            "Left as it is:",
            plan.needed.iter().map(|needed| (&needed.id, vec![clean(&needed.reason()).into_owned()])),
        )?;
        section(
            f,
            "Refused:",
            plan.refusals.iter().map(|refusal| {
                let mut lines = vec![paint(style::DROP, clean(&refusal.reason))];
                if !refusal.advice.is_empty() {
                    lines.push(paint(style::HELP, clean(&refusal.advice)));
                }
                (&refusal.id, lines)
            }),
        )?;
        let protected = "trueup.toml protects it, so nothing is applied while the plan would drop it or make it again";
        section(f, "Protected:", plan.protected.iter().map(|id| (id, vec![paint(style::DROP, protected)])))?;
        section(f, "Notes:", plan.notes.iter().map(|note| (&note.id, vec![clean(&note.message).into_owned()])))
    }

    fn hazards(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hazards: Vec<_> = self.plan.hazards().collect();
        if hazards.is_empty() {
            return Ok(());
        }
        let messages: Vec<_> = hazards.iter().map(|hazard| clean(&hazard.message)).collect();
        let losses = hazards.iter().zip(&messages).filter(|(hazard, _)| hazard.kind == HazardKind::DataLoss);
        let column = losses.map(|(_, message)| message.chars().count()).max().unwrap_or(0).min(COLUMN_MAX);
        let rows = hazards.iter().zip(&messages).map(|(hazard, message)| {
            let detail = match hazard.kind {
                HazardKind::DataLoss => {
                    let leave = if self.plan.protected.contains(&hazard.id) {
                        paint(style::DROP, "protected")
                    } else if self.options.allowed.contains(&hazard.id) {
                        paint(style::DIM, "allowed")
                    } else {
                        paint(style::DANGER, format_args!("needs --allow {}", shell_word(&hazard.id.to_string())))
                    };
                    let gap = (column + 2).saturating_sub(message.chars().count()).max(2);
                    format!("{}{:gap$}{leave}", paint(style::DANGER, message), "")
                }
                HazardKind::Fails | HazardKind::Broken => paint(style::CHANGE, message),
                HazardKind::Rewrite | HazardKind::Notice => message.to_string(),
            };
            (&hazard.id, vec![detail])
        });
        section(f, "Hazards", rows)
    }

    fn closing(&self, f: &mut fmt::Formatter<'_>, groups: &[Group<'_>]) -> fmt::Result {
        let plan = self.plan;
        let database = clean(&plan.target.url).into_owned();
        if plan.is_clean() {
            return if self.options.selected {
                writeln!(f, "No changes in what was selected; the rest of {database} was not compared.")
            } else {
                writeln!(f, "{} {database} matches {}.", paint(style::ADD, "No changes."), clean(&self.options.schema))
            };
        }
        if groups.is_empty() && plan.steps.is_empty() {
            writeln!(
                f,
                "No changes were found, but {database} is not known to match {}.",
                clean(&self.options.schema)
            )?;
        } else {
            writeln!(f, "{} {}.", paint(style::HEADING, "Plan:"), Counts::of_groups(groups))?;
        }
        let rest = [
            (plan.refusals.len(), "refused"),
            (plan.unknown.len(), "not compared"),
            (plan.needed.len(), "left as it is"),
        ];
        let rest: Vec<_> =
            rest.iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}")).collect();
        if rest.is_empty() {
            return Ok(());
        }
        writeln!(f, "{}", paint(style::DANGER, format_args!("Not all can be made true: {}.", rest.join(", "))))
    }
}

fn head(indent: usize, sign: Sign, name: &str) -> String {
    format!("{:indent$}{} {}", "", paint(sign.style(), sign.text()), clean(name))
}

fn section<'a>(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    items: impl Iterator<Item = (&'a ObjectId, Vec<String>)>,
) -> fmt::Result {
    let rows: Vec<_> = items
        .map(|(id, details)| Row { head: format!("  {}", clean(&id.to_string())), details, below: Vec::new() })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(f, "{}\n{}", paint(style::HEADING, title), Rows(&rows))
}

fn inline(difference: &Difference) -> String {
    let value = |value: &Option<String>| match value.as_deref().map(str::trim_end) {
        Some("") => "\"\"".to_owned(),
        Some(value) => clean(value).into_owned(),
        None => paint(style::DIM, "none"),
    };
    format!("{} {} → {}", clean(&difference.attribute), value(&difference.from), value(&difference.to))
}

/// Old and new lines of a long value, below its name.
fn block(difference: &Difference, indent: usize) -> Vec<String> {
    let (from, to) = (difference.from.as_deref().unwrap_or_default(), difference.to.as_deref().unwrap_or_default());
    let line = |sign: &str, style, text: &str| {
        format!("{:indent$}{}", "", paint(style, format_args!("{sign} {}", clean(text))))
    };
    line_diff::diff(from, to)
        .into_iter()
        .map(|part| match part {
            Line::Same(text) => line(" ", anstyle::Style::new(), text),
            Line::Old(text) => line("-", style::DROP, text),
            Line::New(text) => line("+", style::ADD, text),
            Line::Gap => line(" ", style::DIM, "..."),
        })
        .collect()
}

/// A word that a shell takes as it is, quoted where it must be.
fn shell_word(word: &str) -> String {
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    if plain { word.to_owned() } else { format!("'{}'", clean_lines(word).replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn show(plan: &Plan, options: &Options) -> String {
        anstream::adapter::strip_str(&Text::new(plan, options).to_string()).to_string()
    }

    fn options() -> Options {
        Options { schema: "schema/".into(), ..Options::default() }
    }

    #[test]
    fn a_plan_is_grouped_and_aligned() {
        insta::assert_snapshot!(show(&sample::shop(), &options()), @r#"
        Changes to sqlite:shop.db

          - table.coupon_2019         loses 1,204 rows
          ~ table.order               rebuilt: its rows are copied into a new table
              + column.note           text, null
              ~ column.total          type numeric(10,2) → numeric(12,2)
              ~ column.status         renamed from state
                                      default none → 'new'
              - index.order_old
          + table.refund              2 columns, primary key, 1 index
          -/+ view.open_order         recreated: column.total changes its type
          ~ view.sales                query
                    select day, sum(total) as total
                    from "order"
                  - where status = 'paid'
                  + where status in ('paid', 'shipped')
                    group by day

        Not managed: 2 operators

        Hazards
          table.order.column.total    copies table.order (31,000 rows)
          table.coupon_2019           loses data: the table has 1,204 rows  needs --allow table.coupon_2019

        Plan: 2 to add, 4 to change, 1 to recreate, 2 to drop.
        "#);
    }

    #[test]
    fn verbose_shows_what_new_and_dropped_objects_are_made_of() {
        let mut plan = sample::shop();
        plan.changes.retain(|change| change.id.is_within(&sample::table("refund")));
        plan.steps.clear();
        plan.unmanaged.clear();
        insta::assert_snapshot!(show(&plan, &Options { verbose: true, ..options() }), @r"
        Changes to sqlite:shop.db

          + table.refund               2 columns, primary key, 1 index
              + column.id              integer
              + column.order_id        integer
              + primary_key            id
              + index.refund_by_order  order_id

        Plan: 1 to add, 0 to change, 0 to recreate, 0 to drop.
        ");
    }

    #[test]
    fn what_has_leave_is_said_to_be_allowed() {
        let allowed = [sample::table("coupon_2019")].into_iter().collect();
        let text = show(&sample::shop(), &Options { allowed, ..options() });
        assert!(text.contains("1,204 rows  allowed"), "{text}");
    }

    #[test]
    fn what_is_not_known_or_refused_is_never_called_clean() {
        insta::assert_snapshot!(show(&sample::troubled(), &options()), @r#"
        Could not be compared:
          view.geo                    no such function: st_area

        Refused:
          table.order.column.total    3 rows have text in it, which does not fit integer, for example 'n/a'
                                      write using = "..." in table.order.column.total, or mend the rows

        Notes:
          table.client                looks like table.customer under another name: write renamed_from = "customer" to keep its rows

        No changes were found, but sqlite:shop.db is not known to match schema/.
        Not all can be made true: 1 refused, 1 not compared.
        "#);
    }

    #[test]
    fn no_changes() {
        assert_eq!(show(&sample::empty(), &options()), "No changes. sqlite:shop.db matches schema/.\n");
        let selected = Options { selected: true, ..options() };
        let text = show(&sample::empty(), &selected);
        assert_eq!(text, "No changes in what was selected; the rest of sqlite:shop.db was not compared.\n");
    }

    #[test]
    fn a_renamed_table() {
        insta::assert_snapshot!(show(&sample::renamed_table(), &options()), @r"
        Changes to sqlite:shop.db

          ~ table.order               renamed from orders
              - column.note

        Plan: 0 to add, 1 to change, 0 to recreate, 1 to drop.
        ");
    }

    #[test]
    fn several_differences_stand_one_below_the_other() {
        let mut plan = sample::empty();
        let id =
            sample::column(&sample::table("a_table_with_quite_a_long_name"), "a_column_with_quite_a_long_name_too");
        let differences = vec![
            sample::differs("type", Some("text"), Some("integer")),
            sample::differs("default", Some("''"), None),
            sample::differs("check", None, Some("a_column_with_quite_a_long_name_too between 1 and 100000 or null")),
        ];
        plan.changes = vec![sample::change(id, Action::Alter, "", differences)];
        insta::assert_snapshot!(show(&plan, &options()), @r"
        Changes to sqlite:shop.db

          ~ table.a_table_with_quite_a_long_name
              ~ column.a_column_with_quite_a_long_name_too  type text → integer
                                                            default '' → none
                                                            check
                  + a_column_with_quite_a_long_name_too between 1 and 100000 or null

        Plan: 0 to add, 2 to change, 0 to recreate, 0 to drop.
        ");
    }

    #[test]
    fn names_cannot_forge_lines_or_colours() {
        let mut plan = sample::empty();
        let summary = "text\u{1b}[2J";
        plan.changes = vec![sample::change(sample::table("a\n  - table.b\u{1b}[31m"), Action::Create, summary, vec![])];
        let text = Text::new(&plan, &options()).to_string();
        assert!(
            !text.contains("\u{1b}[31m\n") && !text.contains("[2J\u{1b}") && !text.contains("\n  - table.b"),
            "{text}"
        );
        assert!(!text.contains('\u{1b}') || !text.contains("\u{1b}[2J"), "{text}");
    }

    #[test]
    fn allow_can_be_pasted_into_a_shell() {
        assert_eq!(shell_word("table.order"), "table.order");
        assert_eq!(shell_word("table.\"it's\""), "'table.\"it'\\''s\"'");
    }
}

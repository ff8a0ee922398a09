//! A plan for a merge request.

use std::fmt;

use crate::plan::{Action, Change, HazardKind, Plan};

use super::line_diff::{self, Line};
use super::outline::{self, Counts, Group, Sign};
use super::sql::Script;
use super::style::clean;

/// A plan in Markdown; its `Display` is the text.
#[derive(Debug)]
pub struct Markdown<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What it is compared with: `schema/`.
    pub schema: &'a str,
}

impl fmt::Display for Markdown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = self.plan;
        let database = code(&plan.target.url);
        if plan.is_clean() {
            writeln!(f, "**No changes.** {database} matches {}.", code(self.schema))?;
            self.target_notes(f)?;
            return self.not_managed(f);
        }
        let groups = outline::groups(plan);
        writeln!(f, "### Changes to {database}\n")?;
        if !groups.is_empty() {
            writeln!(f, "| | object | change |\n|:-:|---|---|")?;
            for group in &groups {
                self.group(f, group)?;
            }
            writeln!(f)?;
        }
        self.long_differences(f)?;
        self.target_notes(f)?;
        self.not_managed(f)?;
        list(
            f,
            "Could not be compared",
            plan.unknown.iter().map(|item| format!("{}: {}", code(&item.id.to_string()), text(&item.reason))),
        )?;
        list(
            f,
            "Left as it is",
            plan.needed.iter().map(|item| format!("{}: {}", code(&item.id.to_string()), text(&item.reason()))),
        )?;
        list(
            f,
            "Refused",
            plan.refusals.iter().map(|item| {
                format!("{}: {}. {}", code(&item.id.to_string()), text(&item.reason), text(&item.advice))
                    .trim()
                    .to_owned()
            }),
        )?;
        list(f, "Protected, so nothing is applied", plan.protected.iter().map(|id| code(&id.to_string())))?;
        list(
            f,
            "Notes",
            plan.notes.iter().map(|note| format!("{}: {}", code(&note.id.to_string()), text(&note.message))),
        )?;
        list(
            f,
            "Hazards",
            plan.hazards().map(|hazard| {
                let leave = match hazard.kind {
                    HazardKind::DataLoss => format!(" (needs {})", code(&format!("--allow {}", hazard.id))),
                    HazardKind::Fails | HazardKind::Rewrite | HazardKind::Broken | HazardKind::Notice => String::new(),
                };
                let mark = if leave.is_empty() { "" } else { "⚠️ " };
                format!("{mark}{}: {}{leave}", code(&hazard.id.to_string()), text(&hazard.message))
            }),
        )?;
        writeln!(f, "**Plan:** {}.", Counts::of_groups(&groups))?;
        if plan.steps.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n<details><summary>SQL</summary>\n")?;
        fenced(f, "sql", &Script(plan).to_string())?;
        writeln!(f, "\n</details>")
    }
}

/// A block of code, in a fence that is longer than any in it.
fn fenced(f: &mut fmt::Formatter<'_>, language: &str, content: &str) -> fmt::Result {
    let fence = "`".repeat(longest_run(content, '`').max(2) + 1);
    writeln!(f, "{fence}{language}\n{}\n{fence}", content.trim_end())
}

impl Markdown<'_> {
    fn group(&self, f: &mut fmt::Formatter<'_>, group: &Group<'_>) -> fmt::Result {
        let mut details = group.own.map(|change| self.details(change)).unwrap_or_default();
        if group.rebuild {
            details.push("the table is rebuilt".to_owned());
        }
        row(f, group.sign, &code(&group.root.to_string()), &details)?;
        for change in &group.members {
            let name = format!("&nbsp;&nbsp;{}", code(&outline::below_root(&change.id)));
            row(f, Sign::of(&change.action), &name, &self.details(change))?;
        }
        Ok(())
    }

    fn details(&self, change: &Change) -> Vec<String> {
        let mut details = match &change.action {
            Action::Create => vec![text(&outline::summary(change, &self.plan.desired))],
            Action::Drop => vec![text(&change.summary)],
            Action::Rename { from } => vec![format!("renamed from {}", code(&from.to_string()))],
            Action::Recreate { because: Some(because) } => vec![format!("recreated: {}", text(because))],
            Action::Recreate { because: None } => vec!["recreated".to_owned()],
            Action::Alter => Vec::new(),
        };
        details.retain(|detail| !detail.is_empty());
        let value = |value: &Option<String>| value.as_deref().map_or_else(|| "none".to_owned(), code);
        details.extend(change.differences.iter().map(|difference| {
            if outline::is_inline(difference) {
                format!("{} {} → {}", text(&difference.attribute), value(&difference.from), value(&difference.to))
            } else {
                format!("{} differs, see below", text(&difference.attribute))
            }
        }));
        details
    }

    /// What is too long for a cell, line by line.
    fn long_differences(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for change in &self.plan.changes {
            for difference in change.differences.iter().filter(|difference| !outline::is_inline(difference)) {
                let (from, to) = (difference.from.as_deref(), difference.to.as_deref());
                let lines: Vec<_> = line_diff::diff(from.unwrap_or_default(), to.unwrap_or_default())
                    .into_iter()
                    .map(|line| match line {
                        Line::Same(text) => format!("  {}", clean(text)),
                        Line::Old(text) => format!("- {}", clean(text)),
                        Line::New(text) => format!("+ {}", clean(text)),
                        Line::Gap => "  ...".to_owned(),
                    })
                    .collect();
                writeln!(f, "{}, {}:\n", code(&change.id.to_string()), text(&difference.attribute))?;
                fenced(f, "diff", &lines.join("\n"))?;
                writeln!(f)?;
            }
        }
        Ok(())
    }

    fn target_notes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.plan.target.notes.iter().try_for_each(|note| writeln!(f, "Note: {}\n", text(note)))
    }

    fn not_managed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.plan.unmanaged.is_empty() {
            return Ok(());
        }
        let what: Vec<_> = self.plan.unmanaged.iter().map(|what| text(what)).collect();
        writeln!(f, "Not managed: {}\n", what.join(", "))
    }
}

fn row(f: &mut fmt::Formatter<'_>, sign: Sign, name: &str, details: &[String]) -> fmt::Result {
    // A bar parts the cells of a table wherever it stands, also in code.
    let cell = |text: &str| text.replace('|', "\\|");
    writeln!(f, "| `{}` | {} | {} |", sign.text(), cell(name), cell(&details.join("<br>")))
}

fn list(f: &mut fmt::Formatter<'_>, title: &str, items: impl Iterator<Item = String>) -> fmt::Result {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return Ok(());
    }
    writeln!(f, "**{title}**\n")?;
    for item in items {
        writeln!(f, "- {item}")?;
    }
    writeln!(f)
}

/// Code that holds any text, whatever backticks are in it.
fn code(content: &str) -> String {
    let content = clean(content);
    let ticks = "`".repeat(longest_run(&content, '`') + 1);
    let space = if content.starts_with('`') || content.ends_with('`') || content.is_empty() { " " } else { "" };
    format!("{ticks}{space}{content}{space}{ticks}")
}

/// Text in which nothing is markup.
fn text(content: &str) -> String {
    let mut out = String::with_capacity(content.len());
    for c in clean(content).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

fn longest_run(text: &str, of: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == of { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_table_of_changes_and_the_sql() {
        insta::assert_snapshot!(Markdown { plan: &sample::shop(), schema: "schema/" }.to_string(), @r#"
        ### Changes to `sqlite:shop.db`

        | | object | change |
        |:-:|---|---|
        | `-` | `table.coupon_2019` | loses 1,204 rows |
        | `~` | `table.order` | the table is rebuilt |
        | `+` | &nbsp;&nbsp;`column.note` | text, null |
        | `~` | &nbsp;&nbsp;`column.total` | type `numeric(10,2)` → `numeric(12,2)` |
        | `~` | &nbsp;&nbsp;`column.status` | renamed from `table.order.column.state`<br>default none → `'new'` |
        | `-` | &nbsp;&nbsp;`index.order_old` |  |
        | `+` | `table.refund` | 2 columns, primary key, 1 index |
        | `-/+` | `view.open_order` | recreated: column.total changes its type |
        | `~` | `view.sales` | query differs, see below |

        `view.sales`, query:

        ```diff
          select day, sum(total) as total
          from "order"
        - where status = 'paid'
        + where status in ('paid', 'shipped')
          group by day
        ```

        Not managed: 2 operators

        **Hazards**

        - `table.order.column.total`: copies table.order (31,000 rows)
        - ⚠️ `table.coupon_2019`: loses data: the table has 1,204 rows (needs `--allow table.coupon_2019`)

        **Plan:** 2 to add, 4 to change, 1 to recreate, 2 to drop.

        <details><summary>SQL</summary>

        ```sql
        -- sqlite:shop.db: 2 to add, 4 to change, 1 to recreate, 2 to drop, by trueup 0.1.0
        -- For the sqlite3 shell: sqlite3 FILE < THIS
        .bail on
        PRAGMA foreign_keys = OFF;
        BEGIN IMMEDIATE;

        -- 1 of 3: create table.refund
        CREATE TABLE refund (
          id INTEGER PRIMARY KEY -- the key
        );

        -- 2 of 3: rebuild table.order
        -- note: table.order.column.total: copies table.order (31,000 rows)
        CREATE TABLE "order~" (id);
        DROP TABLE "order";
        ALTER TABLE "order~" RENAME TO "order" -- done
        ;

        -- 3 of 3: drop table.coupon_2019
        -- DATA LOSS: table.coupon_2019: loses data: the table has 1,204 rows
        DROP TABLE coupon_2019;

        -- shows rows that break a foreign key; there should be none
        PRAGMA foreign_key_check;
        COMMIT;
        ```

        </details>
        "#);
    }

    #[test]
    fn troubles_are_listed() {
        insta::assert_snapshot!(Markdown { plan: &sample::troubled(), schema: "schema/" }.to_string(), @r#"
        ### Changes to `sqlite:shop.db`

        **Could not be compared**

        - `view.geo`: no such function: st\_area

        **Refused**

        - `table.order.column.total`: 3 rows have text in it, which does not fit integer, for example 'n/a'. write using = "..." in table.order.column.total, or mend the rows

        **Notes**

        - `table.client`: looks like table.customer under another name: write renamed\_from = "customer" to keep its rows

        **Plan:** 0 to add, 0 to change, 0 to recreate, 0 to drop.
        "#);
    }

    #[test]
    fn no_changes() {
        let text = Markdown { plan: &sample::empty(), schema: "schema/" }.to_string();
        assert_eq!(text, "**No changes.** `sqlite:shop.db` matches `schema/`.\n");
    }

    #[test]
    fn nothing_from_outside_is_markup() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(text("<b>*x*"), "&lt;b>\\*x\\*");
        assert_eq!(longest_run("a``b```c", '`'), 3);
    }
}

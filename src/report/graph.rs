//! What depends on what, as DOT (Graphviz) and Mermaid.

use std::collections::BTreeMap;
use std::fmt;

use crate::catalog::{Catalog, ObjectId};
use crate::plan::Plan;

use super::style::clean;

/// Nodes and what points from one to another.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// The text of each node.
    pub nodes: Vec<String>,
    /// Pairs of indexes into the nodes.
    pub edges: Vec<(usize, usize)>,
}

impl Graph {
    /// The order of a plan: from a step to those that must come after it.
    pub fn of_steps(plan: &Plan, edges: Vec<(usize, usize)>) -> Self {
        let nodes = plan.steps.iter().enumerate().map(|(i, step)| format!("{}. {}", i + 1, step.summary)).collect();
        Self { nodes, edges }
    }

    /// How the objects of a catalog refer to each other: from what refers to what it needs. Unless
    /// `fine`, what belongs to a top-level object counts as that.
    pub fn of_objects(catalog: &Catalog, fine: bool) -> Self {
        let grain = |id: &ObjectId| if fine { id.clone() } else { id.root().clone() };
        let mut index: BTreeMap<ObjectId, usize> = BTreeMap::new();
        let mut nodes = Vec::new();
        for (id, _) in catalog.iter().filter(|(id, _)| fine || id.parent().is_none()) {
            index.insert(id.clone(), nodes.len());
            nodes.push(id.to_string());
        }
        let mut edges = Vec::new();
        for (id, entry) in catalog.iter() {
            let parent = if fine { id.parent().cloned() } else { None };
            for target in entry.references(id).into_iter().chain(parent) {
                if let (Some(&from), Some(&to)) = (index.get(&grain(id)), index.get(&grain(&target))) {
                    // A table refers to itself all the time; that tells nothing.
                    if from != to {
                        edges.push((from, to));
                    }
                }
            }
        }
        edges.sort_unstable();
        edges.dedup();
        Self { nodes, edges }
    }

    /// As DOT.
    pub fn dot(&self) -> Dot<'_> {
        Dot(self)
    }

    /// As Mermaid.
    pub fn mermaid(&self) -> Mermaid<'_> {
        Mermaid(self)
    }
}

/// A graph in DOT; its `Display` is the text.
#[derive(Debug)]
pub struct Dot<'a>(&'a Graph);

impl fmt::Display for Dot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "digraph trueup {{\n  rankdir = LR;\n  node [shape = box, fontname = \"sans-serif\"];")?;
        for (i, label) in self.0.nodes.iter().enumerate() {
            writeln!(f, "  n{i} [label = \"{}\"];", clean(label).replace('\\', "\\\\").replace('"', "\\\""))?;
        }
        for (from, to) in &self.0.edges {
            writeln!(f, "  n{from} -> n{to};")?;
        }
        writeln!(f, "}}")
    }
}

/// A graph in Mermaid; its `Display` is the text.
#[derive(Debug)]
pub struct Mermaid<'a>(&'a Graph);

impl fmt::Display for Mermaid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "flowchart LR")?;
        for (i, label) in self.0.nodes.iter().enumerate() {
            write!(f, "  n{i}[\"")?;
            for c in clean(label).chars() {
                // Mermaid writes letters that mean something to it by their numbers.
                if c.is_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-' | ',') {
                    write!(f, "{c}")?;
                } else {
                    write!(f, "#{};", u32::from(c))?;
                }
            }
            writeln!(f, "\"]")?;
        }
        for (from, to) in &self.0.edges {
            writeln!(f, "  n{from} --> n{to}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Entry, Kind, Name, Object, Table, View};
    use crate::report::sample;

    fn catalog() -> Catalog {
        let (a, v) = (sample::table("a"), sample::view("v \"1\""));
        let mut view = Entry::new(
            Object::View(View { query: sample::sql("select x from a"), column_names: vec![], ..View::default() }),
            0,
        );
        view.mentions = vec![a.child(Kind::Column, Name::exact("x")), sample::table("gone")];
        let column = sample::shop().desired.iter().find(|(id, _)| id.kind() == Kind::Column).map(|(_, e)| e.clone());
        let mut catalog: Catalog =
            [(a.clone(), Entry::new(Object::Table(Table::default()), 0)), (v, view)].into_iter().collect();
        if let Some(column) = column {
            assert!(catalog.insert(sample::column(&a, "x"), column).is_ok());
        }
        catalog
    }

    #[test]
    fn objects_as_dot() {
        insta::assert_snapshot!(Graph::of_objects(&catalog(), false).dot().to_string(), @r#"
        digraph trueup {
          rankdir = LR;
          node [shape = box, fontname = "sans-serif"];
          n0 [label = "table.a"];
          n1 [label = "view.\"v \\\"1\\\"\""];
          n1 -> n0;
        }
        "#);
        insta::assert_snapshot!(Graph::of_objects(&catalog(), true).dot().to_string(), @r#"
        digraph trueup {
          rankdir = LR;
          node [shape = box, fontname = "sans-serif"];
          n0 [label = "table.a"];
          n1 [label = "table.a.column.x"];
          n2 [label = "view.\"v \\\"1\\\"\""];
          n1 -> n0;
          n2 -> n1;
        }
        "#);
    }

    #[test]
    fn objects_as_mermaid() {
        insta::assert_snapshot!(Graph::of_objects(&catalog(), false).mermaid().to_string(), @r#"
        flowchart LR
          n0["table.a"]
          n1["view.#34;v #92;#34;1#92;#34;#34;"]
          n1 --> n0
        "#);
    }

    #[test]
    fn steps_in_their_order() {
        let plan = sample::shop();
        insta::assert_snapshot!(Graph::of_steps(&plan, vec![(0, 1), (1, 2)]).mermaid().to_string(), @r#"
        flowchart LR
          n0["1. create table.refund"]
          n1["2. rebuild table.order"]
          n2["3. drop table.coupon_2019"]
          n0 --> n1
          n1 --> n2
        "#);
    }
}

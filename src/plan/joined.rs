//! Steps that can be one statement: where each by itself would write its table anew, all of them together do it once.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction::{Incoming, Outgoing};
use petgraph::graph::{DiGraph, NodeIndex};

use super::artifact::HazardKind;
use super::draft::Draft;

/// Makes one step of those of which several write a table anew, as far as no other has to come between them; `order` is an
/// order of all. Gives the nodes that are part of another now.
pub(super) fn join<E: Copy>(
    graph: &mut DiGraph<usize, E>,
    drafts: &mut [Draft],
    order: &[NodeIndex],
) -> BTreeSet<NodeIndex> {
    let mut groups: BTreeMap<(String, Option<String>), Vec<NodeIndex>> = BTreeMap::new();
    for node in order {
        let draft = &drafts[node.index()];
        if let Some(start) = &draft.joins
            && !apart(draft, start).0.is_empty()
        {
            groups.entry((start.clone(), draft.step.in_schema.clone())).or_default().push(*node);
        }
    }
    let mut gone = BTreeSet::new();
    let rewrites =
        |node: &&NodeIndex| drafts[node.index()].step.hazards.iter().any(|hazard| hazard.kind == HazardKind::Rewrite);
    groups.retain(|_, nodes| nodes.iter().filter(rewrites).count() > 1);
    for ((start, _), nodes) in groups {
        let mut nodes = nodes.into_iter();
        let Some(first) = nodes.next() else { continue };
        let mut joined = vec![first];
        for other in nodes {
            if !passes_another(graph, first, other) && !passes_another(graph, other, first) {
                absorb(graph, first, other);
                joined.push(other);
            }
        }
        if joined.len() > 1 {
            one_statement(drafts, &start, &joined);
            gone.extend(joined.into_iter().skip(1));
        }
    }
    gone
}

/// What stands behind the beginning in the first statements of a step, as far as it can stand with others, and the rest of
/// the statements: to rename is a statement by itself.
fn apart<'a>(draft: &'a Draft, start: &str) -> (Vec<&'a str>, &'a [String]) {
    let clause = |sql: &'a String| {
        let clause = sql.strip_prefix(start)?.strip_prefix(' ')?;
        Some(clause).filter(|clause| ["ADD ", "ALTER COLUMN "].iter().any(|word| clause.starts_with(word)))
    };
    let clauses: Vec<&str> = draft.step.sql.iter().map_while(clause).collect();
    let rest = draft.step.sql.get(clauses.len()..).unwrap_or_default();
    (clauses, rest)
}

fn one_statement(drafts: &mut [Draft], start: &str, joined: &[NodeIndex]) {
    let all: Vec<&Draft> = joined.iter().map(|node| &drafts[node.index()]).collect();
    let parts: Vec<_> = all.iter().map(|draft| apart(draft, start)).collect();
    let clauses: Vec<&str> = parts.iter().flat_map(|(clauses, _)| clauses.iter().copied()).collect();
    let mut sql = vec![format!("{start}\n  {}", clauses.join(",\n  "))];
    sql.extend(parts.iter().flat_map(|(_, rest)| rest.iter().cloned()));
    let hazards: Vec<_> = all.iter().flat_map(|draft| draft.step.hazards.iter().cloned()).collect();
    let probes: Vec<_> = all.iter().flat_map(|draft| draft.step.probes.iter().cloned()).collect();
    let names: Vec<String> = all.iter().map(|draft| draft.step.id.name().to_string()).collect();
    let Some(step) = joined.first().and_then(|first| drafts.get_mut(first.index())).map(|draft| &mut draft.step) else {
        return;
    };
    step.id = step.id.root().clone();
    step.summary = format!("alter {} of {}", names.join(", "), step.id);
    (step.sql, step.hazards, step.probes) = (sql, hazards, probes);
}

/// Whether a third step has to come after the one and before the other.
fn passes_another<E>(graph: &DiGraph<usize, E>, from: NodeIndex, to: NodeIndex) -> bool {
    let mut open: Vec<NodeIndex> = graph.neighbors(from).filter(|next| *next != to).collect();
    let mut seen: BTreeSet<NodeIndex> = open.iter().copied().collect();
    while let Some(node) = open.pop() {
        if node == to {
            return true;
        }
        open.extend(graph.neighbors(node).filter(|next| seen.insert(*next)));
    }
    false
}

/// Gives a step all that comes before and after another.
fn absorb<E: Copy>(graph: &mut DiGraph<usize, E>, first: NodeIndex, other: NodeIndex) {
    for direction in [Incoming, Outgoing] {
        while let Some(edge) = graph.first_edge(other, direction) {
            if let (Some((from, to)), Some(weight)) = (graph.edge_endpoints(edge), graph.edge_weight(edge).copied()) {
                let (from, to) = if direction == Incoming { (from, first) } else { (first, to) };
                if from != to {
                    graph.add_edge(from, to, weight);
                }
            }
            graph.remove_edge(edge);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::artifact::Hazard;
    use super::*;
    use crate::catalog::{Kind, Name, ObjectId};

    fn draft(column: &str, sql: &str, joins: bool) -> Draft {
        let id = ObjectId::top(Kind::Table, None, Name::exact("t")).child(Kind::Column, Name::exact(column));
        let mut draft = Draft::new(&id, column, sql);
        draft.joins = joins.then(|| "ALTER TABLE t".to_owned());
        let rewrite = Hazard { kind: HazardKind::Rewrite, id: id.clone(), message: String::new() };
        draft.risking((column != "e").then_some(rewrite))
    }

    fn joined(edges: &[(usize, usize)]) -> Vec<String> {
        let mut drafts = vec![
            draft("a", "ALTER TABLE t ALTER COLUMN a TYPE bigint", true),
            draft("b", "ALTER TABLE t ALTER COLUMN b TYPE bigint", true),
            draft("c", "CREATE VIEW v", false),
            draft("d", "ALTER TABLE ONLY t ALTER COLUMN d TYPE bigint", true),
            draft("e", "ALTER TABLE t ADD COLUMN e int", true),
        ];
        drafts[1].step.sql.push("ALTER TABLE t RENAME CONSTRAINT x TO y".to_owned());
        let mut graph: DiGraph<usize, ()> = DiGraph::new();
        let nodes: Vec<NodeIndex> = (0..drafts.len()).map(|at| graph.add_node(at)).collect();
        for (from, to) in edges {
            graph.add_edge(nodes[*from], nodes[*to], ());
        }
        let gone = join(&mut graph, &mut drafts, &nodes);
        let left = nodes.iter().filter(|node| !gone.contains(node));
        left.map(|node| drafts[node.index()].step.sql.join(";")).collect()
    }

    #[test]
    fn steps_are_one_where_nothing_has_to_come_between() {
        let both = "ALTER TABLE t\n  ALTER COLUMN a TYPE bigint,\n  ALTER COLUMN b TYPE bigint,\n  ADD COLUMN e int;\
                    ALTER TABLE t RENAME CONSTRAINT x TO y";
        for edges in [&[][..], &[(0, 1)], &[(0, 2), (1, 2)], &[(2, 0), (2, 1), (0, 1)]] {
            assert_eq!(joined(edges).first().map(String::as_str), Some(both), "{edges:?}");
            assert_eq!(joined(edges).len(), 3);
        }
        for edges in [[(0, 2), (2, 1)], [(1, 2), (2, 0)]] {
            assert!(joined(&edges)[1].starts_with("ALTER TABLE t ALTER COLUMN b TYPE bigint;"), "{edges:?}");
        }
    }
}

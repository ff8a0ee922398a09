//! The one order of steps: a graph of what they produce, consume and destroy.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::error::{Error, Result};

use super::draft::{Draft, Resource};
use super::joined::join;

/// Whether an edge may give way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    Must,
    /// A wish for what the plan makes again, or changes so that what rests on it has to go before.
    Firm,
    Wish,
    Guess,
}

/// Steps in order, and the edges between them by their place in that order.
pub(super) struct Ordered {
    pub(super) drafts: Vec<Draft>,
    pub(super) edges: Vec<(usize, usize)>,
}

/// Orders steps. Ties break by the order of the ids, and then by the order in which the rules made them,
/// so the same changes always give the same plan.
pub(super) fn order(mut drafts: Vec<Draft>) -> Result<Ordered> {
    drafts.sort_by(|a, b| priority(a).cmp(&priority(b)));
    let mut graph = build(&drafts);
    relax(&mut graph);
    if let Some(cycle) = tarjan_scc(&graph).into_iter().find(|component| component.len() > 1) {
        return Err(Error::Cycle(draw(&graph, &cycle, &drafts)));
    }
    let order = topological(&graph);
    let joined = join(&mut graph, &mut drafts, &order);
    let mut order = if joined.is_empty() { order } else { topological(&graph) };
    order.retain(|node| !joined.contains(node));
    let mut place = vec![0; drafts.len()];
    for (at, node) in order.iter().enumerate() {
        place[node.index()] = at;
    }
    let mut edges: Vec<_> =
        graph.edge_references().map(|edge| (place[edge.source().index()], place[edge.target().index()])).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut slots: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let drafts = order.iter().filter_map(|node| slots[node.index()].take()).collect();
    Ok(Ordered { drafts, edges })
}

/// Renames come first where nothing else says so, then by kind and address.
fn priority(draft: &Draft) -> (bool, crate::catalog::Kind, &crate::catalog::ObjectId) {
    (!is_rename(draft), draft.step.id.root().kind(), &draft.step.id)
}

fn is_rename(draft: &Draft) -> bool {
    draft.produces.iter().any(|resource| matches!(resource, Resource::Renamed(_)))
}

fn build(drafts: &[Draft]) -> DiGraph<usize, Strength> {
    let mut graph = DiGraph::with_capacity(drafts.len(), drafts.len() * 2);
    let nodes: Vec<_> = (0..drafts.len()).map(|at| graph.add_node(at)).collect();
    let mut makers: BTreeMap<&Resource, Vec<usize>> = BTreeMap::new();
    let mut enders: BTreeMap<&Resource, Vec<usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        draft.produces.iter().for_each(|resource| makers.entry(resource).or_default().push(at));
        draft.destroys.iter().for_each(|resource| enders.entry(resource).or_default().push(at));
    }
    let after_renames: BTreeSet<&Resource> =
        drafts.iter().filter(|draft| is_rename(draft)).flat_map(|draft| &draft.produces).collect();
    let mut edge = |from: usize, to: usize, strength| {
        if from != to {
            graph.add_edge(nodes[from], nodes[to], strength);
        }
    };
    for (at, draft) in drafts.iter().enumerate() {
        let needs = draft.consumes.iter().map(|resource| (resource, Strength::Must));
        let wishes = draft.prefers.iter().map(|resource| (resource, strength_of(resource, &enders)));
        let guesses = draft.guesses.iter().map(|resource| (resource, Strength::Guess));
        for (resource, strength) in needs.chain(wishes).chain(guesses) {
            for maker in makers.get(resource).into_iter().flatten() {
                edge(*maker, at, strength);
            }
            for ender in enders.get(resource).into_iter().flatten() {
                edge(at, *ender, strength);
            }
        }
        // What takes a name comes after what frees it. What is renamed has its new name before it is made again under it.
        let waits = |ender: &usize| drafts[*ender].consumes.iter().any(|one| after_renames.contains(one));
        for resource in draft.produces.iter().filter(|resource| matches!(resource, Resource::Name(..))) {
            let enders = enders.get(resource).into_iter().flatten();
            for ender in enders.filter(|ender| !(is_rename(draft) && waits(ender))) {
                edge(*ender, at, Strength::Must);
            }
        }
    }
    graph
}

/// What is to be there as it will be, while the plan ends it as it was, is wished for more: before that it would hold what
/// is to end.
fn strength_of(wish: &Resource, enders: &BTreeMap<&Resource, Vec<usize>>) -> Strength {
    let ended = match wish {
        Resource::New(id) => enders.contains_key(&Resource::Old(id.clone())),
        _ => false,
    };
    if ended { Strength::Firm } else { Strength::Wish }
}

/// Drops the guesses that lie on a cycle, and then the wishes, all of one cycle at once, so that the result does not hang on
/// the order of edges.
fn relax(graph: &mut DiGraph<usize, Strength>) {
    for gives_way in [Strength::Guess, Strength::Wish, Strength::Firm] {
        let mut component = vec![usize::MAX; graph.node_count()];
        for (number, members) in tarjan_scc(&*graph).into_iter().enumerate() {
            if members.len() > 1 {
                for node in members {
                    component[node.index()] = number;
                }
            }
        }
        graph.retain_edges(|graph, edge| {
            let within = graph.edge_endpoints(edge).is_some_and(|(a, b)| {
                component[a.index()] != usize::MAX && component[a.index()] == component[b.index()]
            });
            !(within && graph[edge] == gives_way)
        });
    }
}

/// Kahn's algorithm over a heap: always the first step that is ready.
fn topological(graph: &DiGraph<usize, Strength>) -> Vec<NodeIndex> {
    let mut waits: Vec<usize> =
        graph.node_indices().map(|node| graph.neighbors_directed(node, petgraph::Incoming).count()).collect();
    let mut ready: BinaryHeap<Reverse<NodeIndex>> =
        graph.node_indices().filter(|node| waits[node.index()] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(graph.node_count());
    while let Some(Reverse(node)) = ready.pop() {
        order.push(node);
        for next in graph.neighbors(node) {
            waits[next.index()] -= 1;
            if waits[next.index()] == 0 {
                ready.push(Reverse(next));
            }
        }
    }
    order
}

fn draw(graph: &DiGraph<usize, Strength>, cycle: &[NodeIndex], drafts: &[Draft]) -> String {
    let members: BTreeSet<NodeIndex> = cycle.iter().copied().collect();
    let mut path = Vec::new();
    let mut seen = BTreeSet::new();
    let mut at = members.iter().next().copied();
    while let Some(node) = at.filter(|node| seen.insert(*node)) {
        path.push(node);
        at = graph.neighbors(node).filter(|next| members.contains(next)).min();
    }
    let start = at.and_then(|node| path.iter().position(|step| *step == node)).unwrap_or(0);
    let line = |node: &NodeIndex| format!("  {}", drafts[node.index()].step.summary);
    let mut lines: Vec<String> = path[start..].iter().map(line).collect();
    lines.extend(path.get(start).map(line));
    format!(
        "these steps wait for each other; please report this as a fault of trueup:\n{}",
        lines.join("\n    ↓ before\n")
    )
}

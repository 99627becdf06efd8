//! The fewest references to cut so that nothing leads from a source to a sink: a minimum cut, by Dinic's algorithm.

/// A reference that no statement can take away.
pub const FIXED: u32 = u32::MAX / 2;

/// A directed graph with a capacity for each edge.
pub struct Network {
    /// For each node, its edges: those that leave it, and the backward edges of those that enter it.
    edges_of: Vec<Vec<usize>>,
    /// Where each edge leads. Edge `i ^ 1` is edge `i` backward.
    to: Vec<usize>,
    /// What may still flow.
    rest: Vec<u32>,
}

impl Network {
    /// So many nodes, and no edges.
    pub fn new(nodes: usize) -> Network {
        Network { edges_of: vec![Vec::new(); nodes], to: Vec::new(), rest: Vec::new() }
    }

    /// Adds an edge; its number.
    pub fn add(&mut self, from: usize, to: usize, capacity: u32) -> usize {
        let edge = self.to.len();
        self.to.extend([to, from]);
        self.rest.extend([capacity, 0]);
        self.edges_of[from].push(edge);
        self.edges_of[to].push(edge + 1);
        edge
    }

    /// The edges of a cut of the fewest, of all such cuts the one nearest to the sink. Every edge from the source
    /// must have a capacity of 1.
    pub fn cut(&mut self, source: usize, sink: usize) -> Vec<usize> {
        while let Some(mut levels) = self.levels(source, sink) {
            let mut next = vec![0; self.edges_of.len()];
            while let Some(path) = self.path(source, sink, &mut levels, &mut next) {
                for edge in path {
                    self.rest[edge] -= 1;
                    self.rest[edge ^ 1] += 1;
                }
            }
        }
        let behind = self.reaching(sink);
        let crosses = |edge: &usize| !behind[self.to[edge ^ 1]] && behind[self.to[*edge]];
        (0..self.to.len()).step_by(2).filter(crosses).collect()
    }

    /// The steps from the source to each node along edges with room; `None` where the sink is out of reach.
    fn levels(&self, source: usize, sink: usize) -> Option<Vec<usize>> {
        let mut levels = vec![usize::MAX; self.edges_of.len()];
        levels[source] = 0;
        let mut queue = vec![source];
        let mut at = 0;
        while let Some(&node) = queue.get(at) {
            at += 1;
            for &edge in &self.edges_of[node] {
                let to = self.to[edge];
                if self.rest[edge] > 0 && levels[to] == usize::MAX {
                    levels[to] = levels[node] + 1;
                    queue.push(to);
                }
            }
        }
        (levels[sink] < usize::MAX).then_some(levels)
    }

    /// A path of edges with room that gains a level with each; dead ends are taken out of the levels.
    fn path(&self, source: usize, sink: usize, levels: &mut [usize], next: &mut [usize]) -> Option<Vec<usize>> {
        let mut path: Vec<usize> = Vec::new();
        let mut node = source;
        while node != sink {
            let onward = self.edges_of[node].get(next[node]).copied();
            match onward {
                Some(edge) if self.rest[edge] > 0 && levels[self.to[edge]] == levels[node].saturating_add(1) => {
                    path.push(edge);
                    node = self.to[edge];
                }
                Some(_) => next[node] += 1,
                None => {
                    levels[node] = usize::MAX;
                    let edge = path.pop()?;
                    node = self.to[edge ^ 1];
                }
            }
        }
        Some(path)
    }

    /// Which nodes lead to the sink along edges with room.
    fn reaching(&self, sink: usize) -> Vec<bool> {
        let mut reaching = vec![false; self.edges_of.len()];
        reaching[sink] = true;
        let mut queue = vec![sink];
        while let Some(node) = queue.pop() {
            for &edge in &self.edges_of[node] {
                let from = self.to[edge];
                if self.rest[edge ^ 1] > 0 && !reaching[from] {
                    reaching[from] = true;
                    queue.push(from);
                }
            }
        }
        reaching
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_name_of_a_list_is_fewer_than_its_items() {
        // 0 -> list 2 -> arrays 3 and 4 -> 1, and a name of 3
        let mut network = Network::new(5);
        let list = network.add(0, 2, 1);
        network.add(2, 3, 1);
        network.add(2, 4, 1);
        let name = network.add(0, 3, 1);
        network.add(3, 1, FIXED);
        network.add(4, 1, FIXED);
        assert_eq!(network.cut(0, 1), [list, name]);
    }

    #[test]
    fn of_equals_the_cut_takes_the_nearest_to_the_sink() {
        let mut network = Network::new(4);
        network.add(0, 2, 1);
        let item = network.add(2, 3, 1);
        network.add(3, 1, FIXED);
        assert_eq!(network.cut(0, 1), [item]);
    }

    /// Whether the sink is in reach of the source without the edges in `without` (a bit set).
    fn leads(edges: &[(usize, usize)], nodes: usize, without: u32) -> bool {
        let mut reached = vec![false; nodes];
        reached[0] = true;
        for _ in 0..nodes {
            for (n, &(from, to)) in edges.iter().enumerate() {
                reached[to] |= reached[from] && without >> n & 1 == 0;
            }
        }
        reached[1]
    }

    proptest! {
        #[test]
        fn no_smaller_set_cuts(edges in prop::collection::vec((0usize..6, 1usize..6), 0..10)) {
            // none into the source, none out of the sink
            let edges: Vec<_> = edges.into_iter().filter(|(from, to)| from != to && *from != 1).collect();
            let mut network = Network::new(6);
            let numbers: Vec<usize> = edges.iter().map(|&(from, to)| network.add(from, to, 1)).collect();
            let cut = network.cut(0, 1);
            let bits = numbers.iter().enumerate().filter(|(_, n)| cut.contains(n)).fold(0, |bits, (n, _)| bits | 1 << n);
            prop_assert!(!leads(&edges, 6, bits));
            let smaller = (0u32..1 << edges.len()).filter(|set| (set.count_ones() as usize) < cut.len());
            prop_assert!(smaller.into_iter().all(|set| leads(&edges, 6, set)));
        }
    }
}

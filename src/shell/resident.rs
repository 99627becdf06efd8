//! How much of a buffer is in memory: what was allocated but never written is not.

use std::fs;

/// Smaller buffers share pages and mappings with others, so that nothing can be told of them.
pub const LARGE: usize = 4 << 20;

/// What the operating system maps at some addresses, and how much of it is in memory; in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mapping {
    start: usize,
    end: usize,
    resident: usize,
}

/// The mappings of this process.
pub struct Mappings(Vec<Mapping>);

impl Mappings {
    /// Asks the operating system; `None` where it does not tell. Pages that were only read do not count as resident
    /// there: they all are one page of zeros.
    pub fn read() -> Option<Mappings> {
        Some(Mappings(parse(&fs::read_to_string("/proc/self/smaps").ok()?)))
    }

    /// How many of the `len` bytes at `address` are in memory; `None` for a small buffer. Pages that the buffer shares
    /// with others count only where all others are there too.
    pub fn resident(&self, address: usize, len: usize) -> Option<usize> {
        const PAGE: usize = 4096;
        if len < LARGE {
            return None;
        }
        let (start, end) = (address.next_multiple_of(PAGE), (address + len) / PAGE * PAGE);
        let first = self.0.partition_point(|mapping| mapping.end <= start);
        let overlapping = self.0[first..].iter().take_while(|mapping| mapping.start < end);
        let resident: usize = overlapping
            .map(|mapping| {
                let inside = mapping.end.min(end) - mapping.start.max(start);
                let all = mapping.end - mapping.start;
                // of a mapping that goes on outside the buffer a part in proportion
                (mapping.resident as u128 * inside as u128 / all.max(1) as u128) as usize
            })
            .sum();
        Some(if resident >= end - start { len } else { resident })
    }
}

/// The mappings in the text of `/proc/self/smaps`, in the order of their addresses.
fn parse(text: &str) -> Vec<Mapping> {
    let mut mappings: Vec<Mapping> = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("Rss:") {
            let kilobytes = rest.split_whitespace().next().and_then(|number| number.parse::<usize>().ok());
            if let (Some(mapping), Some(kilobytes)) = (mappings.last_mut(), kilobytes) {
                mapping.resident = kilobytes.saturating_mul(1024);
            }
        } else if let Some((range, _)) = line.split_once(' ')
            && let Some((start, end)) = range.split_once('-')
            && let (Ok(start), Ok(end)) = (usize::from_str_radix(start, 16), usize::from_str_radix(end, 16))
            && start < end
        {
            mappings.push(Mapping { start, end, resident: 0 });
        }
    }
    mappings
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMAPS: &str = "\
1000-2000 rw-p 00000000 00:00 0 
Size:                  4 kB
Rss:                   4 kB
2000-802000 rw-p 00000000 00:00 0 
Size:               8192 kB
Rss:                2048 kB
VmFlags: rd wr mr mw me ac hg
802000-1802000 rw-p 00000000 00:00 0    [heap]
Rss:               16384 kB
";

    #[test]
    fn a_buffer_has_the_part_of_its_mapping_that_is_there() {
        let mappings = Mappings(parse(SMAPS));
        assert_eq!(mappings.0.len(), 3);
        assert_eq!(mappings.resident(0x1010, 0x800ff0), Some(2 << 20));
        assert_eq!(mappings.resident(0x802010, 8 << 20), Some(8 << 20));
        assert_eq!(mappings.resident(0x802010, 100), None);
        assert_eq!(mappings.resident(0x9000_0000, 8 << 20), Some(0));
    }
}

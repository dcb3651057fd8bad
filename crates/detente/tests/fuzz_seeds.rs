//! Every fuzz target holds on its seeds and on damaged seeds; the fuzzer itself looks further (`bench/fuzz.sh`).

#[path = "../../../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;

/// Damaged copies of each seed.
const COPIES: u64 = 60;

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// The seed cut, with bytes changed, doubled, left out or brought in from another.
fn damage(seed: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        let end = at + numbers.below((bytes.len() - at).min(40));
        match numbers.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.splice(at..end, [])),
            2 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            3 => {
                let from = numbers.below(other.len());
                let piece = other[from..].iter().copied().take(60).collect::<Vec<u8>>();
                bytes.splice(at..end, piece);
            }
            4 => bytes.insert(at, [0, b'<', b'"', b'\n', b'&', 0xff, b'{', 0xc3][numbers.below(8)]),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = numbers.below(256) as u8;
                }
            }
        }
    }
    bytes
}

#[test]
fn no_reader_fails_on_seeds_or_damaged_seeds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    for (name, target) in targets::TARGETS {
        let mut paths: Vec<_> = fs::read_dir(folder.join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        assert!(!paths.is_empty(), "{name} has no seeds");
        let seeds: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for (number, seed) in seeds.iter().enumerate() {
            target(seed);
            let other = &seeds[(number + 1) % seeds.len()];
            for _ in 0..COPIES {
                target(&damage(seed, other, &mut numbers));
            }
        }
    }
}

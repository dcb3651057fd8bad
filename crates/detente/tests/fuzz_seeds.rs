//! Every fuzz target holds on its seeds and on damaged seeds; the fuzzer itself looks further (`bench/fuzz.sh`).

#[path = "../../../fuzz/targets.rs"]
mod targets;

use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs, panic};

/// Damaged copies of each seed.
const COPIES: u64 = 60;

/// No seed grows longer by damage, in bytes.
const LONGEST: usize = 65_536;

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

/// Runs a target; where it fails the input is told, as it stands in a test.
fn hold(name: &str, target: targets::Target, bytes: &[u8]) {
    if let Err(failure) = panic::catch_unwind(|| target(bytes)) {
        eprintln!("{name} fails on b\"{}\"", bytes.escape_ascii());
        panic::resume_unwind(failure);
    }
}

/// Each seed is damaged so many times; with `FUZZ_SECONDS` in the environment damage goes on for so long, shared among the
/// targets, from the numbers that `FUZZ_SEED` begins.
#[test]
fn no_reader_fails_on_seeds_or_damaged_seeds() {
    let number = |name: &str| env::var(name).ok().map(|number| number.parse::<u64>().expect(name));
    let time = number("FUZZ_SECONDS").map(|seconds| Duration::from_secs(seconds) / targets::TARGETS.len() as u32);
    let first = number("FUZZ_SEED").unwrap_or_default().wrapping_add(0x9e37_79b9_7f4a_7c15).max(1);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    for (name, target) in targets::TARGETS {
        let mut paths: Vec<_> = fs::read_dir(folder.join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        assert!(!paths.is_empty(), "{name} has no seeds");
        let seeds: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
        let mut numbers = Numbers(first);
        for (number, seed) in seeds.iter().enumerate() {
            hold(name, target, seed);
            let other = &seeds[(number + 1) % seeds.len()];
            for _ in 0..COPIES {
                hold(name, target, &damage(seed, other, &mut numbers));
            }
        }
        let Some(time) = time else { continue };
        let (start, mut count) = (Instant::now(), 0_u64);
        while start.elapsed() < time {
            let [seed, other] = [numbers.below(seeds.len()), numbers.below(seeds.len())].map(|number| &seeds[number]);
            // Damage upon damage leads further from the seed.
            let mut bytes = damage(seed, other, &mut numbers);
            while numbers.below(3) == 0 && bytes.len() < LONGEST {
                bytes = damage(&bytes, other, &mut numbers);
            }
            hold(name, target, &bytes);
            count += 1;
        }
        eprintln!("{name}: {count} damaged seeds in {:.0} s", start.elapsed().as_secs_f32());
    }
}

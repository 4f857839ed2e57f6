//! `random` and `secrets`: nothing in them is known before Airflow runs, not even what a seed gives.

use super::support::{nothing, volatile_row};
use super::{Member, ModuleTable};
use crate::eval::Vm;
use crate::value::{Args, Eval, Native, Value};

/// The rows of `random`.
pub static RANDOM: ModuleTable = ModuleTable {
    name: "random",
    members: &[
        volatile_row!("Random", "random numbers differ from load to load"),
        volatile_row!("SystemRandom", "random numbers differ from load to load"),
        volatile_row!("betavariate", "random numbers differ from load to load"),
        volatile_row!("choice", "a random choice differs from load to load"),
        volatile_row!("choices", "a random choice differs from load to load"),
        volatile_row!("expovariate", "random numbers differ from load to load"),
        volatile_row!("gauss", "random numbers differ from load to load"),
        volatile_row!("getrandbits", "random numbers differ from load to load"),
        volatile_row!("normalvariate", "random numbers differ from load to load"),
        volatile_row!("randbytes", "random bytes differ from load to load"),
        volatile_row!("randint", "random numbers differ from load to load"),
        volatile_row!("random", "random numbers differ from load to load"),
        volatile_row!("randrange", "random numbers differ from load to load"),
        volatile_row!("sample", "a random choice differs from load to load"),
        ("seed", Member::Function(nothing("seed"))),
        ("shuffle", Member::Function(Native::new("shuffle", shuffle).mutating())),
        volatile_row!("triangular", "random numbers differ from load to load"),
        volatile_row!("uniform", "random numbers differ from load to load"),
    ],
};

/// The rows of `secrets`.
pub static SECRETS: ModuleTable = ModuleTable {
    name: "secrets",
    members: &[
        volatile_row!("choice", "a random choice differs from load to load"),
        volatile_row!("randbelow", "random numbers differ from load to load"),
        volatile_row!("token_bytes", "random bytes differ from load to load"),
        volatile_row!("token_hex", "random bytes differ from load to load"),
        volatile_row!("token_urlsafe", "random bytes differ from load to load"),
    ],
};

fn shuffle(vm: &mut Vm, _: Args) -> Eval<Value> {
    vm.unknown(crate::datum::CauseKind::Volatile, "a random order differs from load to load")
}

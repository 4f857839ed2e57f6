//! Modules whose answers come from the machine: `socket`, `getpass`, `platform`, `subprocess`, `tempfile`, `traceback`, `pprint`.

use super::machine::{self, fact_row};
use super::support::{nothing, outside_row, volatile_row};
use super::{Member, ModuleTable};
use crate::datum::CauseKind;
use crate::eval::Vm;
use crate::value::{Eval, Native, Value};

/// The modules of this file.
pub static SOCKET: ModuleTable = ModuleTable {
    name: "socket",
    members: &[
        outside_row!("getfqdn", "the full name of the host is not known before Airflow runs"),
        outside_row!("gethostbyname", "the network is not known before Airflow runs"),
        fact_row!("gethostname", "hostname"),
    ],
};

/// The rows of `getpass`.
pub static GETPASS: ModuleTable = ModuleTable {
    name: "getpass",
    members: &[
        outside_row!("getpass", "a password is asked for at the terminal"),
        fact_row!("getuser", "user"),
    ],
};

/// The rows of `platform`.
pub static PLATFORM: ModuleTable = ModuleTable {
    name: "platform",
    members: &[
        fact_row!("machine", "architecture"),
        fact_row!("node", "hostname"),
        outside_row!("platform", "the machine is not known before Airflow runs"),
        fact_row!("python_version", "python-version"),
        ("system", Member::Function(Native::new("system", |vm, _| system(vm)))),
        outside_row!("uname", "the machine is not known before Airflow runs"),
    ],
};

/// `platform.system()`: another name for what `sys.platform` says.
fn system(vm: &mut Vm) -> Eval<Value> {
    Ok(Value::str(match &*machine::fact(vm, "platform")? {
        "linux" => "Linux",
        "darwin" => "Darwin",
        "win32" => "Windows",
        _ => return vm.unknown(CauseKind::World, "the name of this operating system is not known"),
    }))
}

/// The rows of `subprocess`.
pub static SUBPROCESS: ModuleTable = ModuleTable {
    name: "subprocess",
    members: &[
        ("DEVNULL", Member::Constant(|| Value::int(-3))),
        ("PIPE", Member::Constant(|| Value::int(-1))),
        outside_row!("Popen", "what a command gives is not known before Airflow runs"),
        ("STDOUT", Member::Constant(|| Value::int(-2))),
        outside_row!("call", "what a command gives is not known before Airflow runs"),
        outside_row!("check_call", "what a command gives is not known before Airflow runs"),
        outside_row!("check_output", "what a command gives is not known before Airflow runs"),
        outside_row!("getoutput", "what a command gives is not known before Airflow runs"),
        outside_row!("run", "what a command gives is not known before Airflow runs"),
    ],
};

/// The rows of `tempfile`.
pub static TEMPFILE: ModuleTable = ModuleTable {
    name: "tempfile",
    members: &[
        volatile_row!("NamedTemporaryFile", "the name of a temporary file differs from load to load"),
        volatile_row!("TemporaryDirectory", "the name of a temporary folder differs from load to load"),
        volatile_row!("TemporaryFile", "a temporary file differs from load to load"),
        fact_row!("gettempdir", "tempdir"),
        volatile_row!("mkdtemp", "the name of a temporary folder differs from load to load"),
        volatile_row!("mkstemp", "the name of a temporary file differs from load to load"),
        volatile_row!("mktemp", "the name of a temporary file differs from load to load"),
    ],
};

/// The rows of `traceback`.
pub static TRACEBACK: ModuleTable = ModuleTable {
    name: "traceback",
    members: &[
        outside_row!("format_exc", "a traceback holds paths of the machine"),
        ("print_exc", Member::Function(nothing("print_exc"))),
        ("print_stack", Member::Function(nothing("print_stack"))),
    ],
};

/// The rows of `pprint`.
pub static PPRINT: ModuleTable = ModuleTable {
    name: "pprint",
    members: &[("pp", Member::Function(nothing("pp"))), ("pprint", Member::Function(nothing("pprint")))],
};

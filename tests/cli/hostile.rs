//! Files and folders that are no good, one row a case: the run ends with the right code, says what is wrong with what, and
//! the file beside it is converted. And what a run touches: it writes nothing outside the output folder, reads nothing
//! outside the roots, starts no process and opens no socket.

use std::fs;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::run::{command, findings, folder, stderr};

const GOOD: &str = "from datetime import datetime\nfrom airflow import DAG\n\
    from airflow.providers.amazon.aws.operators.athena import AthenaOperator\n\
    with DAG(\"good\", start_date=datetime(2030, 1, 1), schedule=None):\n    \
    AthenaOperator(task_id=\"t\", database=\"d\", query=\"select 1\", output_location=\"s3://b/\")\n";

/// A DAG with an id of one's own; `id` is Python source.
fn with_id(id: &str) -> String {
    GOOD.replace("\"good\"", id)
}

/// A case: its name, what makes the folder `dags` (beside `good.py`), the exit code, and a finding: its code and path.
type Case = (&'static str, fn(&Path), i32, &'static str, &'static str);

const CASES: &[Case] = &[
    ("a loop of links", |dags| symlink(dags, dags.join("again")).unwrap(), 0, "not-read", "dags/again"),
    (
        "links that lead to each other",
        |dags| {
            symlink("b.py", dags.join("a.py")).unwrap();
            symlink("a.py", dags.join("b.py")).unwrap();
        },
        0,
        "not-read",
        "dags/a.py",
    ),
    ("a link to nothing", |dags| symlink("nowhere", dags.join("a.py")).unwrap(), 0, "not-read", "dags/a.py"),
    (
        "a link to a device",
        |dags| symlink("/dev/zero", dags.join("a.py")).unwrap(),
        0,
        "not-read",
        "dags/a.py",
    ),
    (
        "a link out of the folder",
        |dags| symlink("/etc", dags.join("etc")).unwrap(),
        0,
        "not-read",
        "dags/etc",
    ),
    (
        "an ignore file that is a link out",
        |dags| symlink("/etc/passwd", dags.join(".airflowignore")).unwrap(),
        0,
        "not-read",
        "dags/.airflowignore",
    ),
    (
        "a file of 100 MB",
        |dags| {
            let file = fs::File::create(dags.join("large.py")).unwrap();
            file.set_len(100 << 20).unwrap();
        },
        1,
        "unreadable-file",
        "dags/large.py",
    ),
    (
        "bytes that are no text",
        |dags| fs::write(dags.join("a.py"), b"# airflow dag\n\xff\xfe\x00").unwrap(),
        1,
        "unreadable-file",
        "dags/a.py",
    ),
    (
        "a NUL in the text",
        |dags| fs::write(dags.join("a.py"), b"# airflow dag\nx = '\0'\n").unwrap(),
        1,
        "unreadable-file",
        "dags/a.py",
    ),
    (
        "10,000 nested brackets",
        |dags| {
            let text = format!("# airflow dag\nx = {}{}\n", "[".repeat(10_000), "]".repeat(10_000));
            fs::write(dags.join("a.py"), text).unwrap();
        },
        1,
        "syntax-error",
        "dags/a.py",
    ),
    (
        "a zip package with an entry that climbs",
        |dags| {
            let mut zip = zip::ZipWriter::new(fs::File::create(dags.join("a.zip")).unwrap());
            let options =
                zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            zip.start_file("../../outside.py", options).unwrap();
            zip.write_all(with_id("\"zipped\"").as_bytes()).unwrap();
            zip.finish().unwrap();
        },
        0,
        "not-read",
        "dags/a.zip",
    ),
    (
        "a dag_id that climbs",
        |dags| fs::write(dags.join("a.py"), with_id("\"../../outside\"")).unwrap(),
        1,
        "import-error",
        "dags/a.py",
    ),
    (
        "a dag_id that is a path",
        |dags| fs::write(dags.join("a.py"), with_id("\"/etc/cron\"")).unwrap(),
        1,
        "import-error",
        "dags/a.py",
    ),
    (
        "a dag_id with a NUL",
        |dags| fs::write(dags.join("a.py"), with_id("\"a\\0b\"")).unwrap(),
        1,
        "import-error",
        "dags/a.py",
    ),
    (
        "dag_ids that differ in case only",
        |dags| {
            fs::write(dags.join("a.py"), with_id("\"Same\"")).unwrap();
            fs::write(dags.join("b.py"), with_id("\"same\"")).unwrap();
        },
        1,
        "duplicate-dag-id",
        "dags/a.py",
    ),
    (
        "a dag_id that is longer than a file name",
        |dags| fs::write(dags.join("a.py"), with_id("\"\u{e9}\" * 250")).unwrap(),
        1,
        "invalid-id",
        "dags/a.py",
    ),
    (
        "a dag_id that is a device",
        |dags| fs::write(dags.join("a.py"), with_id("\"CON\"")).unwrap(),
        1,
        "unsafe-dag-id",
        "dags/a.py",
    ),
];

#[test]
fn a_bad_file_is_named_and_the_others_are_converted() {
    let mut wrong = Vec::new();
    for (name, make, code, finding, path) in CASES {
        let here = folder(&[("dags/good.py", GOOD)]);
        make(&here.path().join("dags"));
        let output = command(here.path(), &["convert", "dags", "--output-format", "json"]).output().unwrap();
        let found = findings(&output);
        let is_named = found.iter().any(|(code, at)| code == finding && at == path);
        if output.status.code() != Some(*code)
            || !is_named
            || !here.path().join("output_yaml/good.yml").exists()
        {
            wrong.push(format!("{name}: exit {:?}, {found:?} {}", output.status.code(), stderr(&output)));
        }
        let outside = fs::read_dir(here.path()).unwrap().count();
        assert_eq!(outside, 2, "{name}: something was written beside the output folder");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn odd_names_of_files_are_no_trouble() {
    let here = folder(&[("dags/good.py", GOOD)]);
    let long = format!("{}.py", "a".repeat(252));
    let names: [&[u8]; 6] = [b"a\xff.py", b"A.py", b"a.py", b" \n'$HOME.py", b"-rf.py", long.as_bytes()];
    for (index, name) in names.iter().enumerate() {
        let path = here.path().join("dags").join(std::ffi::OsStr::from_bytes(name));
        fs::write(path, with_id(&format!("\"odd_{index}\""))).unwrap();
    }
    let output = command(here.path(), &["convert", "dags"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for index in 0..names.len() {
        assert!(here.path().join(format!("output_yaml/odd_{index}.yml")).exists(), "{index}");
    }
}

#[test]
fn files_that_change_or_vanish_meanwhile_cost_no_other() {
    let here = folder(&[("dags/good.py", GOOD)]);
    let dags = here.path().join("dags");
    let write = |index: usize, text: &str| fs::write(dags.join(format!("file_{index}.py")), text).unwrap();
    let text = |index: usize| with_id(&format!("\"dag_{index}\""));
    (0..40).for_each(|index| write(index, &text(index)));
    let whole = folder(&[]);
    let arguments =
        |path: &Path| ["convert", path.to_str().unwrap(), "--now", "2026-01-01T00:00:00Z"].map(str::to_owned);
    let arguments = arguments(&dags);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(command(whole.path(), &arguments).output().unwrap().status.code(), Some(0));
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                for index in 0..40 {
                    match index % 3 {
                        0 => fs::remove_file(dags.join(format!("file_{index}.py"))).unwrap(),
                        1 => write(index, "# airflow dag\nx = (\n"),
                        _ => write(index, ""),
                    }
                    write(index, &text(index));
                }
            }
        });
        for _ in 0..8 {
            let output = command(here.path(), &arguments).output().unwrap();
            let code = output.status.code();
            let is_whole = names(&here.path().join("output_yaml")).iter().all(|name| {
                let expected = fs::read(whole.path().join("output_yaml").join(name));
                name.starts_with('.')
                    || expected.ok() == fs::read(here.path().join("output_yaml").join(name)).ok()
            });
            let is_fine = matches!(code, Some(0 | 1)) && is_whole;
            if !is_fine || !here.path().join("output_yaml/good.yml").exists() {
                done.store(true, std::sync::atomic::Ordering::Relaxed);
                panic!("{code:?}: {}", stderr(&output));
            }
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(command(here.path(), &arguments).output().unwrap().status.code(), Some(0));
    assert_eq!(names(&here.path().join("output_yaml")), names(&whole.path().join("output_yaml")));
}

#[test]
fn an_output_that_is_no_folder_is_an_error_and_is_left_alone() {
    let here = folder(&[("dags/good.py", GOOD), ("file", "mine"), ("elsewhere/mine.yml", "mine")]);
    symlink("nowhere", here.path().join("dangling")).unwrap();
    for name in ["file", "file/below", "dangling", "/dev/null", "/dev/null/below", "/proc/none"] {
        let output = command(here.path(), &["convert", "dags", "--output", name]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}: {}", stderr(&output));
        assert_eq!(fs::read_to_string(here.path().join("file")).unwrap(), "mine");
    }
    assert!(!here.path().join("nowhere").exists());
    // What is in the way of the manifest is not followed.
    fs::create_dir(here.path().join("output_yaml")).unwrap();
    symlink("../elsewhere/mine.yml", here.path().join("output_yaml/.dag-converter.json")).unwrap();
    let output = command(here.path(), &["convert", "dags"]).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 2)), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(here.path().join("elsewhere/mine.yml")).unwrap(), "mine");
}

#[test]
fn what_is_no_regular_file_is_not_opened() {
    let here = folder(&[("dags/good.py", GOOD)]);
    let _socket = UnixListener::bind(here.path().join("dags/socket.py")).unwrap();
    assert!(Command::new("mkfifo").arg(here.path().join("dags/pipe.py")).status().unwrap().success());
    fs::create_dir(here.path().join("dags/folder.py")).unwrap();
    let output = command(here.path(), &["convert", "dags", "--no-safe-mode"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for name in ["/dev/zero", "/dev/null", "dags/pipe.py", "dags/socket.py"] {
        let output = command(here.path(), &["convert", name, "--output-format", "json"]).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}: {}", stderr(&output));
        assert_eq!(findings(&output), [("unreadable-file".to_owned(), name.to_owned())], "{name}");
    }
}

#[test]
fn a_full_disk_leaves_whole_files() {
    let here = folder(&[("dags/good.py", GOOD)]);
    assert_eq!(command(here.path(), &["convert", "dags"]).output().unwrap().status.code(), Some(0));
    let before = fs::read(here.path().join("output_yaml/good.yml")).unwrap();
    fs::write(here.path().join("dags/good.py"), GOOD.replace("select 1", "select 2")).unwrap();
    let convert = command(here.path(), &["convert", "dags"]);
    // A limit of no bytes on what the process writes to a file is a disk without room.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"])
        .arg(convert.get_program())
        .args(convert.get_args())
        .current_dir(here.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("error[write-error]"), "{}", stderr(&output));
    assert_eq!(fs::read(here.path().join("output_yaml/good.yml")).unwrap(), before);
    assert_eq!(names(&here.path().join("output_yaml")), [".dag-converter.json", "good.yml"]);
}

#[test]
fn a_killed_run_leaves_whole_files_and_the_next_one_completes() {
    let here = TempDir::new().unwrap();
    fs::create_dir(here.path().join("dags")).unwrap();
    for index in 0..60 {
        fs::write(here.path().join(format!("dags/{index}.py")), with_id(&format!("\"dag_{index}\"")))
            .unwrap();
    }
    let whole = folder(&[]);
    let arguments = [
        "convert",
        here.path().join("dags").to_str().unwrap().to_owned().leak() as &str,
        "--now",
        "2026-01-01T00:00:00Z",
    ];
    assert_eq!(command(whole.path(), &arguments).output().unwrap().status.code(), Some(0));
    let output = here.path().join("output_yaml");
    for millis in [5, 20, 40, 80, 120, 160, 240] {
        let mut child =
            command(here.path(), &arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(millis));
        let _ = child.kill();
        child.wait().unwrap();
        for name in names(&output)
            .iter()
            .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "yml"))
        {
            let expected = fs::read(whole.path().join("output_yaml").join(name)).unwrap();
            assert_eq!(fs::read(output.join(name)).unwrap(), expected, "{name}");
        }
    }
    assert_eq!(command(here.path(), &arguments).output().unwrap().status.code(), Some(0));
    assert_eq!(names(&output), names(&whole.path().join("output_yaml")));
}

/// The names in a folder, sorted; none where there is no folder.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_run_touches_its_roots_and_its_output_alone() {
    let Ok(tracer) = Command::new("strace").arg("--version").output() else {
        assert!(std::env::var_os("DAG_CONVERTER_REQUIRE_TRACER").is_none(), "strace is not there");
        let _ = writeln!(std::io::stderr(), "skipped: strace is not there");
        return;
    };
    assert!(tracer.status.success());
    let nasty = "import os, pathlib, socket, subprocess, urllib.request\n\
        a = open('/etc/passwd').read()\nb = pathlib.Path('../secret.txt').read_text()\nc = os.listdir('/')\n\
        d = subprocess.run(['touch', 'touched'])\ne = urllib.request.urlopen('http://localhost')\n\
        f = socket.create_connection(('localhost', 80))\nos.system('touch touched')\nopen('written', 'w').write('x')\n\
        g = open(os.path.join(os.path.dirname(__file__), '..', 'secret.txt')).read()\nos.makedirs('made')\n";
    let here = folder(&[
        ("dags/good.py", GOOD),
        ("dags/nasty.py", &format!("{nasty}{}", with_id("\"nasty\"").replace("\"d\"", "a + b + g"))),
        ("secret.txt", "secret"),
    ]);
    let log = here.path().join("strace.log");
    let convert = command(here.path(), &["convert", "dags"]);
    let output = Command::new("strace")
        .args(["-f", "-y", "-e", "trace=%file,%network,%process,creat,ftruncate,fchmod,fchown", "-o"])
        .arg(&log)
        .arg(convert.get_program())
        .args(convert.get_args())
        // cargo sets it, and the loader would look into each of its folders.
        .env_remove("LD_LIBRARY_PATH")
        .current_dir(here.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let calls = fs::read_to_string(&log).unwrap();
    let mut wrong = Vec::new();
    for (number, call) in calls.lines().enumerate() {
        // `PID name("path", …`; an unfinished call is shown again when it is resumed, without its path.
        let call = call.split_once(' ').map_or(call, |(_, call)| call.trim_start());
        let name = call.split('(').next().unwrap_or_default();
        let is_first = number == 0 && name == "execve";
        let starts_process = matches!(name, "execve" | "execveat" | "fork" | "vfork")
            || (name.starts_with("clone") && !call.contains("CLONE_THREAD"));
        let is_network =
            matches!(name, "socket" | "socketpair" | "connect" | "bind" | "sendto" | "recvfrom" | "listen");
        if (starts_process && !is_first) || is_network || !is_allowed(call, name, here.path()) {
            wrong.push(call);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(calls.contains("output_yaml/good.yml"), "the trace shows nothing of the run");
    assert_eq!(names(here.path()), ["dags", "output_yaml", "secret.txt", "strace.log"]);
    assert_eq!(names(&here.path().join("output_yaml")), [".dag-converter.json", "good.yml"]);
}

/// A run: its threads, its paths and its environment.
type Run<'a> = (&'a str, &'a [String], &'a [(&'a str, &'a str)]);

#[test]
fn the_same_bytes_come_out_however_it_is_run() {
    let here = TempDir::new().unwrap();
    let dags = here.path().join("dags");
    fs::create_dir_all(dags.join("lib")).unwrap();
    fs::write(dags.join("lib/shared.py"), "QUERY = 'select 1'\n").unwrap();
    for index in 0..24 {
        let text = match index % 4 {
            0 => with_id(&format!("\"dag_{index}\"")),
            1 => format!("from lib.shared import QUERY\n{}", with_id(&format!("\"dag_{index}\""))),
            2 => format!(
                "import os\nX = os.environ.get('X', 'y')\n{}",
                with_id(&format!("f\"dag_{index}_{{X}}\""))
            ),
            _ => format!("for i in {{'a', 'b', 'c'}}:\n    globals()[i] = i\n{}", with_id("\"twice\"")),
        };
        fs::write(dags.join(format!("file_{index}.py")), text).unwrap();
    }
    let files: Vec<String> =
        names(&dags).into_iter().filter(|name| name != "lib").map(|name| format!("dags/{name}")).collect();
    let mut backwards = files.clone();
    backwards.reverse();
    let folder = vec!["dags".to_owned()];
    let runs: [Run<'_>; 9] = [
        ("1", &folder, &[]),
        ("2", &folder, &[]),
        ("16", &folder, &[]),
        ("2", &folder, &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "C")]),
        ("2", &folder, &[("TZ", "Asia/Tokyo")]),
        ("2", &folder, &[("HOME", "/nowhere"), ("USER", "somebody"), ("X", "from the environment")]),
        ("2", &folder, &[("PYTHONHASHSEED", "7"), ("AIRFLOW_HOME", "/nowhere"), ("AIRFLOW_VAR_X", "1")]),
        ("2", &files, &[]),
        ("2", &backwards, &[]),
    ];
    let mut seen: Vec<(Vec<String>, String)> = Vec::new();
    for (threads, paths, environment) in runs {
        let output_folder = TempDir::new().unwrap();
        let output = command(
            here.path(),
            &["convert", "-j", threads, "--now", "2026-01-01T00:00:00Z", "--output-format", "json"],
        )
        .arg("--dags-folder")
        .arg("dags")
        .arg("--output")
        .arg(output_folder.path().join("out"))
        .args(paths)
        .envs(environment.iter().copied())
        .output()
        .unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        let out = output_folder.path().join("out");
        let written = names(&out)
            .into_iter()
            .filter(|name| name != ".dag-converter.json")
            .map(|name| format!("{name}: {}", fs::read_to_string(out.join(&name)).unwrap()))
            .collect();
        seen.push((written, String::from_utf8(output.stdout).unwrap()));
    }
    assert!(seen[0].0.len() > 10);
    for (number, other) in seen.iter().enumerate().skip(1) {
        assert_eq!(*other, seen[0], "run {number}");
    }
}

/// Whether a call on a file is one that a run may make.
fn is_allowed(call: &str, name: &str, here: &Path) -> bool {
    let Some(path) = call.split('"').nth(1) else { return true };
    let here = here.to_str().unwrap();
    let path = path.strip_prefix(here).map_or(path, |rest| rest.trim_start_matches('/'));
    let is_output = path == "output_yaml" || path.starts_with("output_yaml/");
    if is_output {
        return true;
    }
    let changes = matches!(
        name,
        "mkdir"
            | "mkdirat"
            | "rename"
            | "renameat"
            | "renameat2"
            | "unlink"
            | "unlinkat"
            | "creat"
            | "truncate"
            | "chmod"
            | "link"
            | "linkat"
            | "symlink"
            | "symlinkat"
    ) || call.contains("O_WRONLY")
        || call.contains("O_RDWR")
        || call.contains("O_CREAT");
    if changes {
        return false;
    }
    // A look at a name reads nothing; `..` and links are resolved by it.
    let opens = name.starts_with("open");
    let is_root = path == "dags" || path.starts_with("dags/") && !path.contains("..");
    // What the loader of programs and the standard library read: libraries, cgroup limits, the terminal, the time zone.
    let is_system = [
        "/lib",
        "/usr/lib",
        "/etc/ld.so",
        "/proc/self",
        "/sys/fs/cgroup",
        "/sys/devices/system/cpu",
        "/dev/null",
        "/dev/tty",
    ]
    .iter()
    .any(|prefix| path.starts_with(prefix));
    // What the allocator asks of the machine when it starts.
    let is_memory =
        ["/proc/sys/vm/overcommit_memory", "/sys/kernel/mm/transparent_hugepage/enabled"].contains(&path);
    !opens || is_root || is_system || is_memory
}

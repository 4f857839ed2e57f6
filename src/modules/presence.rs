//! Which modules exist where Airflow runs: Python's own, and what Airflow brings with it.

/// Whether a top-level name is a module of Python's standard library.
///
/// Source: `sys.stdlib_module_names` of Python 3.12, with the modules that 3.12 and 3.13 removed and older Airflow images have.
pub fn is_stdlib(top: &str) -> bool {
    STDLIB.binary_search(&top).is_ok()
}

/// Whether a dotted path is a module inside a package of the standard library: `os.path`, `concurrent.futures`.
pub fn is_stdlib_submodule(path: &str) -> bool {
    STDLIB_SUBMODULES.binary_search(&path).is_ok()
}

/// Whether a top-level name is a package that Airflow itself needs, so that it is installed wherever Airflow is.
///
/// Source: the requirements of `apache-airflow-core` 3.0.6 and of what it requires, extras aside.
pub fn is_airflow_dependency(top: &str) -> bool {
    AIRFLOW_DEPENDENCIES.binary_search(&top).is_ok()
}

#[rustfmt::skip]
static STDLIB: &[&str] = &[
    "__future__", "abc", "aifc", "antigravity", "argparse", "array", "ast", "asyncio", "atexit", "audioop",
    "base64", "bdb", "binascii", "bisect", "builtins", "bz2", "cProfile", "calendar", "cgi", "cgitb",
    "chunk", "cmath", "cmd", "code", "codecs", "codeop", "collections", "colorsys", "compileall",
    "concurrent", "configparser", "contextlib", "contextvars", "copy", "copyreg", "crypt", "csv", "ctypes",
    "curses", "dataclasses", "datetime", "dbm", "decimal", "difflib", "dis", "doctest", "email",
    "encodings", "ensurepip", "enum", "errno", "faulthandler", "fcntl", "filecmp", "fileinput", "fnmatch",
    "fractions", "ftplib", "functools", "gc", "genericpath", "getopt", "getpass", "gettext", "glob",
    "graphlib", "grp", "gzip", "hashlib", "heapq", "hmac", "html", "http", "idlelib", "imaplib", "imghdr",
    "importlib", "inspect", "io", "ipaddress", "itertools", "json", "keyword", "lib2to3", "linecache",
    "locale", "logging", "lzma", "mailbox", "mailcap", "marshal", "math", "mimetypes", "mmap",
    "modulefinder", "msilib", "msvcrt", "multiprocessing", "netrc", "nis", "nntplib", "nt", "ntpath",
    "nturl2path", "numbers", "opcode", "operator", "optparse", "os", "ossaudiodev", "pathlib", "pdb",
    "pickle", "pickletools", "pipes", "pkgutil", "platform", "plistlib", "poplib", "posix", "posixpath",
    "pprint", "profile", "pstats", "pty", "pwd", "py_compile", "pyclbr", "pydoc", "pydoc_data", "pyexpat",
    "queue", "quopri", "random", "re", "readline", "reprlib", "resource", "rlcompleter", "runpy", "sched",
    "secrets", "select", "selectors", "shelve", "shlex", "shutil", "signal", "site", "smtplib", "sndhdr",
    "socket", "socketserver", "spwd", "sqlite3", "sre_compile", "sre_constants", "sre_parse", "ssl",
    "stat", "statistics", "string", "stringprep", "struct", "subprocess", "sunau", "symtable", "sys",
    "sysconfig", "syslog", "tabnanny", "tarfile", "telnetlib", "tempfile", "termios", "textwrap", "this",
    "threading", "time", "timeit", "tkinter", "token", "tokenize", "tomllib", "trace", "traceback",
    "tracemalloc", "tty", "turtle", "turtledemo", "types", "typing", "unicodedata", "unittest", "urllib",
    "uu", "uuid", "venv", "warnings", "wave", "weakref", "webbrowser", "winreg", "winsound", "wsgiref",
    "xdrlib", "xml", "xmlrpc", "zipapp", "zipfile", "zipimport", "zlib", "zoneinfo",
];

#[rustfmt::skip]
static STDLIB_SUBMODULES: &[&str] = &[
    "asyncio.base_events", "asyncio.base_futures", "asyncio.base_subprocess", "asyncio.base_tasks",
    "asyncio.constants", "asyncio.coroutines", "asyncio.events", "asyncio.exceptions",
    "asyncio.format_helpers", "asyncio.futures", "asyncio.locks", "asyncio.log", "asyncio.mixins",
    "asyncio.proactor_events", "asyncio.protocols", "asyncio.queues", "asyncio.runners",
    "asyncio.selector_events", "asyncio.sslproto", "asyncio.staggered", "asyncio.streams",
    "asyncio.subprocess", "asyncio.taskgroups", "asyncio.tasks", "asyncio.threads", "asyncio.timeouts",
    "asyncio.transports", "asyncio.trsock", "asyncio.unix_events", "asyncio.windows_events",
    "asyncio.windows_utils", "collections.abc", "concurrent.futures", "concurrent.futures.process",
    "concurrent.futures.thread", "ctypes.macholib", "ctypes.macholib.dyld", "ctypes.macholib.dylib",
    "ctypes.macholib.framework", "ctypes.util", "ctypes.wintypes", "curses.ascii", "curses.has_key",
    "curses.panel", "curses.textpad", "dbm.dumb", "dbm.gnu", "dbm.ndbm", "email.base64mime",
    "email.charset", "email.contentmanager", "email.encoders", "email.errors", "email.feedparser",
    "email.generator", "email.header", "email.headerregistry", "email.iterators", "email.message",
    "email.mime", "email.mime.application", "email.mime.audio", "email.mime.base", "email.mime.image",
    "email.mime.message", "email.mime.multipart", "email.mime.nonmultipart", "email.mime.text",
    "email.parser", "email.policy", "email.quoprimime", "email.utils", "encodings.aliases",
    "encodings.ascii", "encodings.base64_codec", "encodings.big5", "encodings.big5hkscs",
    "encodings.bz2_codec", "encodings.charmap", "encodings.cp037", "encodings.cp1006", "encodings.cp1026",
    "encodings.cp1125", "encodings.cp1140", "encodings.cp1250", "encodings.cp1251", "encodings.cp1252",
    "encodings.cp1253", "encodings.cp1254", "encodings.cp1255", "encodings.cp1256", "encodings.cp1257",
    "encodings.cp1258", "encodings.cp273", "encodings.cp424", "encodings.cp437", "encodings.cp500",
    "encodings.cp720", "encodings.cp737", "encodings.cp775", "encodings.cp850", "encodings.cp852",
    "encodings.cp855", "encodings.cp856", "encodings.cp857", "encodings.cp858", "encodings.cp860",
    "encodings.cp861", "encodings.cp862", "encodings.cp863", "encodings.cp864", "encodings.cp865",
    "encodings.cp866", "encodings.cp869", "encodings.cp874", "encodings.cp875", "encodings.cp932",
    "encodings.cp949", "encodings.cp950", "encodings.euc_jis_2004", "encodings.euc_jisx0213",
    "encodings.euc_jp", "encodings.euc_kr", "encodings.gb18030", "encodings.gb2312", "encodings.gbk",
    "encodings.hex_codec", "encodings.hp_roman8", "encodings.hz", "encodings.idna", "encodings.iso2022_jp",
    "encodings.iso2022_jp_1", "encodings.iso2022_jp_2", "encodings.iso2022_jp_2004",
    "encodings.iso2022_jp_3", "encodings.iso2022_jp_ext", "encodings.iso2022_kr", "encodings.iso8859_1",
    "encodings.iso8859_10", "encodings.iso8859_11", "encodings.iso8859_13", "encodings.iso8859_14",
    "encodings.iso8859_15", "encodings.iso8859_16", "encodings.iso8859_2", "encodings.iso8859_3",
    "encodings.iso8859_4", "encodings.iso8859_5", "encodings.iso8859_6", "encodings.iso8859_7",
    "encodings.iso8859_8", "encodings.iso8859_9", "encodings.johab", "encodings.koi8_r",
    "encodings.koi8_t", "encodings.koi8_u", "encodings.kz1048", "encodings.latin_1",
    "encodings.mac_arabic", "encodings.mac_croatian", "encodings.mac_cyrillic", "encodings.mac_farsi",
    "encodings.mac_greek", "encodings.mac_iceland", "encodings.mac_latin2", "encodings.mac_roman",
    "encodings.mac_romanian", "encodings.mac_turkish", "encodings.mbcs", "encodings.oem",
    "encodings.palmos", "encodings.ptcp154", "encodings.punycode", "encodings.quopri_codec",
    "encodings.raw_unicode_escape", "encodings.rot_13", "encodings.shift_jis", "encodings.shift_jis_2004",
    "encodings.shift_jisx0213", "encodings.tis_620", "encodings.undefined", "encodings.unicode_escape",
    "encodings.utf_16", "encodings.utf_16_be", "encodings.utf_16_le", "encodings.utf_32",
    "encodings.utf_32_be", "encodings.utf_32_le", "encodings.utf_7", "encodings.utf_8",
    "encodings.utf_8_sig", "encodings.uu_codec", "encodings.zlib_codec", "html.entities", "html.parser",
    "http.client", "http.cookiejar", "http.cookies", "http.server", "importlib.abc", "importlib.machinery",
    "importlib.metadata", "importlib.readers", "importlib.resources", "importlib.resources.abc",
    "importlib.resources.readers", "importlib.resources.simple", "importlib.simple", "importlib.util",
    "json.decoder", "json.encoder", "json.scanner", "json.tool", "logging.config", "logging.handlers",
    "multiprocessing.connection", "multiprocessing.context", "multiprocessing.dummy",
    "multiprocessing.dummy.connection", "multiprocessing.forkserver", "multiprocessing.heap",
    "multiprocessing.managers", "multiprocessing.pool", "multiprocessing.popen_fork",
    "multiprocessing.popen_forkserver", "multiprocessing.popen_spawn_posix",
    "multiprocessing.popen_spawn_win32", "multiprocessing.process", "multiprocessing.queues",
    "multiprocessing.reduction", "multiprocessing.resource_sharer", "multiprocessing.resource_tracker",
    "multiprocessing.shared_memory", "multiprocessing.sharedctypes", "multiprocessing.spawn",
    "multiprocessing.synchronize", "multiprocessing.util", "os.path", "sqlite3.dbapi2", "sqlite3.dump",
    "tkinter.colorchooser", "tkinter.commondialog", "tkinter.constants", "tkinter.dialog", "tkinter.dnd",
    "tkinter.filedialog", "tkinter.font", "tkinter.messagebox", "tkinter.scrolledtext",
    "tkinter.simpledialog", "tkinter.tix", "tkinter.ttk", "unittest.async_case", "unittest.case",
    "unittest.loader", "unittest.main", "unittest.mock", "unittest.result", "unittest.runner",
    "unittest.signals", "unittest.suite", "unittest.util", "urllib.error", "urllib.parse",
    "urllib.request", "urllib.response", "urllib.robotparser", "wsgiref.handlers", "wsgiref.headers",
    "wsgiref.simple_server", "wsgiref.types", "wsgiref.util", "wsgiref.validate", "xml.dom",
    "xml.dom.NodeFilter", "xml.dom.domreg", "xml.dom.expatbuilder", "xml.dom.minicompat",
    "xml.dom.minidom", "xml.dom.pulldom", "xml.dom.xmlbuilder", "xml.etree", "xml.etree.ElementInclude",
    "xml.etree.ElementPath", "xml.etree.ElementTree", "xml.etree.cElementTree", "xml.parsers",
    "xml.parsers.expat", "xml.sax", "xml.sax.expatreader", "xml.sax.handler", "xml.sax.saxutils",
    "xml.sax.xmlreader", "xmlrpc.client", "xmlrpc.server",
];

#[rustfmt::skip]
static AIRFLOW_DEPENDENCIES: &[&str] = &[
    "a2wsgi", "alembic", "annotated_types", "anyio", "argcomplete", "asgiref", "attr", "attrs", "blinker",
    "cadwyn", "certifi", "cffi", "charset_normalizer", "click", "colorlog", "cron_descriptor", "croniter",
    "cryptography", "daemon", "dateutil", "deprecated", "dill", "fastapi", "flask", "fsspec", "greenlet",
    "grpc", "gunicorn", "h11", "httpcore", "httpx", "idna", "importlib_metadata", "itsdangerous", "jinja2",
    "jsonschema", "jsonschema_specifications", "jwt", "lazy_object_proxy", "linkify_it", "lockfile",
    "mako", "markdown_it", "markupsafe", "mdurl", "methodtools", "more_itertools", "msgspec",
    "opentelemetry", "packaging", "pathspec", "pendulum", "pluggy", "psutil", "pycparser", "pydantic",
    "pydantic_core", "pygments", "referencing", "requests", "retryhttp", "rich", "rich_argparse", "rpds",
    "setproctitle", "six", "slugify", "sqlalchemy", "sqlalchemy_jsonfield", "sqlalchemy_utils", "sqlparse",
    "starlette", "structlog", "tabulate", "tenacity", "termcolor", "text_unidecode", "typing_extensions",
    "tzdata", "upath", "urllib3", "uuid6", "werkzeug", "wirerope", "wrapt", "yaml", "zipp",
];

#[cfg(test)]
mod tests {
    use super::{AIRFLOW_DEPENDENCIES, STDLIB, STDLIB_SUBMODULES};

    #[test]
    fn the_lists_are_sorted() {
        for list in [STDLIB, STDLIB_SUBMODULES, AIRFLOW_DEPENDENCIES] {
            assert!(list.is_sorted());
        }
    }
}

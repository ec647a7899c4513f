//! Where a person's settings are.

use std::env;
use std::path::PathBuf;

/// Returns the folder of a program's settings: what its own variable says, or the folder below that of all programs.
///
/// That is `XDG_CONFIG_HOME` or `~/.config` (XDG Base Directory Specification 0.8), `~/Library/Application Support` on
/// macOS, and `%APPDATA%` on Windows. `None` if there is no such folder, because nobody has a home.
pub(super) fn settings(program: &str, variable: &str) -> Option<PathBuf> {
    let own = env::var_os(variable).filter(|it| !it.is_empty());
    own.map(PathBuf::from)
        .or_else(|| all_settings().map(|it| it.join(program)))
}

fn all_settings() -> Option<PathBuf> {
    if cfg!(windows) {
        return absolute("APPDATA");
    }
    let home = || env::home_dir().filter(|it| it.is_absolute());
    if cfg!(target_vendor = "apple") {
        return home().map(|it| it.join("Library/Application Support"));
    }
    // One that is not absolute does not count, the specification says.
    absolute("XDG_CONFIG_HOME").or_else(|| home().map(|it| it.join(".config")))
}

fn absolute(variable: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env::var_os(variable)?);
    path.is_absolute().then_some(path)
}

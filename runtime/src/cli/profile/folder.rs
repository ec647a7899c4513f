//! Finds the folder for a user's settings.

use std::env;
use std::path::PathBuf;

/// Returns the folder of a program's settings: that in its own variable, or the program's folder in the common one.
///
/// The common folder is `XDG_CONFIG_HOME` or `~/.config` (XDG Base Directory Specification 0.8), `~/Library/Application
/// Support` on macOS, and `%APPDATA%` on Windows. `None` if there is no such folder, because the user has no home.
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
    // The specification says to ignore a relative path.
    absolute("XDG_CONFIG_HOME").or_else(|| home().map(|it| it.join(".config")))
}

fn absolute(variable: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env::var_os(variable)?);
    path.is_absolute().then_some(path)
}

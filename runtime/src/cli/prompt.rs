//! Prompts on a terminal. Ctrl-C cancels them, and restores the terminal.

use std::io::{self, IsTerminal as _, Write as _};

use super::exit::Failure;
use super::interrupt;

/// Returns whether a user can be prompted.
pub(super) fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Prompts for a line.
///
/// # Errors
///
/// Returns [`Failure::Interrupted`] after Ctrl-C, and [`Failure::Usage`] at the end of the input.
pub(super) fn line(question: &str) -> Result<String, Failure> {
    let outcome = interrupt::block_on(async {
        // Ctrl-C must already be handled when the question appears.
        write!(io::stderr(), "{question}")?;
        // The read itself cannot be canceled.
        let (sender, answer) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let read = io::stdin().read_line(&mut line);
            // After Ctrl-C nothing receives it.
            let _ = sender.send(read.map(|_| line));
        });
        match answer.await {
            Ok(line) => Ok(line?),
            Err(_) => Err(nothing()),
        }
    });
    if let Err(Failure::Interrupted) = outcome {
        writeln!(io::stderr())?;
    }
    Ok(outcome?.trim().to_owned())
}

/// Prompts for a line without echo.
///
/// # Errors
///
/// Those of [`line`].
pub(super) fn secret(question: &str) -> Result<String, Failure> {
    interrupt::block_on(async {
        // Listen for Ctrl-C before the library raises it, so that the library can restore the terminal.
        tokio::task::yield_now().await;
        match rpassword::prompt_password(question) {
            Ok(secret) => Ok(secret),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(Failure::Interrupted),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(nothing()),
            Err(error) => Err(Failure::Usage(format!("cannot ask: {error}"))),
        }
    })
}

fn nothing() -> Failure {
    Failure::Usage("nothing was entered".to_owned())
}

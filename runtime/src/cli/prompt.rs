//! Questions to a person at a terminal. Ctrl-C ends each of them, and leaves the terminal as it was.

use std::io::{self, IsTerminal as _, Write as _};

use super::exit::Failure;
use super::interrupt;

/// Whether there is somebody to ask.
pub(super) fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for a line.
///
/// # Errors
///
/// Returns [`Failure::Interrupted`] after Ctrl-C, and [`Failure::Usage`] if there is nothing to read.
pub(super) fn line(question: &str) -> Result<String, Failure> {
    write!(io::stderr(), "{question}")?;
    let outcome = interrupt::block_on(async {
        // Nothing can end the read itself.
        let (sender, answer) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let read = io::stdin().read_line(&mut line);
            // Nobody waits for it after Ctrl-C.
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

/// Asks for a line that the terminal does not show.
///
/// # Errors
///
/// As those of [`line`].
pub(super) fn secret(question: &str) -> Result<String, Failure> {
    interrupt::block_on(async {
        // Ctrl-C is listened to before the library raises it, so that the library gets to put the terminal right.
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
    Failure::Usage("there was no answer".to_owned())
}

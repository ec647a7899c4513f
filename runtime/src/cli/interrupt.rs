//! Cancels the work in progress on Ctrl-C.

use std::future;
use std::pin::pin;
use std::task::Poll;

use super::exit::Failure;

/// Waits for `work`, or until the user presses Ctrl-C. From the start of the wait on, Ctrl-C no longer ends the process
/// by itself.
///
/// # Errors
///
/// Returns those of the work, or [`Failure::Interrupted`].
pub(super) async fn until_interrupted<T>(
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let mut work = pin!(work);
    let mut interrupt = pin!(tokio::signal::ctrl_c());
    let mut is_heard = true;
    future::poll_fn(|context| {
        if is_heard && let Poll::Ready(heard) = interrupt.as_mut().poll(context) {
            // If the handler cannot be installed, the system ends the process.
            is_heard = heard.is_ok();
            if is_heard {
                return Poll::Ready(Err(Failure::Interrupted));
            }
        }
        work.as_mut().poll(context)
    })
    .await
}

/// Runs `work` on this thread until it is done or interrupted.
///
/// # Errors
///
/// Returns those of the work, or [`Failure::Interrupted`].
pub(super) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(until_interrupted(work));
    // A prompt that blocks on another thread keeps waiting.
    runtime.shutdown_background();
    outcome
}

//! Shares work among threads.

use std::panic;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;

use twilio_codegen::Workers;

/// Returns how many threads can run at once. Finding out takes the reading of several files, so it is done once.
pub(crate) fn processors() -> usize {
    static COUNT: LazyLock<usize> =
        LazyLock::new(|| thread::available_parallelism().map_or(1, usize::from));
    *COUNT
}

/// Runs as many threads as can run at once.
pub(crate) struct Threads;

impl Workers for Threads {
    fn map<T: Send, R: Send>(&self, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
        map(items, processors(), work)
    }

    fn join<A: Send, B: Send>(
        &self,
        first: impl FnOnce() -> A + Send,
        second: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        if processors() == 1 {
            return (first(), second());
        }
        thread::scope(|scope| {
            let second = scope.spawn(second);
            let first = first();
            let second = second.join();
            (
                first,
                second.unwrap_or_else(|cause| panic::resume_unwind(cause)),
            )
        })
    }
}

/// Calls `work` with each item on at most `count` threads, including this one, and returns the results in the order of
/// the items.
pub(crate) fn map<T: Send, R: Send>(
    items: Vec<T>,
    count: usize,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let count = count.min(items.len());
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let run = || {
        let mut done = Vec::new();
        while let Some((index, item)) = next() {
            done.push((index, work(item)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..count).map(|_| scope.spawn(run)).collect();
        let mut done = run();
        for other in others {
            let more = other.join();
            done.extend(more.unwrap_or_else(|cause| panic::resume_unwind(cause)));
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use twilio_codegen::Workers as _;

    use super::{Threads, map};

    #[test]
    fn results_keep_the_order_of_the_items() {
        for count in [1, 4] {
            let items: Vec<u32> = (0..1000).collect();
            let doubled = map(items, count, |it| it * 2);
            assert!(doubled.iter().copied().eq((0..1000).map(|it| it * 2)));
        }
    }

    #[test]
    fn joined_functions_return_their_own_results() {
        assert_eq!(Threads.join(|| 1, || "second"), (1, "second"));
    }

    #[test]
    #[should_panic(expected = "the seventh")]
    fn panics_of_threads_are_propagated() {
        map((0..9).collect(), 3, |it| {
            assert!(it != 7, "the seventh");
        });
    }
}

//! Shares work among threads.

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ScopedJoinHandle};
use std::{iter, panic};

use twilio_codegen::Workers;

/// Returns how many threads can run at once. Finding out takes the reading of several files, so it is done once.
pub(crate) fn processors() -> usize {
    static COUNT: LazyLock<usize> =
        LazyLock::new(|| thread::available_parallelism().map_or(1, usize::from));
    *COUNT
}

/// Runs as many threads as can run at once in all: work inside of work starts no more than are free.
pub(crate) struct Threads;

impl Workers for Threads {
    fn map<T: Send, R: Send>(&self, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
        map_beside(items, Place::take, work)
    }

    fn join<A: Send, B: Send>(
        &self,
        first: impl FnOnce() -> A + Send,
        second: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        let Some(place) = Place::take(1).pop() else {
            return (first(), second());
        };
        thread::scope(|scope| {
            let second = scope.spawn(move || {
                let _place = place;
                second()
            });
            let first = first();
            (first, joined(second))
        })
    }
}

/// How many more threads can run at once. It is negative while too many run: a thread that waited has gone on, and
/// another still has its place.
static FREE: LazyLock<Mutex<isize>> = LazyLock::new(|| Mutex::new(processors().cast_signed() - 1));

fn free() -> MutexGuard<'static, isize> {
    FREE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right of one more thread to run, until it is dropped.
struct Place;

impl Place {
    /// Takes as many as are free, up to `most`.
    fn take(most: usize) -> Vec<Self> {
        let mut free = free();
        let count = most.min(usize::try_from(*free).unwrap_or(0));
        *free -= count.cast_signed();
        iter::repeat_with(|| Self).take(count).collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *free() += 1;
    }
}

/// Waits for a thread. Meanwhile, another can run in place of this one.
fn joined<R>(thread: ScopedJoinHandle<'_, R>) -> R {
    *free() += 1;
    let result = thread.join();
    *free() -= 1;
    result.unwrap_or_else(|cause| panic::resume_unwind(cause))
}

/// Calls `work` with each item on at most `count` threads, including this one, and returns the results in the order of
/// the items.
pub(crate) fn map<T: Send, R: Send>(
    items: Vec<T>,
    count: usize,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let mut others = count.saturating_sub(1);
    let start = |most: usize| {
        let started = most.min(others);
        others -= started;
        vec![(); started]
    };
    map_beside(items, start, work)
}

/// Calls `work` with each item on this thread and on others. Before each item of its own, it starts one for each place that
/// `places` returns for as many items as are left; such a thread drops its place when it has no more to do.
fn map_beside<T: Send, R: Send, P: Send>(
    items: Vec<T>,
    mut places: impl FnMut(usize) -> Vec<P>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let queue = Mutex::new(items.into_iter().enumerate());
    let lock = || queue.lock().unwrap_or_else(PoisonError::into_inner);
    let run_next = || {
        let (index, item) = lock().next()?;
        Some((index, work(item)))
    };
    let mut done = thread::scope(|scope| {
        let start = |place| {
            scope.spawn(move || {
                let _place = place;
                iter::from_fn(run_next).collect::<Vec<_>>()
            })
        };
        let (mut done, mut others) = (Vec::new(), Vec::new());
        loop {
            let left = lock().len();
            others.extend(places(left.saturating_sub(1)).into_iter().map(start));
            match run_next() {
                Some(result) => done.push(result),
                None => break,
            }
        }
        done.extend(others.into_iter().flat_map(joined));
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use twilio_codegen::Workers as _;

    use super::{Threads, map, processors};

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
    fn work_inside_of_work_starts_no_more_threads_than_can_run() {
        let [running, most] = [0, 0].map(AtomicUsize::new);
        let four = || vec![(); 4];
        Threads.map(four(), |()| {
            Threads.map(four(), |()| {
                let now = 1 + running.fetch_add(1, Ordering::SeqCst);
                most.fetch_max(now, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(5));
                running.fetch_sub(1, Ordering::SeqCst);
            })
        });
        assert!(most.into_inner() <= processors());
    }

    #[test]
    fn work_goes_on_with_threads_that_become_free() {
        let slow = || thread::sleep(Duration::from_millis(5));
        let (ids, ()) = Threads.join(
            || {
                let id = |()| {
                    slow();
                    thread::current().id()
                };
                Threads.map(vec![(); 100], id)
            },
            slow,
        );
        let is_shared = ids.iter().any(|it| *it != ids[0]);
        assert_eq!(is_shared, processors() > 1);
    }

    #[test]
    #[should_panic(expected = "the seventh")]
    fn panics_of_threads_are_propagated() {
        map((0..9).collect(), 3, |it| {
            assert!(it != 7, "the seventh");
        });
    }
}

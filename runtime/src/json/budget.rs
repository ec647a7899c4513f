//! Limits the memory and time for decoding one response.

use tokio::time::Instant;

use super::fault::{Fault, Problem};

/// The number of bytes of text between two checks of the clock.
const BYTES_PER_LOOK: usize = 64 * 1024;

/// The remaining limits for decoding one response.
pub(crate) struct Budget {
    /// The memory for decoded values, in bytes.
    memory: usize,
    /// When the time of the call ends; `None` for never.
    ends: Option<Instant>,
    /// The position in the text of the next check of the clock.
    next_look: usize,
}

impl Budget {
    /// Allows decoded values of `memory` bytes, until the time `ends`; `None` for no time limit.
    pub(crate) fn new(memory: usize, ends: Option<Instant>) -> Self {
        Self {
            memory,
            ends,
            next_look: BYTES_PER_LOOK,
        }
    }

    /// Takes `bytes` of memory.
    pub(super) fn take(&mut self, bytes: usize) -> Result<(), Fault> {
        match self.memory.checked_sub(bytes) {
            Some(left) => {
                self.memory = left;
                Ok(())
            }
            None => Err(Fault::of(Problem::Memory)),
        }
    }

    /// Goes back to position `at` in the text.
    pub(super) fn rewind(&mut self, at: usize) {
        self.next_look = self.next_look.min(at + BYTES_PER_LOOK);
    }

    /// Checks the clock, if enough text has been read since the last check.
    pub(super) fn passed(&mut self, at: usize) -> Result<(), Fault> {
        if at < self.next_look {
            return Ok(());
        }
        self.next_look = at + BYTES_PER_LOOK;
        match self.ends {
            Some(ends) if Instant::now() >= ends => Err(Fault::of(Problem::Time)),
            Some(_) | None => Ok(()),
        }
    }
}

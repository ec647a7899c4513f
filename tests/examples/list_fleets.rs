//! Lists the fleets of an account with the number of their SIMs.
//!
//! `cargo run -p twilio-tests --example list_fleets`
#![expect(clippy::print_stdout, reason = "an example prints to the terminal")]

use futures_util::TryStreamExt;
use twilio_iot::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(Client::from_env()?).await
}

/// Prints a line for each fleet.
pub async fn run(client: Client) -> Result<(), Error> {
    let mut fleets = client.supersim().fleets().list().stream();
    while let Some(fleet) = fleets.try_next().await? {
        let sims = client
            .supersim()
            .sims()
            .list()
            .fleet(&fleet.sid)
            .page_size(1000)
            .stream();
        let count = sims
            .try_fold(0_u64, |count, _| async move { Ok(count + 1) })
            .await?;
        let name = fleet.unique_name.unwrap_or(fleet.sid);
        println!(
            "{name}: {count} SIMs, {} MB each per billing period",
            fleet.data_limit
        );
    }
    Ok(())
}

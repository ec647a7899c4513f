//! The quick start of the README. A test keeps the two the same.
#![expect(clippy::print_stdout, reason = "an example prints to the terminal")]

use futures_util::TryStreamExt;
use twilio_iot::supersim::v1::SimStatus;
use twilio_iot::{Client, Error};

const NETWORK_ACCESS_PROFILE: &str = "HA0123456789abcdef0123456789abcdef";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    // TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET.
    run(Client::from_env()?).await
}

/// Creates a fleet, lists its active SIMs and looks one up.
pub async fn run(client: Client) -> Result<(), Error> {
    let supersim = client.supersim();
    let create = supersim.fleets().create(NETWORK_ACCESS_PROFILE);
    let fleet = create.unique_name("trackers").data_limit(1000).await?;
    println!("created {}", fleet.sid);

    let list = supersim.sims().list().fleet("trackers");
    let mut sims = list.status(SimStatus::Active).page_size(200).stream();
    while let Some(sim) = sims.try_next().await? {
        println!("{:?} is active", sim.iccid);
    }

    match supersim.sim("van-07").fetch().await {
        Ok(sim) => println!("{}: {:?}", sim.sid, sim.status),
        Err(error) if error.is_not_found() => println!("no such SIM"),
        Err(error) => return Err(error),
    }
    Ok(())
}

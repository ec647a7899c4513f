//! Fails, and shows a person why: `main` returns an error of the client.

use twilio_iot::mock::Mock;
use twilio_iot::supersim::v1::FetchSim;
use twilio_iot::{Client, Error, StatusCode};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mock = Mock::new();
    let sim = mock.on::<FetchSim>();
    sim.error(StatusCode::NOT_FOUND, 20404, "no such SIM");
    mock.client::<Client>()
        .supersim()
        .sim("van-08")
        .fetch()
        .await?;
    Ok(())
}

//! The client for calls, and what to show of their responses.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::bookmarks::Bookmarks;
use super::settings::Settings;
use crate::cli::exit::Failure;
use crate::cli::invocation::{self, Files};
use crate::cli::output::masked;
use crate::cli::sign_in::Conventions;
use crate::cli::table::{Argument, Command};
use crate::client::Client;
use crate::json::Node;
use crate::request::Request;
use crate::signing::SignedWith;

/// The client and settings for calls.
pub(super) struct Caller {
    pub(super) conventions: Conventions,
    pub(super) client: Client,
    shows_personal_data: bool,
    /// The maximum length of a result, in bytes of JSON and text.
    pub(super) max_result: usize,
    bookmarks: Mutex<Bookmarks>,
}

impl Caller {
    pub(super) fn new(conventions: Conventions, client: Client, settings: &Settings) -> Self {
        Self {
            conventions,
            client,
            shows_personal_data: settings.shows_personal_data,
            max_result: settings.max_result,
            bookmarks: Mutex::default(),
        }
    }

    pub(super) fn shows_personal_data(&self) -> bool {
        self.shows_personal_data
    }

    pub(super) fn bookmarks(&self) -> MutexGuard<'_, Bookmarks> {
        self.bookmarks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Creates a request, in which files are given by content.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::NotSignedIn`] without the credentials that it requires, and the errors of a request.
    pub(super) async fn request(
        &self,
        command: &'static Command,
        values: Vec<(&'static Argument, Node)>,
    ) -> Result<Request, Failure> {
        self.conventions.check(&self.client, command)?;
        let request = invocation::request(&self.client, command, values, Files::Inline).await?;
        Ok(request)
    }

    /// Returns the current credentials for calls of a command; none if they cannot be obtained.
    pub(super) async fn signed_with(&self, command: &Command) -> SignedWith {
        let keyring = &self.client.shared().keyring;
        let (id, alternatives) = (command.operation.id, command.alternatives());
        let source = keyring.source_for(id, alternatives).ok().flatten();
        let given = match source {
            Some(source) => source.authorization().await.ok(),
            None => None,
        };
        let signed_with = keyring.signed_with(id, alternatives, given.as_ref());
        signed_with.unwrap_or_default()
    }

    /// Returns the part of a value that a model may see: no personal data, unless it is allowed, and no copy of the
    /// credentials.
    pub(super) fn shown(&self, command: &Command, signed_with: &SignedWith, node: Node) -> Node {
        let node = match self.shows_personal_data {
            true => node,
            false => masked(node, command.shape.personal),
        };
        concealed(node, signed_with)
    }
}

fn concealed(node: Node, signed_with: &SignedWith) -> Node {
    match node {
        Node::Text(text) => Node::Text(signed_with.redacted_in(&text)),
        Node::List(items) => {
            let items = items.into_iter();
            Node::List(items.map(|it| concealed(it, signed_with)).collect())
        }
        Node::Object(members) => {
            let members = members.into_iter();
            let members = members
                .map(|(key, it)| (signed_with.redacted_in(&key), concealed(it, signed_with)));
            Node::Object(members.collect())
        }
        node @ (Node::Null | Node::Literal(_)) => node,
    }
}

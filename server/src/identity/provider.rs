//! A provider of sign-ins: an eID broker or an internet bank that speaks OpenID Connect. Everything here is the protocol; who
//! asks and what comes of it, `sign_in` knows.

use std::pin::Pin;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreResponseType, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthenticationFlow, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, HttpRequest, HttpResponse, IdTokenFields, IdTokenVerifier, IssuerUrl, LanguageTag, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, ProviderMetadataWithLogout, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::person::Person;
use crate::ambient::Ambient;
use crate::outbound::{Outbound, OutboundError};

/// How long what a provider publishes of itself holds, unless a token is signed by a key that is not in it.
const PUBLISHED_FOR: Duration = Duration::from_secs(10 * 60);
/// How far its clock may be from ours.
const CLOCK_SKEW: Duration = Duration::from_secs(30);
/// The algorithms that we take: each needs the provider's own private key.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 5] = [
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What an operator says of a provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// In URLs: `/sign-in/<slug>`.
    pub slug: String,
    /// By language.
    pub name: std::collections::BTreeMap<String, String>,
    pub kind: Kind,
    pub issuer: String,
    pub client_id: String,
    /// The file that holds it.
    pub client_secret: std::path::PathBuf,
}

/// What a citizen needs for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Eid,
    Bank,
}

/// Why a sign-in comes to nothing.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It does not answer, or not as the protocol says.
    #[error("{0} does not answer: {1}")]
    Silent(String, String),
    /// What it answered must not be believed.
    #[error("{0} answered what must not be believed: {1}")]
    Mistrusted(String, String),
}

/// The claim beside the standard ones.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
struct Claims {
    /// The natural person's identifier, `PNOLV-321234-56789`.
    serial_number: Option<String>,
}

impl AdditionalClaims for Claims {}

type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type OidcClient = Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;

/// Where the browser goes, and what must come back with it.
#[derive(Debug)]
pub struct Departure {
    pub url: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// Who came back, and the token that says so.
#[derive(Debug)]
pub struct Arrival {
    pub person: Person,
    pub id_token: String,
}

/// A provider, with what it last published of itself.
#[derive(Debug)]
pub struct Provider {
    pub settings: Settings,
    secret: ClientSecret,
    redirect: RedirectUrl,
    outbound: Outbound,
    ambient: Ambient,
    published: RwLock<Option<(OffsetDateTime, Arc<ProviderMetadataWithLogout>)>>,
}

impl Provider {
    /// Of an operator's settings; the secret is read, nothing is asked yet.
    ///
    /// # Errors
    /// Says what is wrong with the settings.
    pub fn new(settings: Settings, public_url: &str, outbound: Outbound, ambient: Ambient) -> Result<Self, String> {
        let named = |error: &dyn std::fmt::Display| format!("sign_in {}: {error}", settings.slug);
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if settings.slug.is_empty() || !settings.slug.bytes().all(plain) {
            return Err(format!("sign_in {:?}: slug is not small letters, digits and hyphens", settings.slug));
        }
        IssuerUrl::new(settings.issuer.clone()).map_err(|error| named(&error))?;
        let secret = std::fs::read_to_string(&settings.client_secret)
            .map_err(|error| named(&format!("{}: {error}", settings.client_secret.display())))?;
        let redirect = RedirectUrl::new(format!("{public_url}/sign-in/{}/back", settings.slug));
        Ok(Self {
            redirect: redirect.map_err(|error| named(&error))?,
            secret: ClientSecret::new(secret.trim().to_owned()),
            settings,
            outbound,
            ambient,
            published: RwLock::default(),
        })
    }

    /// What it is called in a language, or in the first one that it has.
    #[must_use]
    pub fn name(&self, lang: &str) -> String {
        let names = &self.settings.name;
        names.get(lang).or_else(|| names.values().next()).unwrap_or(&self.settings.slug).clone()
    }

    /// Where to send a browser whose citizen wants to sign in.
    ///
    /// # Errors
    /// When the provider does not answer.
    pub async fn depart(&self, lang: &str) -> Result<Departure, ProviderError> {
        let client = self.client(false).await?;
        let verifier = PkceCodeVerifier::new(self.ambient.secret());
        let (state, nonce) = (self.ambient.secret(), self.ambient.secret());
        let (given_state, given_nonce) = (CsrfToken::new(state.clone()), Nonce::new(nonce.clone()));
        let (url, ..) = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || given_state,
                move || given_nonce,
            )
            .add_scope(Scope::new("profile".into()))
            .add_ui_locale(LanguageTag::new(lang.to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(Departure { url: url.into(), state, nonce, verifier: verifier.into_secret() })
    }

    /// Who a browser's code stands for.
    ///
    /// # Errors
    /// When the provider does not answer, or its token must not be believed.
    pub async fn arrive(&self, code: &str, nonce: &str, verifier: &str) -> Result<Arrival, ProviderError> {
        let client = self.client(false).await?;
        let exchange = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| self.silent(&error))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
        let answer = exchange.request_async(&self.http()).await.map_err(|error| match error {
            openidconnect::RequestTokenError::ServerResponse(refusal) if is_passing(refusal.error()) => {
                ProviderError::Silent(self.settings.slug.clone(), refusal.to_string())
            }
            openidconnect::RequestTokenError::ServerResponse(refusal) => self.mistrusted(&refusal),
            other => self.silent(&other),
        })?;
        let token = answer.id_token().ok_or_else(|| self.mistrusted(&"it sent no ID token"))?;
        let nonce = Nonce::new(nonce.to_owned());
        let claims = match token.claims(&self.verifier(&client), &nonce) {
            // Its keys may have changed since it published them.
            Err(openidconnect::ClaimsVerificationError::SignatureVerification(
                openidconnect::SignatureVerificationError::NoMatchingKey,
            )) => {
                let client = self.client(true).await?;
                token.claims(&self.verifier(&client), &nonce).cloned()
            }
            checked => checked.cloned(),
        };
        let claims = claims.map_err(|error| self.mistrusted(&error))?;
        let identifier = claims.additional_claims().serial_number.clone().unwrap_or_default();
        let given_name = claims.given_name().and_then(|name| name.get(None)).map(|name| name.to_string());
        let surname = claims.family_name().and_then(|name| name.get(None)).map(|name| name.to_string());
        let person = Person::of_identifier(
            &identifier,
            &given_name.unwrap_or_default(),
            &surname.unwrap_or_default(),
            claims.birthdate().map(|born| born.to_string()),
        );
        let person = person.ok_or_else(|| self.mistrusted(&"the token does not say who it is about"))?;
        Ok(Arrival { person, id_token: token.to_string() })
    }

    /// Where to send a browser so that the provider's own session ends, too; nowhere, if it has no such place.
    pub async fn leave(&self, id_token: &str, back: &str) -> Option<String> {
        let published = self.published(false).await.ok()?;
        let place = published.additional_metadata().end_session_endpoint.as_ref()?;
        let mut url = place.url().clone();
        url.query_pairs_mut()
            .append_pair("id_token_hint", id_token)
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", back);
        Some(url.into())
    }

    /// Whether it answers.
    pub async fn answers(&self) -> bool {
        self.published(false).await.is_ok()
    }

    async fn client(&self, anew: bool) -> Result<OidcClient, ProviderError> {
        let published = self.published(anew).await?;
        let id = ClientId::new(self.settings.client_id.clone());
        let client = Client::from_provider_metadata((*published).clone(), id, Some(self.secret.clone()));
        Ok(client.set_redirect_uri(self.redirect.clone()))
    }

    /// What it publishes of itself: kept for a while, asked for anew where that is too old or not enough.
    async fn published(&self, anew: bool) -> Result<Arc<ProviderMetadataWithLogout>, ProviderError> {
        let kept = self.published.read().ok().and_then(|kept| kept.clone());
        let now = self.ambient.now();
        if let Some((_, published)) = kept.filter(|(at, _)| !anew && now - *at < PUBLISHED_FOR) {
            return Ok(published);
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(|error| self.silent(&error))?;
        let asked = ProviderMetadataWithLogout::discover_async(issuer, &self.http()).await;
        let published = Arc::new(asked.map_err(|error| self.silent(&error))?);
        if let Ok(mut kept) = self.published.write() {
            *kept = Some((now, published.clone()));
        }
        Ok(published)
    }

    fn http(
        &self,
    ) -> impl Fn(HttpRequest) -> Pin<Box<dyn Future<Output = Result<HttpResponse, OutboundError>> + Send>> + use<> {
        let outbound = self.outbound.clone();
        move |request| {
            let outbound = outbound.clone();
            Box::pin(async move { outbound.send(request).await })
        }
    }

    fn verifier<'a>(&self, client: &'a OidcClient) -> IdTokenVerifier<'a, CoreJsonWebKey> {
        let now = chrono(self.ambient.now());
        let issued = move |at| if at > now + CLOCK_SKEW { Err("issued in the future".to_owned()) } else { Ok(()) };
        let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
        verifier.set_time_fn(move || now - CLOCK_SKEW).set_issue_time_verifier_fn(issued)
    }

    fn silent(&self, error: &dyn std::error::Error) -> ProviderError {
        ProviderError::Silent(self.settings.slug.clone(), whole(error))
    }

    fn mistrusted(&self, error: &dyn std::fmt::Display) -> ProviderError {
        ProviderError::Mistrusted(self.settings.slug.clone(), error.to_string())
    }
}

/// Whether it is the provider's trouble, which passes (RFC 6749, 4.1.2.1), and not a refusal.
fn is_passing(error: &CoreErrorResponseType) -> bool {
    matches!(error, CoreErrorResponseType::Extension(code) if ["server_error", "temporarily_unavailable"].contains(&code.as_str()))
}

/// An error with its causes.
fn whole(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// The time as the library wants it.
fn chrono(time: OffsetDateTime) -> DateTime<Utc> {
    DateTime::from_timestamp(time.unix_timestamp(), time.nanosecond()).unwrap_or_default()
}

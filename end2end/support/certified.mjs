// A provider that nobody of us wrote: oidc-provider, certified by the OpenID Foundation. Prints its issuer once it listens; whoever
// signs in as "anna" is Anna.
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const PEOPLE = {
  anna: { given_name: "Anna", family_name: "Bērziņa", birthdate: "1988-05-14", serial_number: "PNOLV-320000-00001" },
  velta: { given_name: "Velta", family_name: "Krūmiņa", birthdate: "1951-01-30", serial_number: "PNOLV-320000-00003" },
  nobody: { given_name: "Nav", family_name: "Koda" },
};
const port = process.argv[2];
const issuer = `http://127.0.0.1:${port}`;
const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "durvis",
      client_secret: "sandbox-secret",
      redirect_uris: ["http://127.0.0.1/"],
      id_token_signed_response_alg: "ES256",
    },
  ],
  jwks: { keys: [{ ...key, alg: "ES256", use: "sig", kid: "one" }] },
  cookies: { keys: ["of a test"] },
  claims: { openid: ["sub"], profile: ["given_name", "family_name", "birthdate", "serial_number"] },
  conformIdTokenClaims: false,
  pkce: { methods: ["S256"], required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
});
// The portal's port is another one each time.
const isHere = (uri) => new URL(uri).hostname === "127.0.0.1";
provider.Client.prototype.redirectUriAllowed = isHere;
provider.Client.prototype.postLogoutRedirectUriAllowed = isHere;
provider.listen(port, "127.0.0.1", () => console.log(JSON.stringify({ issuer })));
process.stdin.on("end", () => process.exit()).resume();

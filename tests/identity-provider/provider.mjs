// An identity provider for tests: the real one from npm, with people who sign in by a header instead of a form. Started as
//   node provider.mjs FOLDER CALLBACK…
// where FOLDER holds server.pem, server.key and what it writes; says {"issuer": …} when it listens on a free port.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { Provider } from 'oidc-provider';

const [folder, ...callbacks] = process.argv.slice(2);
const people = new Map();
const audience = 'urn:vantage:coordinator';

const server = createServer({ cert: readFileSync(`${folder}/server.pem`), key: readFileSync(`${folder}/server.key`) });
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `https://localhost:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    { client_id: 'vantage', client_secret: 'the-coordinators-own-secret', redirect_uris: callbacks, grant_types: ['authorization_code'],
      response_types: ['code'] },
    { client_id: 'robot', client_secret: 'a-robots-own-secret', redirect_uris: [], response_types: [], grant_types: ['client_credentials'],
      scope: 'vantage other' },
    { client_id: 'stranger', client_secret: 'a-strangers-own-secret', redirect_uris: [], response_types: [], grant_types: ['client_credentials'],
      scope: 'vantage other' },
  ],
  pkce: { required: () => true },
  claims: { openid: ['sub'], profile: ['name'], email: ['email'], groups: ['groups'] },
  scopes: ['openid', 'profile', 'email', 'groups', 'vantage', 'other'],
  cookies: { keys: ['a key of the tests'] },
  ttl: { AccessToken: 600, ClientCredentials: 864000, AuthorizationCode: 60, Grant: 600, Interaction: 600, Session: 600, IdToken: 600 },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  features: {
    devInteractions: { enabled: false },
    introspection: { enabled: true, allowedPolicy: (_, client) => client.clientId === 'vantage' },
    revocation: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      getResourceServerInfo: (_, indicator) => ({ scope: 'vantage other', audience: indicator, accessTokenFormat: 'opaque', accessTokenTTL: 864000 }),
      useGrantedResource: () => false,
    },
  },
});

async function signIn(request, response) {
  const { prompt, params, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    const person = JSON.parse(request.headers['x-test-person']);
    if (person.refuses) {
      return provider.interactionFinished(request, response, { error: 'access_denied' });
    }
    people.set(person.sub, person);
    return provider.interactionFinished(request, response, { login: { accountId: person.sub } });
  }
  const session = (await provider.interactionDetails(request, response)).session;
  const grant = grantId ? await provider.Grant.find(grantId) : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
}

const own = provider.callback();
server.on('request', (request, response) => {
  if (request.url.startsWith('/interaction/')) {
    signIn(request, response).catch((error) => { response.statusCode = 500; response.end(String(error)); });
  } else {
    own(request, response);
  }
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
console.log(JSON.stringify({ issuer }));

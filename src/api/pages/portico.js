/** How the pages talk to the server: who there is to be, signing in as them, asking. */

let cast;

/** Asked for once, and only by the pages that have people to be. */
function theCast() {
  cast ??= fetch('/pages/cast.json').then((response) => response.json());
  return cast;
}

export const people = async () => (await theCast()).people;

/** The code of the project that the story is about. */
export const story = async () => (await theCast()).project;

/** That project; where it is not there any more, one that goes on. */
export const storyOf = (projects, code) =>
  projects.find((project) => project.code === code) ?? projects.find(({ status }) => status === 'ACTIVE');

/** Asks the server; answers what it says, refusals included. */
export async function ask({ query, variables, token, headers = {}, operationName }) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: JSON.stringify({ query, variables, operationName }),
  });
  return response.json();
}

/** Asks as one of the cast. A session that has ended is made anew once. */
export async function askAs(name, question) {
  const answer = await ask({ ...question, token: await signIn(name) });
  const ended = answer.errors?.some((error) => error.extensions?.code === 'UNAUTHENTICATED');
  if (!ended) return answer;
  forget(name);
  return ask({ ...question, token: await signIn(name) });
}

/** The token of one of the cast, after the server was asked whether it still knows it. */
export async function tokenOf(name) {
  await askAs(name, { query: '{ viewer { id } }' });
  return signIn(name);
}

const signingIn = new Map();

/** The token of one of the cast: kept while the tab is open, so that a reload signs nobody in again. */
export function signIn(name) {
  const kept = sessionStorage.getItem(keyOf(name));
  if (kept) return Promise.resolve(kept);
  if (!signingIn.has(name))
    signingIn.set(
      name,
      signInNow(name).finally(() => signingIn.delete(name)),
    );
  return signingIn.get(name);
}

export const forget = (name) => sessionStorage.removeItem(keyOf(name));

/** The first refusal in words, or undefined. */
export const refusalOf = (answer) => answer.errors?.[0]?.message;

const keyOf = (name) => `portico-token-${name}`;

async function signInNow(name) {
  const { password, people } = await theCast();
  const { email } = people.find((person) => person.name === name);
  const query = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { token } }';
  const answer = await ask({ query, variables: { input: { email, password } } });
  if (refusalOf(answer)) throw new Error(refusalOf(answer));
  const { token } = answer.data.signIn;
  sessionStorage.setItem(keyOf(name), token);
  return token;
}

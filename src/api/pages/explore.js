import { ask, people, tokenOf } from './portico.js';
import { READY_QUERIES } from './ready-queries.js';

const { React, ReactDOM, GraphiQL, graphqlWs } = window;

const CHOICE = 'portico-explore-as';
const buttons = document.querySelector('#people');
const message = document.querySelector('#message');

/** Whose token every query carries; a header that is written in the editor wins. */
let token;

function fetcher({ query, variables, operationName }, { headers = {}, documentAST } = {}) {
  const own = Object.keys(headers).find((name) => name.toLowerCase() === 'authorization');
  const bearer = own ? headers[own] : `Bearer ${token}`;
  if (isSubscription(documentAST, operationName)) return listen({ query, variables, operationName }, bearer);
  return ask({ query, variables, operationName, headers, token: own ? undefined : token });
}

function isSubscription(document, operationName) {
  const operations = (document?.definitions ?? []).filter(({ kind }) => kind === 'OperationDefinition');
  const chosen = operations.find(({ name }) => !operationName || name?.value === operationName);
  return chosen?.operation === 'subscription';
}

/** A stream on a socket of its own, in the form that the editor takes: each event comes as its next answer. */
function listen(operation, authorization) {
  const url = `${window.location.origin.replace(/^http/, 'ws')}/graphql`;
  const client = graphqlWs.createClient({ url, connectionParams: { authorization }, retryAttempts: 0 });
  return {
    subscribe(sink) {
      const stop = client.subscribe(operation, {
        ...sink,
        error: (error) => sink.error(error.code ? new Error(`The socket was closed: ${error.reason}`) : error),
      });
      return { unsubscribe: stop };
    },
  };
}

async function choose(person) {
  try {
    token = person ? await tokenOf(person.name) : undefined;
    if (person) sessionStorage.setItem(CHOICE, person.name);
    else sessionStorage.removeItem(CHOICE);
    say(person);
  } catch (error) {
    token = undefined;
    message.className = 'message bad';
    message.textContent = `${error.message} The people here belong to the demo; is it in this database?`;
  }
  const chosen = token ? person.name : '';
  for (const button of buttons.children) button.setAttribute('aria-pressed', String(button.value === chosen));
}

function say(person) {
  message.className = 'message';
  if (!person) {
    message.textContent = 'Nobody is signed in.';
    return;
  }
  const header = document.createElement('code');
  header.textContent = `Authorization: Bearer ${token}`;
  message.replaceChildren(`${person.displayName}, ${person.about}. Every query carries `, header);
}

function button(person) {
  const element = document.createElement('button');
  element.type = 'button';
  element.value = person?.name ?? '';
  element.textContent = person?.displayName ?? 'Nobody';
  element.title = person?.about ?? 'without a token';
  element.setAttribute('aria-pressed', 'false');
  element.addEventListener('click', () => choose(person));
  return element;
}

async function main() {
  const everybody = await people();
  buttons.append(...everybody.map(button), button(undefined));
  const last = everybody.find((person) => person.name === sessionStorage.getItem(CHOICE));
  if (last) await choose(last);
  const explorer = React.createElement(GraphiQL, { fetcher, defaultTabs: READY_QUERIES, shouldPersistHeaders: false });
  ReactDOM.createRoot(document.querySelector('#explorer')).render(explorer);
}

main();

import { ask, people, signIn } from './portico.js';
import { READY_QUERIES } from './ready-queries.js';

const { React, ReactDOM, GraphiQL } = window;

const CHOICE = 'portico-explore-as';
const buttons = document.querySelector('#people');
const message = document.querySelector('#message');

/** Whose token every query carries; a header that is written in the editor wins. */
let token;

async function fetcher({ query, variables, operationName }, { headers = {} } = {}) {
  const own = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  return ask({ query, variables, operationName, headers, token: own ? undefined : token });
}

async function choose(person) {
  try {
    token = person ? await signIn(person.name) : undefined;
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

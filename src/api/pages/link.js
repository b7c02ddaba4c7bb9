import { ask, refusalOf } from './portico.js';

const NAME = { name: 'displayName', label: 'Your name', autocomplete: 'name', maxLength: 120 };
const EMAIL = { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username' };
const PASSWORD = {
  name: 'password',
  label: 'Password, at least 10 characters',
  type: 'password',
  autocomplete: 'new-password',
  minLength: 10,
  maxLength: 200,
};
const WORKSPACE = {
  name: 'workspaceName',
  label: 'What your company is called',
  autocomplete: 'organization',
  maxLength: 120,
};

/** What each link is for, by the path it leads to. */
const LINKS = {
  '/setup': {
    title: 'Set up your Portico',
    lead: 'You become the owner of the first workspace. Everybody else comes by your invitation.',
    fields: [WORKSPACE, NAME, EMAIL, PASSWORD],
    query: 'mutation SetUp($input: SetUpInput!) { setUp(input: $input) { token } }',
    done: 'Your workspace is made, and you are its owner.',
  },
  '/reset-password': {
    title: 'Choose a new password',
    lead: 'It ends all your sessions, here and elsewhere.',
    fields: [PASSWORD],
    query: 'mutation ResetPassword($input: ResetPasswordInput!) { resetPassword(input: $input) { endedSessions } }',
    done: 'Your password is changed.',
  },
  '/accept-invitation': {
    title: 'You are invited',
    lead: 'Choose the name that others see, and a password.',
    fields: [NAME, PASSWORD],
    query: 'mutation Accept($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename } }',
    done: 'Welcome. What is shared with you is there.',
  },
};

const $ = (selector) => document.querySelector(selector);
const link = LINKS[location.pathname];
const token = new URLSearchParams(location.search).get('token');
// The token is nobody else's: it stays neither in the address bar nor in the history.
history.replaceState(null, '', location.pathname);

const PREVIEW = 'query Preview($token: String!) { invitation(token: $token) { workspaceName inviterName } }';

/** Who invites where, before anything is asked of the reader. */
async function preview() {
  const answer = await ask({ query: PREVIEW, variables: { token } });
  const invitation = answer.data?.invitation;
  if (!invitation) return conclude(refusalOf(answer) ?? 'This link does not work any more. Ask for a new invitation.');
  $('#title').textContent = `${invitation.inviterName} invites you to ${invitation.workspaceName}`;
}

function conclude(why) {
  $('#lead').textContent = why;
  $('#form').hidden = true;
}

function show() {
  $('#title').textContent = link.title;
  document.title = `Portico · ${link.title}`;
  if (!token) return conclude('This address lacks its token. Open the whole link, from “http” to its end.');
  if (location.pathname === '/accept-invitation') preview();
  $('#lead').textContent = link.lead;
  $('#form').hidden = false;
  $('#fields').replaceChildren(...link.fields.map(field));
  $('#form').addEventListener('submit', submit);
  $('#fields input').focus();
}

function field({ label, ...attributes }) {
  const input = Object.assign(document.createElement('input'), { required: true, ...attributes });
  const words = document.createElement('span');
  words.textContent = label;
  const wrapper = document.createElement('label');
  wrapper.className = 'field';
  wrapper.append(words, input);
  return wrapper;
}

async function submit(event) {
  event.preventDefault();
  const button = $('#form button');
  button.disabled = true;
  const input = { token, ...Object.fromEntries(new FormData($('#form'))) };
  const answer = await ask({ query: link.query, variables: { input } });
  const refusal = refusalOf(answer);
  button.disabled = false;
  if (!refusal) return celebrate();
  $('#message').className = 'message bad';
  $('#message').textContent = refusal;
}

function celebrate() {
  conclude(`${link.done} Sign in with your e-mail and password: the mutation signIn answers a token.`);
}

show();

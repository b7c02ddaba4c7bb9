import { rowsOf } from './answer-table.js';
import { PERMISSIONS, permissionsOf, setPermission } from './permissions.js';
import { askAs, people, refusalOf, story, storyOf } from './portico.js';
import { QUESTIONS } from './questions.js';

const $ = (selector) => document.querySelector(selector);

/** Who asks, from left to right. The switches belong to the first. */
const columns = ['clara', 'carl', 'max'];
let everybody = [];
/** What each cell said last, to show what a switch has changed. */
let said = new Map();

async function main() {
  everybody = await people();
  fill(
    $('#question'),
    QUESTIONS.map(({ title }, index) => [index, title]),
  );
  fill($('#granter'), [
    ['ada', 'Ada Admin'],
    ['max', 'Max Manager'],
    ['clara', 'Clara Client'],
  ]);
  await fillProjects();
  chooseQuestion();
  drawSwitches();
  $('#question').addEventListener('change', () => {
    chooseQuestion();
    askAll();
  });
  $('#project').addEventListener('change', askAll);
  $('#ask').addEventListener('click', askAll);
  await askAll();
}

async function fillProjects() {
  const query = '{ projects(first: 100) { nodes { id name code status clientOrganisation { name } } } }';
  const { data } = await askAs('ada', { query });
  const projects = data.projects.nodes;
  fill(
    $('#project'),
    projects.map(({ id, name, clientOrganisation: client }) => [id, `${name} (${client.name})`]),
  );
  const first = storyOf(projects, await story());
  if (first) $('#project').value = first.id;
}

function chooseQuestion() {
  $('#query').value = QUESTIONS[$('#question').value].query;
  said = new Map();
}

async function askAll() {
  const question = { query: $('#query').value, variables: { projectId: $('#project').value } };
  const [answers] = await Promise.all([Promise.all(columns.map((name) => askAs(name, question))), readSwitches()]);
  drawAnswers(answers);
}

function drawAnswers(answers) {
  const before = said;
  said = new Map();
  const heads = columns.map((name, column) =>
    element('th', { scope: 'col' }, personChoice(name, column), about(name, column)),
  );
  $('#answers thead').replaceChildren(element('tr', {}, element('td', {}), ...heads));
  const refusals = answers.some(refusalOf) ? [refusalRow(answers)] : [];
  $('#answers tbody').replaceChildren(...refusals, ...rowsOf(answers).map((row) => answerRow(row, before)));
}

function answerRow(row, before) {
  const head = element('th', { scope: 'row', style: `--depth: ${row.depth}` }, row.label);
  const cells = row.cells.map((cell, column) => {
    const shown = element('td', {}, ...cellContents(cell));
    const key = `${columns[column]} ${row.key}`;
    said.set(key, shown.textContent);
    if (before.has(key) ? before.get(key) !== shown.textContent : before.size > 0) shown.className = 'fresh';
    return shown;
  });
  return element('tr', { class: row.group ? 'group' : '' }, head, ...cells);
}

function cellContents(cell) {
  switch (cell.kind) {
    case 'value':
      return [cell.text];
    case 'withheld':
      return [
        element('span', { class: 'withheld' }, `withheld: needs ${cell.requires.map(requirementInWords).join(', ')}`),
      ];
    case 'absent':
      return [element('span', { class: 'absent' }, 'not there')];
    case 'none':
      return [element('span', { class: 'absent' }, 'none')];
    default:
      return [];
  }
}

/** `internalCosts` is a permission, `financials:SUMMARY` a setting of the project, `role:ADMIN` a role. */
function requirementInWords(requirement) {
  const [key, value] = requirement.split(':');
  const permission = PERMISSIONS.find((known) => known.key === key);
  if (permission) return permission.title.toLowerCase();
  if (key === 'role') return value === 'MEMBER' ? 'to be on the team' : `the role ${value.toLowerCase()}`;
  return value ? `the project's setting ${key} at ${value}` : key;
}

function refusalRow(answers) {
  const cells = answers.map((answer) => {
    const refusal = refusalOf(answer);
    return element('td', { class: refusal ? 'refused' : '' }, refusal ?? '');
  });
  return element('tr', {}, element('th', { scope: 'row' }, 'Refused'), ...cells);
}

function personChoice(name, column) {
  const select = element('select', { 'aria-label': `Person in column ${column + 1}` });
  fill(
    select,
    everybody.map((person) => [person.name, person.displayName]),
  );
  select.value = name;
  select.addEventListener('change', async () => {
    columns[column] = select.value;
    said = new Map();
    await askAll();
    $(`#answers thead th:nth-of-type(${column + 1}) select`).focus();
  });
  return select;
}

/** What the first one may is told by the switches, and changes with them. */
function about(name, column) {
  const person = everybody.find((known) => known.name === name);
  return element('div', { class: 'soft' }, column === 0 ? person.who : person.about);
}

function drawSwitches() {
  const switches = PERMISSIONS.map(({ key, title, meaning }) => {
    const button = element(
      'button',
      { type: 'button', class: 'switch', role: 'switch', id: key, title: meaning },
      title,
    );
    button.addEventListener('click', () => flip(key, button));
    return button;
  });
  $('#switches').replaceChildren(...switches);
}

/** Shows what the person of the first column holds on the project. Who holds nothing there cannot be switched. */
async function readSwitches() {
  const subject = everybody.find((person) => person.name === columns[0]);
  const permissions = await permissionsOf({ subject, projectId: $('#project').value });
  const name = subject.displayName.split(' ')[0];
  $('#permissions-title').textContent = permissions
    ? `${name} on this project`
    : `${name} has no grant on this project`;
  for (const { key } of PERMISSIONS) {
    const button = document.getElementById(key);
    button.disabled = permissions === undefined;
    button.setAttribute('aria-checked', String(permissions?.[key] ?? false));
  }
}

async function flip(key, button) {
  const subject = everybody.find((person) => person.name === columns[0]);
  const on = button.getAttribute('aria-checked') !== 'true';
  const projectId = $('#project').value;
  const outcome = await setPermission({ subject, projectId, key, on, granter: $('#granter').value });
  const message = $('#message');
  message.className = outcome.refused ? 'message bad' : 'message';
  message.textContent = outcome.text;
  await askAll();
}

function fill(select, options) {
  select.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)));
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'style') made.style.cssText = value;
    else if (value !== '') made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

main().catch((error) => {
  const message = $('#message');
  message.className = 'message bad';
  message.textContent = `${error.message} This page needs the demo people; are they in this database?`;
});

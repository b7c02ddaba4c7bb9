/** Lays the answers to one query side by side: one row for each field, one column for each answer. */

/** A list of `{ key, label, depth, group, cells }`, in the order in which the answers name them. */
export function rowsOf(answers) {
  const root = branch('', '');
  answers.forEach((answer, column) => {
    const withheld = new Map(
      (answer.extensions?.withheld ?? []).map((field) => [field.path.join('.'), field.requires]),
    );
    if (answer.data) addFields(root, answer.data, { column, withheld, path: [] });
  });
  const rows = [];
  for (const node of root.children.values()) collect({ node, depth: 0, columns: answers.length, inherited: [] }, rows);
  return rows;
}

/** `{ kind: 'value' | 'withheld' | 'absent' | 'none' | 'given', text }`; `given`: it is there, its fields follow. */
function addFields(parent, object, at) {
  for (const [field, value] of Object.entries(object)) {
    if (field === 'id') continue;
    addValue(parent, { key: field, label: inWords(field) }, value, { ...at, path: [...at.path, field] });
  }
}

function addValue(parent, { key, label }, value, at) {
  // What a connection holds stands directly below its name.
  if (key === 'nodes' && Array.isArray(value)) return addItems(parent, value, at);
  const node = childOf(parent, key, label);
  const requires = at.withheld.get(at.path.join('.'));
  if (value === null && requires) node.cells[at.column] = { kind: 'withheld', requires };
  else if (value === null) node.cells[at.column] = { kind: 'none' };
  else if (isPlain(value)) node.cells[at.column] = { kind: 'value', text: asText(value) + unitOf(key) };
  else {
    node.cells[at.column] = { kind: 'given' };
    if (Array.isArray(value)) addItems(node, value, at);
    else addFields(node, value, at);
  }
}

function addItems(node, items, at) {
  items.forEach((item, index) => {
    if (isPair(item)) addValue(node, { key: item.key, label: inWords(item.key) }, item.value, at);
    else addItem(node, item, { ...at, index });
  });
}

function addItem(node, item, at) {
  const heading = HEADINGS.find((field) => item[field]);
  const child = childOf(node, `#${item.id ?? item[heading] ?? at.index}`, item[heading] ?? `${at.index + 1}`);
  child.item = true;
  child.cells[at.column] = { kind: 'given' };
  const { [heading]: _told, ...rest } = item;
  addFields(child, rest, at);
}

const branch = (key, label) => ({ key, label, cells: [], children: new Map(), item: false });

function childOf(parent, key, label) {
  if (!parent.children.has(key)) parent.children.set(key, branch(key, label));
  return parent.children.get(key);
}

function collect({ node, depth, columns, inherited }, rows, prefix = '') {
  const key = `${prefix}/${node.key}`;
  const cells = Array.from({ length: columns }, (_, column) => node.cells[column] ?? missing(node, inherited[column]));
  const group = node.children.size > 0;
  rows.push({ key, label: node.label, depth, group, cells: group ? cells : cells.map(orNone) });
  for (const child of node.children.values()) {
    collect({ node: child, depth: depth + 1, columns, inherited: cells }, rows, key);
  }
}

const orNone = (cell) => (cell.kind === 'given' ? { kind: 'none' } : cell);

/** A row that others have is absent, unless what holds it is missing already and says why. */
const missing = (node, above) => (node.item && above?.kind === 'given' ? { kind: 'absent' } : { kind: 'nothing' });

const MONEY = new Set(['amount', 'currencyCode']);
const DURATION = new Set(['hours', 'seconds']);
const PAIR = new Set(['key', 'value']);
const NAMED = new Set(['id', 'name', 'title', 'displayName', 'number']);

const hasOnly = (value, known) => Object.keys(value).length > 0 && Object.keys(value).every((key) => known.has(key));
const isMoney = (value) => 'amount' in value && hasOnly(value, MONEY);
const isNamed = (value) => hasOnly(value, NAMED) && nameOf(value) !== undefined;

/** What is told in one cell. */
function isPlain(value) {
  if (typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => item !== null && isPlain(item));
  return isMoney(value) || hasOnly(value, DURATION) || isNamed(value);
}

function asText(value) {
  if (Array.isArray(value)) return value.map(asText).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  if (isMoney(value)) return money(value);
  if (isNamed(value)) return String(nameOf(value));
  return `${(value.hours ?? value.seconds / 3600).toLocaleString('en', { maximumFractionDigits: 2 })} h`;
}

function money({ amount, currencyCode }) {
  if (!currencyCode) return amount;
  return new Intl.NumberFormat('en', { style: 'currency', currency: currencyCode }).format(amount);
}

const unitOf = (field) => (field.endsWith('Percent') ? ' %' : '');

/** What a row of a list goes by; the first that it has. */
const HEADINGS = ['name', 'displayName', 'title', 'number', 'date'];

const nameOf = (item) => item[HEADINGS.find((field) => item[field])];

const isPair = (item) => hasOnly(item, PAIR) && 'key' in item && 'value' in item;

function inWords(field) {
  const words = field.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words[0].toUpperCase() + words.slice(1);
}

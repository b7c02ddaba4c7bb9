import { POLICY } from '../../src/access/policy';
import { type Cell, COLUMNS, type Column, type MatrixRow, matrixOf } from '../../src/access/who-sees-what';
import { EXPECTED } from './expected';
import { type Block, COLUMNS as EXPECTED_COLUMNS } from './expected-columns';

/** docs/who-sees-what.md says what the hand-written expectation says, which the running server is proven against. */
describe('the generated page', () => {
  it.each(matrixOf(POLICY).map((row) => [`${row.type}.${row.field} ${row.condition ?? ''}`.trim(), row] as const))(
    'says of %s what is expected',
    (_name, row) => {
      const said = Object.fromEntries(COLUMNS.map((column) => [column, meaning(row.cells[column], column)]));
      const expected = Object.fromEntries(COLUMNS.map((column) => [column, expectation(row, column)]));
      expect(said).toEqual(expected);
    },
  );
});

type Meaning = 'shown' | 'one’s own' | 'not shown';

/** Max, who stands for P, has the role MANAGER; nobody of the cast has BILLING, and bill rates are not shown to all. */
function meaning(cell: Cell, column: Column): Meaning {
  if (cell === '●' || (cell === 'k' && column[0] === 'P')) return 'shown';
  return cell === 'o' || cell === 'r' ? 'one’s own' : cell === 't' ? 'shown' : 'not shown';
}

function expectation(row: MatrixRow, column: Column): Meaning {
  const blocks = EXPECTED.filter(({ type, thing, fields }) => {
    const things = THINGS[`${row.type} ${row.condition}`];
    const asked = things === undefined || things === thing || isOwn(thing);
    return type === row.type && asked && fields.some(([names]) => names.split(' ').includes(row.field));
  });
  if (blocks.some((block) => !isOwn(block.thing) && isShown(block, row.field, column))) {
    return ALWAYS_OWN.includes(row.type) ? 'one’s own' : 'shown';
  }
  const own = blocks.some((block) => isOwn(block.thing) && isShown(block, row.field, column));
  return own ? 'one’s own' : 'not shown';
}

/** Which thing of the expectation a condition of the page speaks of. */
const THINGS: Record<string, string> = {
  'Project basis HOURS': 'Project',
  'Project basis FEES': 'Project with a budget of fees',
  'ProjectTotals whole life': 'ProjectTotals',
  'ProjectTotals with from or to': 'ProjectTotals of some days',
  'CostBudget of the whole life': 'CostBudget',
  'CostBudget of this month': 'CostBudget by the month',
  'Person of the team': 'Person of the team',
  'Person of a client who publishes': 'Person who publishes',
  'Person of another client': 'Person who does not publish',
  'Contact of a client who publishes': 'Contact who publishes',
  'Contact of another client': 'Contact who does not publish',
};

const ALWAYS_OWN = ['Viewer', 'ViewerMembership', 'Session', 'Timer', 'Notification'];
const isOwn = (thing: string): boolean => /oneself|one’s own|Wim/.test(thing);

function isShown({ rows, fields }: Block, field: string, column: Column): boolean {
  const at = EXPECTED_COLUMNS.indexOf(EXPECTED_NAMES[column] ?? (column as never));
  return fields.some(([names, { cells, kind }]) => {
    // The page speaks of the field, not of whether the person at its end is shown.
    const cell = kind === 'edge' ? '+' : cells[at];
    return names.split(' ').includes(field) && rows.cells[at] + cell === '++';
  });
}

const EXPECTED_NAMES: Partial<Record<Column, (typeof EXPECTED_COLUMNS)[number]>> = {
  'T+c': 't',
  'M+c': 'm',
  'P+c': 'p',
};

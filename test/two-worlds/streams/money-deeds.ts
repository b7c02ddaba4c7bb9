import { CLIENT_WORKSPACE } from '../personas';
import type { Side } from '../world/book';
import type { Deed, Scene, SceneInvoice, Stage } from './scene';
import { type Maker, SHARED_DAYS } from './work-deeds';

/** Drafts, invoices, payments, budgets and rates. */
export const MONEY_DEEDS: readonly Maker[] = [
  draftAside,
  draftAside,
  draftAside,
  draftAside,
  changeDraft,
  changeDraft,
  deleteDraft,
  draftToSend,
  draftToSend,
  send,
  send,
  pay,
  pay,
  withdraw,
  budget,
  costBudget,
  rate,
  rateToBe,
];

const PLAIN = ({ spec }: Stage): boolean => spec.billing === undefined && spec.status !== 'ARCHIVED';

/** Of the hours of February, which the two worlds have in other states: never sent, and nothing shows of it. */
function draftAside(scene: Scene): Deed | null {
  const stage = scene.stage(PLAIN)!;
  const sides = scene.sides(stage, true);
  return draft(scene, stage, { sides, open: null, facts: { from: '2026-02-01', to: '2026-02-28' } });
}

/** Of hours that both worlds have, or of none: these are sent one day. */
function draftToSend(scene: Scene): Deed | null {
  const stage = scene.stage(
    (one) => PLAIN(one) && one.sides.length === 2 && (one.sight.project || one.fresh !== undefined),
  );
  if (!stage || stage.fresh?.isLost) return null;
  const byHand = scene.random.percent(50);
  const facts = byHand
    ? { from: '2020-01-01', to: '2020-01-02', lines: [{ description: 'By hand', unitPrice: '500.00' }] }
    : { ...SHARED_DAYS, lines: [{ description: 'And more', unitPrice: '70.00' }] };
  if (!byHand) freeze(scene, stage);
  return draft(scene, stage, { sides: stage.sides, open: byHand ? 500 : null, facts });
}

/** What is on an invoice is not corrected any more. */
function freeze(scene: Scene, stage: Stage): void {
  const rest = scene.entries.filter((entry) => entry.stage !== stage);
  scene.entries.splice(0, scene.entries.length, ...rest);
}

interface Draft {
  sides: readonly Side[];
  open: number | null;
  facts: Record<string, unknown>;
}

function draft(scene: Scene, stage: Stage, { sides, open, facts }: Draft): Deed | null {
  if (sides.length === 0) return null;
  const key = scene.newKey('invoice');
  const invoice: SceneInvoice = { key, stage, sides, status: 'DRAFT', open };
  scene.invoices.push(invoice);
  if (facts.from === '2026-02-01') aside.add(invoice);
  const input = (side: Side) => ({ projectId: scene.id('Project', stage.spec.key, side), notes: key, ...facts });
  return { by: scene.manager(stage), sides, mutation: 'draftInvoice', input, makes: { key, at: 'invoice' } };
}

/** Drafts that are never sent. */
const aside = new WeakSet<SceneInvoice>();

function about(scene: Scene, invoice: SceneInvoice, deed: Pick<Deed, 'mutation'> & Partial<Deed>): Deed {
  const input = deed.input ?? (() => ({}));
  return {
    by: scene.manager(invoice.stage),
    sides: invoice.sides,
    ...deed,
    input: (side) => ({ invoiceId: scene.id('Invoice', invoice.key, side), ...input(side) }),
  };
}

function changeDraft(scene: Scene): Deed | null {
  const invoice = scene.pick(scene.invoices.filter((one) => one.status === 'DRAFT'));
  if (!invoice) return null;
  const sides = scene.sides(invoice, true);
  const key = scene.newKey('draft');
  const change = aside.has(invoice) ? { notes: `By ${key}` } : { internalNotes: `Between us, ${key}` };
  return sides.length === 0 ? null : about(scene, invoice, { mutation: 'updateInvoice', sides, input: () => change });
}

function deleteDraft(scene: Scene): Deed | null {
  const invoice = scene.pick(scene.invoices.filter((one) => one.status === 'DRAFT' && aside.has(one)));
  if (!invoice) return null;
  invoice.status = 'OVER';
  return about(scene, invoice, { mutation: 'deleteInvoice' });
}

function send(scene: Scene): Deed | null {
  const invoice = scene.pick(scene.invoices.filter((one) => one.status === 'DRAFT' && !aside.has(one)));
  if (!invoice) return null;
  invoice.status = 'SENT';
  return about(scene, invoice, { mutation: 'sendInvoice' });
}

function pay(scene: Scene): Deed | null {
  const invoice = scene.pick(scene.invoices.filter((one) => one.status === 'SENT' && one.open !== 0));
  if (!invoice) return null;
  const amount = invoice.open === null ? 10 : scene.random.pick([100, invoice.open]);
  if (invoice.open !== null) invoice.open = Math.max(0, invoice.open - amount);
  const payment = {
    amount: `${amount}.00`,
    method: 'BANK_TRANSFER',
    receivedOn: '2026-03-16',
    reference: 'Between us',
  };
  return about(scene, invoice, { mutation: 'recordPayment', input: () => payment });
}

function withdraw(scene: Scene): Deed | null {
  const invoice = scene.pick(
    scene.invoices.filter((one) => one.status === 'SENT' && one.open !== 0 && one.open !== 400),
  );
  if (!invoice || scene.random.percent(60)) return null;
  invoice.status = 'OVER';
  return about(scene, invoice, { mutation: 'voidInvoice' });
}

function onProject(
  scene: Scene,
  stage: Stage,
  { isHidden, ...deed }: Pick<Deed, 'mutation' | 'input'> & { isHidden: boolean },
): Deed | null {
  const sides = scene.sides(stage, isHidden);
  const by = scene.admin(CLIENT_WORKSPACE[stage.spec.client]);
  const input = (side: Side) => ({ projectId: scene.id('Project', stage.spec.key, side), ...deed.input(side) });
  return sides.length === 0 ? null : { by, sides, mutation: deed.mutation, input };
}

/** In hours, where neither hours nor amounts are shown the worlds may have another one each. */
function budget(scene: Scene): Deed | null {
  const stage = scene.stage()!;
  const { hours, financials } = stage.sight;
  const isHidden = scene.forGood(stage, hours !== 'FULL' && financials === 'HIDE');
  const change = { basis: 'HOURS', hours: `${10 + scene.random.below(90)}` };
  return onProject(scene, stage, { mutation: 'setProjectBudget', isHidden, input: () => change });
}

function costBudget(scene: Scene): Deed | null {
  const stage = scene.stage()!;
  // A budget of costs takes the place of one that is shown.
  const isHidden = scene.forGood(
    stage,
    !stage.sight.costBudget && stage.sight.hours !== 'FULL' && stage.sight.financials === 'HIDE',
  );
  const change = { basis: 'COST', amount: `${1000 + scene.random.below(900)}.00` };
  return onProject(scene, stage, { mutation: 'setProjectBudget', isHidden, input: () => change });
}

/** Of Hanna, who works nowhere in the story. */
/** What counts from another day on shows nowhere yet. */
function rateToBe(scene: Scene): Deed | null {
  const stage = scene.stage()!;
  const sides = scene.sides(stage, true);
  const amount = `${100 + scene.random.below(50)}.00`;
  const change = { scope: 'PROJECT', kind: 'BILL', amount, validFrom: '2030-01-01' };
  const input = (side: Side) => ({ projectId: scene.id('Project', stage.spec.key, side), ...change });
  return { by: scene.admin(CLIENT_WORKSPACE[stage.spec.client]), sides, mutation: 'setRate', input };
}

function rate(scene: Scene): Deed | null {
  const sides = scene.sides({ sides: ['A', 'B'] }, true);
  const kind = scene.random.pick(['BILL', 'COST']);
  const change = {
    kind,
    scope: 'PERSON',
    personId: scene.person('hanna'),
    amount: `${50 + scene.random.below(50)}.00`,
  };
  return { by: scene.admin('fjord'), sides, mutation: 'setRate', input: () => change };
}

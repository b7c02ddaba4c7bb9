import { loadAccess } from '../access/load-access';
import { Withheld } from '../access/withheld';
import type { Context } from '../context';
import { Session } from '../domains/auth/session.entity';
import { draftInvoice } from '../domains/invoices/draft-invoice';
import { PaymentMethod } from '../domains/invoices/invoice.enums';
import { loadLines } from '../domains/invoices/invoices.loaders';
import { recordPayment } from '../domains/invoices/payments.service';
import { sendInvoice } from '../domains/invoices/send-invoice';
import { updateInvoice } from '../domains/invoices/update-invoice';
import { Cursors } from '../events/cursor';
import { after, type Clock, days, hours } from '../platform/clock';
import type { Tx } from '../platform/database';
import { newId, newToken, tokenHash } from '../platform/ids';
import { toMoney } from '../platform/money';
import type { LoadedCast } from './load-cast';
import { projectId, type Today } from './load-projects';
import { type DemoInvoice, INVOICES, PROJECTS } from './world';

/** The invoices of the past months, drafted, sent and paid by Ada through the same use cases as any other. */
export async function loadInvoices(tx: Tx, cast: LoadedCast, dates: Today): Promise<void> {
  for (const invoice of INVOICES) {
    const ada = await contextOf(tx, { userId: cast.users.ada, now: after(dates.now, -days(invoice.sentDaysAgo)) });
    const draft = await draftOf(ada, invoice, { cast, dates });
    if (invoice.draft) continue;
    const { id, totalMinor, currency } = await sendInvoice(ada, { invoiceId: draft.id });
    if (invoice.paidPercent === undefined) continue;
    const { amount } = toMoney((totalMinor * BigInt(invoice.paidPercent)) / 100n, currency);
    await recordPayment(ada, { invoiceId: id, amount, method: PaymentMethod.BANK_TRANSFER });
  }
}

async function draftOf(ada: Context, invoice: DemoInvoice, { cast, dates }: { cast: LoadedCast; dates: Today }) {
  const project = PROJECTS.find(({ key }) => key === invoice.project)!;
  const draft = await draftInvoice(ada, {
    projectId: projectId(cast, project),
    to: invoice.untilDaysAgo === undefined ? null : dates.day(-invoice.untilDaysAgo),
    dueInDays: 14,
    taxPercent: 25,
    notes: 'Thank you for working with us.',
  });
  if (!invoice.instalment) return draft;
  const [line] = await loadLines(ada, draft.id);
  const { description, amount } = invoice.instalment;
  return updateInvoice(ada, {
    invoiceId: draft.id,
    updateLines: [{ lineId: line.id, description, unitPrice: amount }],
  });
}

/** A request of the user's own, inside this transaction and at a moment of the past. */
async function contextOf(tx: Tx, { userId, now }: { userId: string; now: Date }): Promise<Context> {
  const clock: Clock = { now: () => now };
  const token = newToken();
  const id = newId('Session');
  const facts = { id, userId, tokenHash: tokenHash(token), createdAt: now, lastUsedAt: now, userAgent: null };
  await tx.insert(Session, { ...facts, expiresAt: after(now, hours(1)), revokedAt: null });
  const access = await loadAccess(tx, clock, token);
  await tx.update(Session, { id }, { revokedAt: now });
  const context: Context = {
    access,
    withheld: new Withheld(),
    node: async () => null,
    isShownOn: async () => false,
    reads: {},
    db: {
      rows: tx.rows,
      row: tx.row,
      transaction: async (work) => {
        const done = await work(tx);
        context.reads = {};
        return done;
      },
    },
    clock,
    request: { id: 'demo', ip: '' },
    cost: 0,
    cursors: new Cursors(token),
    settings: { publicUrl: '', invitationsPerDay: 0 },
  };
  return context;
}

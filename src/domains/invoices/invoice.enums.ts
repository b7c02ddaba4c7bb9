import { registerEnumType } from 'type-graphql';

export enum InvoiceStatus {
  DRAFT = 'DRAFT',
  SENT = 'SENT',
  PARTIALLY_PAID = 'PARTIALLY_PAID',
  PAID = 'PAID',
  VOID = 'VOID',
}

registerEnumType(InvoiceStatus, {
  name: 'InvoiceStatus',
  description: 'Where an invoice stands. Whether it is overdue depends on the day: `Invoice.isOverdue`.',
  valuesConfig: {
    DRAFT: { description: 'Being written: for those alone who bill.' },
    SENT: { description: 'Issued, and nothing of it is paid yet. It cannot be edited any more.' },
    PARTIALLY_PAID: { description: 'Issued, and a part of it is paid.' },
    PAID: { description: 'Issued, and paid in full.' },
    VOID: { description: 'Issued and withdrawn: it counts nowhere, and keeps its number.' },
  },
});

export enum InvoiceStatusFilter {
  ALL = 'ALL',
  PAID = 'PAID',
  UNPAID = 'UNPAID',
  OVERDUE = 'OVERDUE',
}

registerEnumType(InvoiceStatusFilter, {
  name: 'InvoiceStatusFilter',
  description: 'Which invoices, by what is open on them (F-112).',
  valuesConfig: {
    ALL: { description: 'All that you may see, void ones too.' },
    PAID: { description: 'Issued, and nothing is open.' },
    UNPAID: { description: 'Issued, and something is open, due or not.' },
    OVERDUE: { description: 'Something is open after the due date, by the calendar of the workspace.' },
  },
});

export enum PaymentStatus {
  SUCCEEDED = 'SUCCEEDED',
  CANCELLED = 'CANCELLED',
}

registerEnumType(PaymentStatus, {
  name: 'PaymentStatus',
  description: 'Where a payment stands.',
  valuesConfig: {
    SUCCEEDED: { description: 'It was received.' },
    CANCELLED: { description: 'It was recorded by mistake and withdrawn: it does not count.' },
  },
});

export enum PaymentMethod {
  BANK_TRANSFER = 'BANK_TRANSFER',
  CARD = 'CARD',
  CASH = 'CASH',
  CHEQUE = 'CHEQUE',
  OTHER = 'OTHER',
}

registerEnumType(PaymentMethod, {
  name: 'PaymentMethod',
  description: 'How a payment came.',
  valuesConfig: {
    BANK_TRANSFER: { description: 'By bank transfer.' },
    CARD: { description: 'By card.' },
    CASH: { description: 'In cash.' },
    CHEQUE: { description: 'By cheque.' },
    OTHER: { description: 'In another way.' },
  },
});

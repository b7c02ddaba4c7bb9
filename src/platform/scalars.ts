import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLCurrency, GraphQLDateTimeISO, GraphQLSafeInt } from 'graphql-scalars';

/** The library's `DateTime` gives a Date away and its `DateTimeISO` text: the text, under the name that people know. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  ...(GraphQLDateTimeISO.toConfig() as object),
  name: 'DateTime',
  description: 'A moment, such as `2026-03-16T10:00:00Z`: RFC 3339, taken in any time zone, given in UTC.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
});

/** Sealed: whoever gives one in gets it back as it was, and can make nothing of it. */
export const CursorScalar = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  description: 'A place in the stream of events. Keep it and give it back; what it is made of may change.',
  serialize: String,
  parseValue: (value) => cursor(value),
  parseLiteral: (node) => cursor(node.kind === Kind.STRING ? node.value : undefined),
});

export const SafeIntScalar = GraphQLSafeInt;

/** ISO 4217; the library knows the list, but lets `eur` through as it is. */
export const CurrencyCodeScalar = new GraphQLScalarType<string, string>({
  ...(GraphQLCurrency.toConfig() as object),
  name: 'CurrencyCode',
  description: 'An ISO 4217 currency code, such as `EUR`.',
  parseValue: (value) => String(GraphQLCurrency.parseValue(value)).toUpperCase(),
  parseLiteral: (node) => String(GraphQLCurrency.parseLiteral(node)).toUpperCase(),
});

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * A calendar date stays the text that its author gave: graphql-scalars would make a moment of it, and a moment
 * shows another day in another time zone.
 */
export const CalendarDateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A calendar date, `YYYY-MM-DD`, without a time zone.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  // What the database gives is a day of the calendar.
  serialize: (value) => inDateFormat(value)[0],
  parseValue: (value) => calendarDate(value),
  parseLiteral: (node) => calendarDate(node.kind === Kind.STRING ? node.value : undefined),
});

/** A decimal number as text. Numbers of JSON are taken where they are exact, because people write `12.5`. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'A decimal number as a string, such as `"1234.50"`.',
  serialize: (value) => decimal(value),
  parseValue: (value) => decimal(value),
  parseLiteral: (node) =>
    decimal(node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : undefined),
});

function cursor(value: unknown): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= 4000) return value;
  throw new GraphQLError('A Cursor is the text that an event came with.', { extensions: { code: 'BAD_USER_INPUT' } });
}

function inDateFormat(value: unknown): RegExpExecArray {
  const match = typeof value === 'string' ? DATE.exec(value) : null;
  if (!match) throw new GraphQLError('A Date is written YYYY-MM-DD.', { extensions: { code: 'BAD_USER_INPUT' } });
  return match;
}

function calendarDate(value: unknown): string {
  const [text, year, month, day] = inDateFormat(value);
  const moment = new Date(`${text}T00:00:00Z`);
  const real = moment.getUTCFullYear() === +year && moment.getUTCMonth() + 1 === +month && moment.getUTCDate() === +day;
  if (!real || +year < 1000) {
    throw new GraphQLError(`${text} is not a day of the calendar.`, { extensions: { code: 'BAD_USER_INPUT' } });
  }
  return text;
}

function decimal(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d{1,19}(\.\d{1,4})?$/.test(text)) {
    throw new GraphQLError('A Decimal is written like "1234.50".', { extensions: { code: 'BAD_USER_INPUT' } });
  }
  return text;
}

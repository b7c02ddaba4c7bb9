import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  parse,
  Source,
  TokenKind,
} from 'graphql';
import { PorticoError } from '../platform/errors';
import { measureFragments, measureOperation, type QueryTotals } from './query-cost';

/**
 * What one operation may ask for. Everything about the query is counted after its fragments are
 * expanded and as if every `@skip` and `@include` let its field through: the worst case, whatever the variables say.
 */
export interface Limits {
  /** Lexical tokens of the document; comments and commas are none. Counted while parsing, before anything is built. */
  readonly tokens: number;
  /** Fields inside one another. A connection takes three levels: `projects { edges { node`. */
  readonly depth: number;
  /** The same inside `__schema` and `__type`, where the standard query asks for nine levels of `ofType`. As `depth`. */
  readonly introspectionDepth: number;
  /** Brackets and fragments inside one another: keeps every walk off the end of the stack. Refused as `depth`. */
  readonly nesting: number;
  /** Fields, fragment spreads and inline fragments. */
  readonly selections: number;
  /**
   * Fields beside another of the same name or alias. Validation compares such copies in pairs, so their number counts
   * squared. Refused as `selections`.
   */
  readonly repeats: number;
  /** Points: one for each field, times the items of every list and connection around it. */
  readonly cost: number;
  /** Points inside `__schema` and `__type`, each list counted as ten: twice the standard query. Refused as `cost`. */
  readonly introspectionCost: number;
  /** Fields under another name, `__typename` among them. */
  readonly aliases: number;
  /** Fields directly under `query`, `mutation` or `subscription`. */
  readonly rootFields: number;
  /** Directives on fields, fragments, variables and the operation itself. */
  readonly directives: number;
  /** Mutations of `authMutationNames` in one operation: one try at a password for each request that is counted. */
  readonly authMutations: number;
  /** The mutations that try a secret or send an e-mail, by field name. */
  readonly authMutationNames: readonly string[];
  /** Lists and objects inside one another within one variable's value. */
  readonly variablesDepth: number;
  /** All variables as JSON, in bytes of UTF-8. */
  readonly variablesBytes: number;
  /** Items of a connection counted at most for `first` or `last`; more is `BAD_USER_INPUT` where the page is read. */
  readonly pageSize: number;
  /** Items of a connection counted when neither `first` nor `last` is given. */
  readonly defaultPageSize: number;
  /** Items counted for a list that isn't paged. */
  readonly listSize: number;
}

/** The limits of a server nobody has configured otherwise. `docs/operations.md` lists them. */
export const defaultLimits: Limits = {
  tokens: 2_000,
  depth: 15,
  introspectionDepth: 20,
  nesting: 150,
  selections: 5_000,
  repeats: 30,
  cost: 10_000,
  introspectionCost: 100_000,
  aliases: 30,
  rootFields: 10,
  directives: 10,
  authMutations: 1,
  authMutationNames: ['signIn', 'requestPasswordReset', 'resetPassword', 'acceptInvitation', 'setUp', 'changePassword'],
  variablesDepth: 20,
  variablesBytes: 65_536,
  pageSize: 100,
  defaultPageSize: 25,
  listSize: 10,
};

/** `extensions.reason` of `QUERY_TOO_COMPLEX`. */
type TooComplexReason =
  | 'tokens'
  | 'depth'
  | 'selections'
  | 'aliases'
  | 'authMutations'
  | 'rootFields'
  | 'directives'
  | 'cost'
  | 'variables';

/** What an operation costs in points (`extensions.cost`, rate limiting) and how many levels of fields it has. */
interface OperationSize {
  readonly cost: number;
  readonly depth: number;
}

interface GateInput {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown> | null;
  readonly limits?: Limits;
}

/**
 * Reads a document of at most `tokens`, so that nothing is built of a larger one.
 * @throws GraphQLError syntax errors as graphql-js words them.
 * @throws PorticoError `QUERY_TOO_COMPLEX`, reason `tokens`, or `depth` for brackets beyond `nesting`.
 */
export function parseWithin(source: string, limits: Limits = defaultLimits): DocumentNode {
  const body = new Source(source);
  checkTokens(body, limits);
  try {
    return parse(body, { maxTokens: limits.tokens });
  } catch (error) {
    // The parser's stack ended: only where `nesting` is set far higher than it should be.
    throw error instanceof RangeError ? tooComplex('nesting', limits) : error;
  }
}

/**
 * Refuses an operation that asks for too much. Runs before validation, which can itself be attacked, so it takes any
 * document that parses: what the schema doesn't know counts as a plain field and is left to validation.
 * Limits of shape hold for every operation and fragment of the document, since validation reads them all; cost, root
 * fields and auth mutations for the operation to be run, or for each one when none is named.
 * @throws PorticoError `QUERY_TOO_COMPLEX {reason, limit, actual}` and nothing else.
 */
export function gate({ schema, document, operationName, variables, limits = defaultLimits }: GateInput): OperationSize {
  checkVariables(variables, limits);
  for (const totals of measureFragments({ schema, document, limits })) checkShape(totals, limits);

  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const wanted = operations.filter((operation) => isWanted(operation, operationName));
  const run = new Set(wanted.length > 0 ? wanted : operations);
  const size = { cost: 0, depth: 0 };
  for (const operation of operations) {
    const totals = measureOperation({ schema, document, limits, operation, variables: variables ?? {} });
    checkShape(totals, limits);
    if (!run.has(operation)) continue;
    checkDemand(totals, limits);
    size.cost = Math.max(size.cost, totals.cost);
    size.depth = Math.max(size.depth, totals.depth, totals.introspectionDepth);
  }
  return size;
}

/**
 * Refuses variables that are too deep or too large, walking them without recursion: 40,000 levels don't hurt it.
 * @throws PorticoError `QUERY_TOO_COMPLEX`, reason `variables`.
 */
export function checkVariables(variables: unknown, limits: Limits = defaultLimits): void {
  if (variables === null || variables === undefined) return;
  const open: { value: unknown; depth: number }[] = [{ value: variables, depth: 0 }];
  let seen = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > limits.variablesDepth) throw tooComplex('variablesDepth', limits);
    for (const inner of Object.values(value)) {
      // Each value takes a byte at least, so that many of them are too large without being written out.
      seen += 1;
      if (seen > limits.variablesBytes) throw tooComplex('variablesBytes', limits);
      open.push({ value: inner, depth: depth + 1 });
    }
  }
  const bytes = jsonBytes(variables);
  if (bytes > limits.variablesBytes) throw tooComplex('variablesBytes', limits, bytes);
}

function checkTokens(body: Source, limits: Limits): void {
  let tokens = 0;
  let open = 0;
  for (const kind of tokenKinds(body)) {
    tokens += 1;
    if (opening.has(kind)) open += 1;
    if (closing.has(kind)) open -= 1;
    if (tokens > limits.tokens) throw tooComplex('tokens', limits);
    if (open > limits.nesting) throw tooComplex('nesting', limits);
  }
}

const opening: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

function* tokenKinds(body: Source): Generator<TokenKind> {
  const lexer = new Lexer(body);
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) yield token.kind;
  } catch {
    // No token: the parser says where and why, unless it finds an earlier mistake.
  }
}

const isWanted = (operation: OperationDefinitionNode, operationName: string | null | undefined): boolean =>
  operationName === null || operationName === undefined || operation.name?.value === operationName;

function checkShape(totals: QueryTotals, limits: Limits): void {
  refuseOver('depth', totals, limits);
  refuseOver('introspectionDepth', totals, limits);
  refuseOver('selections', totals, limits);
  refuseOver('repeats', totals, limits);
  refuseOver('aliases', totals, limits);
  refuseOver('directives', totals, limits);
}

function checkDemand(totals: QueryTotals, limits: Limits): void {
  refuseOver('authMutations', totals, limits);
  refuseOver('rootFields', totals, limits);
  refuseOver('introspectionCost', totals, limits);
  refuseOver('cost', totals, limits);
}

function refuseOver(limit: keyof QueryTotals, totals: QueryTotals, limits: Limits): void {
  if (totals[limit] > limits[limit]) throw tooComplex(limit, limits, totals[limit]);
}

/** What a person is told, by the limit that was passed. */
const refusals = {
  tokens: ['tokens', 'The document is too long. Send fewer operations at a time, and values as variables.'],
  depth: ['depth', 'The query nests too deeply, or a fragment spreads itself. Ask for the inner things on their own.'],
  introspectionDepth: ['depth', 'The introspection nests too deeply. Ask for fewer levels of `ofType`.'],
  nesting: ['depth', 'The document nests too deeply. Take levels of brackets out.'],
  selections: ['selections', 'The query selects too many fields, counted with all fragments expanded. Ask for fewer.'],
  repeats: ['selections', 'The query selects the same fields again and again. Ask for each once.'],
  aliases: ['aliases', 'The query uses too many aliases, counted with all fragments expanded. Send several requests.'],
  directives: ['directives', 'The operation carries too many directives. Build the query without them.'],
  authMutations: ['authMutations', 'A request tries one secret at most. Send one request for each.'],
  rootFields: ['rootFields', 'The operation asks too many things at its root. Send several requests.'],
  introspectionCost: ['cost', 'The introspection answers too many things. Ask for fewer lists or aliases.'],
  cost: ['cost', 'The query could answer too many things. Ask for smaller pages (`first`) or fewer nested lists.'],
  variablesDepth: ['variables', 'A variable nests too deeply. Send flatter values.'],
  variablesBytes: ['variables', 'The variables are too large. Send less at a time.'],
} as const satisfies Partial<Record<keyof Limits, readonly [TooComplexReason, string]>>;

function tooComplex(limit: keyof typeof refusals, limits: Limits, actual?: number): PorticoError {
  const [reason, advice] = refusals[limit];
  // A saturated sum says no more than "over", so it isn't told.
  const counted = actual !== undefined && actual < Number.MAX_SAFE_INTEGER;
  return new PorticoError('QUERY_TOO_COMPLEX', `${advice} The limit is ${limits[limit]}.`, {
    reason,
    limit: limits[limit],
    ...(counted ? { actual } : {}),
  });
}

function jsonBytes(value: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(value) ?? '');
  } catch {
    return Number.MAX_SAFE_INTEGER;
  }
}

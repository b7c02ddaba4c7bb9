import {
  type GraphQLField,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { AUDIENCES, type AudienceName } from './permissions';
import type { Policy } from './policy';

/** One field of the page: who sees it; for an operation also the key of the input that names its subject. */
export interface PolicyLine {
  type: string;
  field: string;
  audience: AudienceName | 'base' | 'anyone' | 'signedIn';
  subject?: string;
}

/** The page, read line by line. */
export function policyLines(policy: Policy): PolicyLine[] {
  return Object.entries(policy).flatMap(([type, lines]) =>
    lines === 'inherit'
      ? []
      : Object.entries(lines).flatMap(([audience, fields]) =>
          fields
            .trim()
            .split(/\s+/)
            .map((word) => readLine(type, audience as PolicyLine['audience'], word)),
        ),
  );
}

/** Proves the page against the schema. Throws with everything that is wrong: an unproven schema is never served. */
export function auditPolicy(schema: GraphQLSchema, policy: Policy): void {
  const problems = [
    ...typesOffThePage(schema, policy),
    ...linesOffTheSchema(schema, policy),
    ...loopholes(schema, policy),
  ];
  if (problems.length > 0) throw new Error(`The policy page does not fit the schema:\n  - ${problems.join('\n  - ')}`);
}

const OPERATIONS = new Set(['Query', 'Mutation', 'Subscription']);
const WORD = /^([A-Za-z]\w*)(?:\(([a-z]\w*Id)\))?$/;

function readLine(type: string, audience: PolicyLine['audience'], word: string): PolicyLine {
  const match = WORD.exec(word);
  if (!match) throw new Error(`The policy page cannot be read at ${type}: ${word}`);
  return { type, audience, field: match[1], subject: match[2] };
}

function typesOffThePage(schema: GraphQLSchema, policy: Policy): string[] {
  const problems: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const lines = policy[type.name];
    if (lines === undefined) problems.push(`${type.name} stands nowhere on the page.`);
    if (lines === undefined || lines === 'inherit') continue;
    const named = policyLines({ [type.name]: lines }).map((line) => line.field);
    for (const field of Object.keys(type.getFields())) {
      const count = named.filter((name) => name === field).length;
      if (count !== 1) problems.push(`${type.name}.${field} stands on ${count === 0 ? 'no line' : `${count} lines`}.`);
    }
  }
  return problems;
}

function linesOffTheSchema(schema: GraphQLSchema, policy: Policy): string[] {
  const problems: string[] = [];
  for (const name of Object.keys(policy)) {
    const type = schema.getType(name);
    if (!type) problems.push(`${name} is on the page, but not in the schema.`);
    else if (isInterfaceType(type) || isUnionType(type))
      problems.push(`${name}: a rule on an interface or union is never asked.`);
    else if (!isObjectType(type)) problems.push(`${name} has no fields to guard.`);
    else if (policy[name] === 'inherit' && (OPERATIONS.has(name) || type.getInterfaces().length > 0))
      problems.push(`${name} can be asked for by itself, so there is nothing that it could inherit.`);
  }
  for (const line of policyLines(policy)) {
    const type = schema.getType(line.type);
    if (isObjectType(type) && !type.getFields()[line.field])
      problems.push(`${line.type}.${line.field} is not in the schema.`);
  }
  return problems;
}

/** Guards that would not hold: a refusal that nulls the parent, an audience that nobody defined, a missing subject. */
function loopholes(schema: GraphQLSchema, policy: Policy): string[] {
  const problems: string[] = [];
  for (const line of policyLines(policy)) {
    const at = `${line.type}.${line.field}`;
    const isOperation = OPERATIONS.has(line.type);
    const isNamed = line.audience in AUDIENCES;
    if (isOperation && line.audience === 'base')
      problems.push(`${at}: an operation says anyone, signedIn or an audience.`);
    if (isOperation && isNamed && !line.subject)
      problems.push(`${at}: ${line.audience} is asked about what? Write ${line.field}(someId).`);
    if (!isOperation && line.audience !== 'base' && !isNamed)
      problems.push(`${at}: nobody defined the audience ${line.audience}.`);
    const type = schema.getType(line.type);
    const field = isObjectType(type) ? type.getFields()[line.field] : undefined;
    if (!isOperation && isNamed && field && isNonNullType(field.type))
      problems.push(`${at} is guarded, so it must be nullable.`);
    if (isOperation && line.subject && field && !namesSubject(field, line.subject)) {
      problems.push(`${at} has no input that could name ${line.subject}.`);
    }
  }
  return problems;
}

function namesSubject(field: GraphQLField<unknown, unknown>, subject: string): boolean {
  const input = getNullableType(field.args.find((arg) => arg.name === 'input')?.type);
  return isInputObjectType(input) && subject in input.getFields();
}

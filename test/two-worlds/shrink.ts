import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Question } from './running-worlds';

/** Takes away from a query whatever is not needed for the two answers to differ, in so many tries at most. */
export async function shrunk(
  question: Question,
  differs: (question: Question) => Promise<boolean>,
  tries = 120,
): Promise<Question> {
  let document = parse(question.query);
  let left = tries;
  for (let at = 0; left > 0; ) {
    const smaller = without(document, at);
    if (!smaller) break;
    left--;
    if (await differs(asQuestion(smaller, question))) document = smaller;
    else at++;
  }
  return asQuestion(document, question);
}

const asQuestion = (document: DocumentNode, { variables }: Question): Question => {
  const used = namesOf(document, Kind.VARIABLE_DEFINITION);
  return {
    query: print(document),
    variables: Object.fromEntries(Object.entries(variables).filter(([name]) => used.has(name))),
  };
};

const REMOVABLE = new Set<string>([
  Kind.FIELD,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_SPREAD,
  Kind.ARGUMENT,
  Kind.DIRECTIVE,
  Kind.OBJECT_FIELD,
]);

/** The document without the thing at this place in reading order; null when there are no more. */
function without(document: DocumentNode, at: number): DocumentNode | null {
  let seen = 0;
  let isFound = false;
  const smaller = visit(document, {
    enter(node: ASTNode, _key, parent) {
      if (!REMOVABLE.has(node.kind) || isOnlyOne(parent)) return undefined;
      if (seen++ !== at) return undefined;
      isFound = true;
      return null;
    },
  });
  return isFound ? tidied(smaller) : null;
}

/** Of a query what leads to one place in its answer, and nothing beside it. */
export function alone(question: Question, path: readonly string[]): Question {
  const document = parse(question.query);
  const fragments = new Map(
    document.definitions.flatMap((node) => (isFragment(node) ? [[node.name.value, node]] : [])),
  );
  const only = (set: SelectionSetNode, [key, ...rest]: readonly string[]): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((node): SelectionNode[] => {
      if (node.kind === Kind.FIELD) {
        if ((node.alias ?? node.name).value !== key) return [];
        const isLast = rest.length === 0 || !node.selectionSet;
        return [isLast ? node : { ...node, selectionSet: only(node.selectionSet!, rest) }];
      }
      const { selectionSet, typeCondition } =
        node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)! : node;
      const inside = only(selectionSet, [key, ...rest]);
      const { directives } = node;
      return inside.selections.length > 0
        ? [{ kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet: inside }]
        : [];
    }),
  });
  const definitions = document.definitions.map((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? { ...node, selectionSet: only(node.selectionSet, path) } : node,
  );
  return asQuestion(tidied({ ...document, definitions }), question);
}

const isFragment = (node: ASTNode): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION;

/** A selection set may not end up empty; lists of arguments may. */
const isOnlyOne = (siblings: unknown): boolean =>
  Array.isArray(siblings) && siblings.length === 1 && isSelection(siblings[0] as ASTNode);

const isSelection = ({ kind }: ASTNode): boolean =>
  kind === Kind.FIELD || kind === Kind.INLINE_FRAGMENT || kind === Kind.FRAGMENT_SPREAD;

/** Without fragments that nothing spreads and variables that nothing takes. */
function tidied(document: DocumentNode): DocumentNode {
  const spread = namesOf(document, Kind.FRAGMENT_SPREAD);
  const kept = document.definitions.filter(
    (definition) => definition.kind !== Kind.FRAGMENT_DEFINITION || spread.has(definition.name.value),
  );
  if (kept.length < document.definitions.length) return tidied({ ...document, definitions: kept });
  const taken = namesOf(document, Kind.VARIABLE);
  return visit(document, {
    enter: (node: ASTNode) =>
      node.kind === Kind.VARIABLE_DEFINITION && !taken.has(node.variable.name.value) ? null : undefined,
  });
}

function namesOf(document: DocumentNode, kind: Kind.FRAGMENT_SPREAD | Kind.VARIABLE | Kind.VARIABLE_DEFINITION) {
  const names = new Set<string>();
  visit(document, {
    enter(node: ASTNode) {
      if (node.kind === Kind.VARIABLE_DEFINITION) {
        if (kind === Kind.VARIABLE_DEFINITION) names.add(node.variable.name.value);
        return false;
      }
      if (node.kind === kind) names.add((node as { name: { value: string } }).name.value);
      return undefined;
    },
  });
  return names;
}

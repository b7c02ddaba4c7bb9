import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/**
 * Asks the fields under a thing that is only being read, of a stand-in that has its ids and nothing else: what they read
 * by those is read in the same statement as the thing, and lies ready when they are asked in earnest. They go through the
 * policy page as ever; whatever they answer here is thrown away.
 */
export function readAhead(standIn: object, context: unknown, info: GraphQLResolveInfo): void {
  const type = getNamedType(info.returnType);
  if (!isObjectType(type)) return;
  for (const node of info.fieldNodes)
    if (node.selectionSet) askFields({ standIn, type, context, info }, node.selectionSet);
}

interface Asking {
  standIn: object;
  type: GraphQLObjectType;
  context: unknown;
  info: GraphQLResolveInfo;
}

function askFields(asking: Asking, { selections }: SelectionSetNode): void {
  for (const selection of selections) {
    // Who may be left out is read when it is known that it is not.
    if (selection.directives?.length) continue;
    if (selection.kind === Kind.FIELD) askField(asking, selection);
    else if (selection.kind === Kind.INLINE_FRAGMENT) askFields(asking, selection.selectionSet);
    else askFields(asking, asking.info.fragments[selection.name.value].selectionSet);
  }
}

function askField({ standIn, type, context, info }: Asking, node: FieldNode): void {
  const field = type.getFields()[node.name.value];
  if (!field?.resolve || !node.selectionSet) return;
  const returnType = getNamedType(field.type);
  const path = { prev: info.path, key: (node.alias ?? node.name).value, typename: type.name };
  const own = { ...info, fieldName: field.name, fieldNodes: [node], parentType: type, returnType: field.type, path };
  try {
    const answer = field.resolve(standIn, getArgumentValues(field, node, info.variableValues), context, own);
    if (answer instanceof Promise) answer.catch(() => {});
    else if (answer && isObjectType(returnType))
      askFields({ standIn: answer, type: returnType, context, info: own }, node.selectionSet);
  } catch {
    // What cannot be said of a stand-in is said of the thing.
  }
}

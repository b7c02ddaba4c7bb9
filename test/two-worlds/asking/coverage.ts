import {
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** What a query can ask: `Task.title`, `Project.tasks(first)`, `TaskFilter.assigneeId`, `TaskSort.TITLE`. */
export type Item = string;

export const fieldItem = (type: string, field: string): Item => `${type}.${field}`;
export const argumentItem = (type: string, field: string, argument: string): Item => `${type}.${field}(${argument})`;

/** Where an item is asked: on which field of which type, and what has to be given for it besides. */
export interface Place {
  type: string;
  field: string;
  with: readonly Item[];
}

/** Counts what was asked, so that everything is: what was asked least is asked next. */
export class Coverage {
  /** How often each was asked. */
  readonly asked = new Map<Item, number>();
  readonly places = new Map<Item, Place[]>();
  /** What takes a text, an id or a day: there is more to ask with it than with all the rest. */
  private readonly open = new Set<Item>();

  constructor(readonly schema: GraphQLSchema) {
    for (const type of reachableTypes(schema)) {
      for (const field of Object.values(type.getFields())) this.addField(type.name, field);
    }
    for (const item of this.places.keys()) this.asked.set(item, 0);
  }

  count(item: Item): void {
    this.asked.set(item, (this.asked.get(item) ?? 0) + 1);
  }

  isOpen(item: Item): boolean {
    return this.open.has(item);
  }

  get neverAsked(): Item[] {
    return [...this.asked].filter(([, n]) => n === 0).map(([item]) => item);
  }

  private addField(type: string, field: GraphQLField<unknown, unknown>): void {
    this.addPlace(fieldItem(type, field.name), { type, field: field.name, with: [] });
    for (const argument of field.args) {
      const item = argumentItem(type, field.name, argument.name);
      this.addPlace(item, { type, field: field.name, with: [item] });
      this.addInput(argument.type, { type, field: field.name, with: [item] });
    }
  }

  private addInput(type: GraphQLInputType, place: Place): void {
    const named = getNamedType(type);
    if (isEnumType(named)) this.addEnum(named, place);
    if (!isInputObjectType(named)) return;
    for (const field of Object.values(named.getFields())) {
      const item = fieldItem(named.name, field.name);
      if (place.with.includes(item)) continue;
      const there = { ...place, with: [...place.with, item] };
      this.addPlace(item, there);
      this.addInput(field.type, there);
      if (isOpen(field.type)) this.open.add(item);
    }
  }

  private addEnum(type: GraphQLEnumType, place: Place): void {
    for (const { name } of type.getValues()) {
      const item = fieldItem(type.name, name);
      this.addPlace(item, { ...place, with: [...place.with, item] });
    }
  }

  private addPlace(item: Item, place: Place): void {
    const places = this.places.get(item);
    if (places) places.push(place);
    else this.places.set(item, [place]);
  }
}

export const isOpen = (type: GraphQLInputType): boolean => ['String', 'ID', 'Date'].includes(getNamedType(type).name);

/** From the roots, by what fields give. */
function reachableTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  const open = [schema.getQueryType(), schema.getMutationType()].filter((type) => type != null);
  const found = new Set<GraphQLObjectType>(open);
  for (let type = open.pop(); type; type = open.pop()) {
    for (const field of Object.values(type.getFields())) {
      for (const next of objectTypesOf(schema, getNamedType(field.type))) {
        if (found.has(next)) continue;
        found.add(next);
        open.push(next);
      }
    }
  }
  return [...found];
}

export function objectTypesOf(schema: GraphQLSchema, type: unknown): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isInterfaceType(type) ? schema.getPossibleTypes(type) : [];
}

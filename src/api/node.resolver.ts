import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { badInput } from '../platform/errors';
import { Node } from '../platform/node';
import { loadNode } from './nodes';

const MAX_IDS = 100;

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'A thing by its id; null when there is none that you may see.' })
  node(
    @Arg('id', () => ID, { description: 'The thing’s id.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Node | null> {
    return loadNode(context, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'Things by their ids, in their order; null for each that you may not see.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'At most 100 ids.' }) ids: string[],
    @Ctx() context: Context,
  ): Promise<(Node | null)[]> {
    if (ids.length > MAX_IDS) throw badInput('ids', `At most ${MAX_IDS} ids.`, { max: MAX_IDS, actual: ids.length });
    return Promise.all(ids.map((id) => loadNode(context, id)));
  }
}

import { Arg, Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { type Connection, Page, type PageArgs } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { peopleOf } from '../people/people.service';
import { PersonConnection, PersonFilter } from '../people/people.types';
import type { Person } from '../people/person.entity';
import { Workspace } from './workspace.entity';

@Resolver(() => Workspace)
export class WorkspacePeopleResolver {
  @FieldResolver(() => PersonConnection, {
    description:
      'The people whom you may see, by name: owners and admins see all of them, also the deactivated; everyone else whom their projects show, and themselves.',
  })
  people(
    @Parent() workspace: Workspace,
    @Page() page: PageArgs,
    @Arg('filter', () => PersonFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: PersonFilter | null,
    @Ctx() context: Context,
  ): Promise<Connection<Person>> {
    return peopleOf(context, workspace.id, { ...page, filter });
  }
}

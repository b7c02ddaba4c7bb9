import { Arg, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Money, toMoney } from '../../platform/money';
import { type Connection, connectionOf, Page, type PageArgs } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { ClientOrganisation } from '../clients/client-organisation.entity';
import { loadOrganisation } from '../clients/clients.loaders';
import { loadPerson } from '../people/people.loaders';
import { Person } from '../people/person.entity';
import { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { Task } from '../tasks/task.entity';
import { loadTask } from '../tasks/tasks.loaders';
import { Workspace } from '../workspaces/workspace.entity';
import { Rate } from './rate.entity';
import { RateFilter, RemoveRateInput, RemoveRatePayload, SetRateInput, SetRatePayload } from './rate.inputs';
import { listRates, removeRate, setRate } from './rates.service';

const RateConnection = connectionOf(() => Rate, 'Rate');

@Resolver(() => Workspace)
export class RatesOfWorkspaceResolver {
  @FieldResolver(() => RateConnection, {
    nullable: true,
    description:
      'Prices of an hour, newest first: all of them for owners and admins, what is billed on a project for whoever manages it; for clients none.',
  })
  rates(
    @Parent() workspace: Workspace,
    @Page() page: PageArgs,
    @Arg('filter', () => RateFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: RateFilter | null,
    @Ctx() context: Context,
  ): Promise<Connection<Rate>> {
    return listRates(context, workspace, { filter, page });
  }
}

@Resolver(() => Rate)
export class RatesResolver {
  @FieldResolver(() => Money, { description: 'For one hour.' })
  amount(@Parent() rate: Rate): Money {
    return toMoney(rate.minorPerHour, rate.currency);
  }

  @FieldResolver(() => Task, { nullable: true, description: 'With scope TASK: on what.' })
  async task(@Parent() { ofTaskId }: Rate, @Ctx() context: Context): Promise<Task | null> {
    return ofTaskId === null ? null : loadTask(context, ofTaskId);
  }

  @FieldResolver(() => Project, { nullable: true, description: 'With scope PROJECT and PROJECT_PERSON: where.' })
  async project(@Parent() { ofProjectId }: Rate, @Ctx() context: Context): Promise<Project | null> {
    return ofProjectId === null ? null : loadProject(context, ofProjectId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'With scope PERSON and PROJECT_PERSON: whose hour.' })
  async person(@Parent() { ofPersonId }: Rate, @Ctx() context: Context): Promise<Person | null> {
    return ofPersonId === null ? null : loadPerson(context, ofPersonId);
  }

  @FieldResolver(() => ClientOrganisation, { nullable: true, description: 'With scope CLIENT: for whom.' })
  async clientOrganisation(
    @Parent() { ofOrganisationId }: Rate,
    @Ctx() context: Context,
  ): Promise<ClientOrganisation | null> {
    return ofOrganisationId === null ? null : loadOrganisation(context, ofOrganisationId);
  }

  @Mutation(() => SetRatePayload, {
    description:
      'Sets what an hour costs from a day on; time that is logged already keeps its amounts. For owners and admins.',
  })
  async setRate(
    @Arg('input', () => SetRateInput, { description: 'The rate.' }) input: SetRateInput,
    @Ctx() context: Context,
  ): Promise<SetRatePayload> {
    return { rate: await setRate(context, input) };
  }

  @Mutation(() => RemoveRatePayload, {
    description: 'Takes a rate away; time that is logged already keeps its amounts. For owners and admins.',
  })
  async removeRate(
    @Arg('input', () => RemoveRateInput, { description: 'Which rate.' }) input: RemoveRateInput,
    @Ctx() context: Context,
  ): Promise<RemoveRatePayload> {
    return { removedRateId: await removeRate(context, input) };
  }
}
